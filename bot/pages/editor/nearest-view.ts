/** Passages in force that come nearest to a gap: what is written already, beside which the answer is written. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { EditorView } from './view.ts';

interface Near {
  documentId: string;
  version: number;
  title: string;
  headings: string[];
  anchor: string;
  office: string;
  text: string;
}

class NearestView extends EditorView {
  static override properties = { gap: { attribute: false }, found: { state: true } };
  declare gap: string;
  declare found: { question: string; passages: Near[] } | null;

  constructor() {
    super();
    this.found = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('gap')) return;
    const { gap } = this;
    // A gap that was closed in the meantime has nothing near it: no problem to tell.
    void api<{ question: string; passages: Near[] }>('GET', `/api/gaps/${encodeURIComponent(gap)}/nearest`).then(
      (found) => {
        if (gap === this.gap) this.found = found;
      },
      () => {
        this.found = null;
      },
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { found } = this;
    if (!found) return nothing;
    return html`<section class="nearest" aria-label="Passaggi vicini"><h2>Che cosa c’è già di vicino</h2><p class="quiet">A «${found.question}» si avvicinano questi passaggi: se basta, completa una di queste pagine invece di scriverne una nuova.</p>
      ${
        found.passages.length === 0
          ? html`<p class="empty">Nessuna pagina ne parla.</p>`
          : html`<ul class="cards">${found.passages.map(
              ({ documentId, version, title, headings, anchor, office, text }, i) =>
                html`<li class="card"><h3><a href="#pagina/${encodeURIComponent(documentId)}?gap=${encodeURIComponent(this.gap)}">${title}</a></h3><p class="quiet">${[office, ...headings].filter(Boolean).join(' › ')}</p>
            <details ?open=${i === 0}><summary>Leggi il passaggio<span class="visually-hidden"> di ${title}</span></summary><p class="quoted">${text}</p><p><a href="/sources/${encodeURIComponent(documentId)}/${version}#${anchor}" target="_blank" rel="noopener">Come lo leggono i cittadini<span class="visually-hidden"> in un’altra scheda</span></a></p></details></li>`,
            )}</ul>`
      }</section>`;
  }
}
customElements.define('editor-nearest', NearestView);
