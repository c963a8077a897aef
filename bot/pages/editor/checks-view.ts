/** What could be better in the pages in force, the gravest first. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { EditorView } from './view.ts';

type Kind =
  | 'past-date'
  | 'hard-to-read'
  | 'office-words'
  | 'missing-item'
  | 'broken-link'
  | 'expired'
  | 'review-due'
  | 'unused'
  | 'stale-translation'
  | 'missing-language'
  | 'lost-mend'
  | 'expires-soon';
interface Statement {
  text: string;
  documentId: string;
  title: string;
}
interface Found {
  pages: { documentId: string; title: string; findings: { kind: Kind; detail: string }[] }[];
  conflicts: { mine: Statement; other: Statement }[];
}

const KINDS: Record<Kind, string> = {
  expired: 'Scaduta',
  'expires-soon': 'Sta per scadere',
  'review-due': 'Da rileggere',
  'past-date': 'Data passata',
  'broken-link': 'Collegamento che non porta a nessuna pagina',
  'stale-translation': 'Traduzione rimasta indietro',
  'missing-language': 'Manca in',
  'lost-mend': 'Correzione della divisione che non vale più, il testo è cambiato',
  unused: 'Non serve a nessuno',
  'missing-item': 'Voce che manca nella scheda',
  'hard-to-read': 'Difficile da leggere',
  'office-words': 'Parole d’ufficio',
};

class ChecksView extends EditorView {
  static override properties = { writes: { type: Boolean }, found: { state: true } };
  declare writes: boolean;
  declare found: Found | null;

  constructor() {
    super();
    this.found = null;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.attempt(async () => {
      this.found = await api<Found>('GET', '/api/checks');
    });
  }

  private async links(): Promise<void> {
    await this.attempt(async () => {
      const { checked } = await api<{ checked: number }>('POST', '/api/checks/links');
      this.say(checked === 0 ? 'Nessun collegamento da ricontrollare.' : `${checked} collegamenti controllati.`);
      this.found = await api<Found>('GET', '/api/checks');
    });
  }

  private said({ text, documentId, title }: Statement): TemplateResult {
    return html`<li>«${text}» <a href="#pagina/${encodeURIComponent(documentId)}">${title}</a></li>`;
  }

  protected override render(): TemplateResult {
    const { found } = this;
    if (!found) return html`<h1 tabindex="-1">Da migliorare</h1>${this.waiting('Sto rileggendo tutte le pagine…')}`;
    return html`<h1 tabindex="-1">Da migliorare</h1>${this.writes ? html`<p class="acts"><button @click=${this.links}>Controlla i collegamenti</button></p>` : nothing}<h2>Contraddizioni (${found.conflicts.length})</h2>
      ${
        found.conflicts.length === 0
          ? html`<p class="empty">Nessuna pagina ne contraddice un’altra.</p>`
          : html`<ul class="cards">${found.conflicts.map(({ mine, other }) => html`<li class="card"><ul class="plain">${this.said(mine)}${this.said(other)}</ul></li>`)}</ul>`
      }
      <h2>Pagine (${found.pages.length})</h2><ul class="cards">${found.pages.map(
        ({ documentId, title, findings }) => html`<li class="card"><h3><a href="#pagina/${encodeURIComponent(documentId)}">${title}</a></h3>
        <details><summary>${findings.length === 1 ? '1 cosa da vedere' : `${findings.length} cose da vedere`}</summary>
        <ul class="plain">${findings.map(({ kind, detail }) => html`<li><strong>${KINDS[kind]}:</strong> ${detail}</li>`)}</ul></details></li>`,
      )}</ul>`;
  }
}
customElements.define('editor-checks', ChecksView);
