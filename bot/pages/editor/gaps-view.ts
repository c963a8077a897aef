/** What people asked and nobody could answer, alike questions together; the way to an answer begins here. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { PLACEHOLDERS } from '../../../knowledge/documents/placeholder.ts';
import { api, type Me } from '../shared/staff-api.ts';
import { dayInWords, type Gap, type Listed } from './types.ts';
import './duties-view.ts';
import { EditorView } from './view.ts';

const SHOWN = 30;
/** Why a question came here; any other reason is that no page answers. */
const REASONS: Record<string, string> = {
  not_useful: 'giudicata non utile',
  handed_over: 'passata a una persona',
  none_of_these: 'nessuna delle scelte andava bene',
};

class GapsView extends EditorView {
  static override properties = {
    writes: { type: Boolean },
    office: { attribute: false },
    me: { attribute: false },
    gaps: { state: true },
    pages: { state: true },
    more: { state: true },
  };
  declare writes: boolean;
  declare office: string;
  declare me: Me;
  declare gaps: Gap[] | null;
  declare pages: Listed[];
  declare more: number;

  constructor() {
    super();
    this.gaps = null;
    this.pages = [];
    this.more = SHOWN;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load();
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.gaps = (await api<{ gaps: Gap[] }>('GET', '/api/gaps')).gaps;
      this.pages = (await api<{ documents: Listed[] }>('GET', '/api/documents?limit=200')).documents.filter(
        ({ version }) => version !== null,
      );
    });
  }

  /** A new page with the question as its first heading: the editor writes the answer under it. */
  private async write(gap: Gap): Promise<void> {
    await this.attempt(async () => {
      const title = gap.question.replace(/[?!.\s]+$/, '');
      const markdown = `# ${title}\n\n## ${title}\n${PLACEHOLDERS.answer}\n`;
      const phrasings = [...new Set(gap.questions.map(({ text }) => text))].slice(0, 10);
      const office = this.office || gap.office || '';
      const made = await api<{ documentId: string }>('POST', '/api/documents', { title, markdown, office, phrasings });
      this.go(`pagina/${encodeURIComponent(made.documentId)}?gap=${encodeURIComponent(gap.id)}`);
    });
  }

  private async close(event: SubmitEvent, gap: Gap): Promise<void> {
    event.preventDefault();
    const documentId = String(new FormData(event.target as HTMLFormElement).get('documentId'));
    const done = await this.attempt(async () => {
      const { closed, told } = await api<{ closed: number; told: number }>('POST', `/api/gaps/${gap.id}/close`, { documentId, test: true });
      this.say(
        `Lacuna chiusa: ${closed} ${closed === 1 ? 'domanda ha' : 'domande hanno'} risposta${told > 0 ? `, ${told} avvisati` : ''}.`,
      );
    });
    if (done) await this.load();
  }

  private async assign(event: SubmitEvent, gap: Gap): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    await this.attempt(async () => {
      await api('PUT', `/api/gaps/${gap.id}`, { owner: String(form.get('owner')) || null, dueOn: String(form.get('dueOn')) || null });
      this.say('Salvato.');
    });
    await this.load();
  }

  private card(gap: Gap): TemplateResult {
    const weeks = Object.entries(gap.weeks).sort().slice(-6);
    const most = Math.max(...weeks.map(([, count]) => count));
    return html`<li class="card gap"><h2>${gap.question}</h2>
      <p class="quiet">${gap.count === 1 ? 'Chiesta una volta' : `Chiesta ${gap.count} volte`}, l’ultima il ${dayInWords(gap.lastAt)}${gap.office ? ` · ${gap.office}` : ''}
      ${Object.entries(gap.reasons).map(([reason, count]) => (REASONS[reason] ? html` · ${REASONS[reason]}${count > 1 ? ` ${count} volte` : ''}` : nothing))}
      ${gap.watchers > 0 ? html` · <strong>${gap.watchers === 1 ? 'una persona aspetta' : `${gap.watchers} persone aspettano`} la risposta</strong>` : nothing}
      ${gap.owner ? html` · se ne occupa ${gap.owner}${gap.dueOn ? ` entro il ${dayInWords(gap.dueOn)}` : ''}` : nothing}</p>
      <p class="weeks" role="img" aria-label="Domande per settimana: ${weeks.map(([week, count]) => `${week}: ${count}`).join(', ')}">${weeks.map(
        ([week, count]) => html`<span data-size=${Math.ceil((count / most) * 4)} title="${week}: ${count}"></span>`,
      )}</p>
      ${
        this.writes
          ? html`<p class="acts"><button class="primary" @click=${() => this.write(gap)}>Scrivi la risposta</button></p>
      <details><summary>Una pagina risponde già</summary><form @submit=${(event: SubmitEvent) => this.close(event, gap)}>
        <label>Pagina<select name="documentId" required><option value="">Scegli…</option>${this.pages.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}</select></label>
        <button>Controlla e chiudi</button></form></details>
      <details><summary>Chi se ne occupa</summary><form @submit=${(event: SubmitEvent) => this.assign(event, gap)}>
        <label>Nome<input name="owner" maxlength="100" .value=${gap.owner ?? this.me.name}></label>
        <label>Entro il<input name="dueOn" type="date" .value=${gap.dueOn ?? ''}></label><button>Salva</button></form></details>`
          : nothing
      }
      ${gap.count > 1 ? html`<details><summary>Tutte le domande (${gap.count})</summary><ul class="plain">${gap.questions.map(({ text }) => html`<li>${text}</li>`)}</ul></details>` : nothing}</li>`;
  }

  protected override render(): TemplateResult {
    const { gaps } = this;
    return html`<h1 tabindex="-1">Lacune</h1><editor-duties></editor-duties><p>Domande a cui nessuna pagina risponde. Restano qui finché una pagina pubblicata non risponde.</p>
      ${
        gaps === null
          ? this.waiting()
          : gaps.length === 0
            ? html`<p class="empty">Nessuna lacuna: ogni domanda ha trovato risposta.</p>`
            : html`<ul class="cards">${gaps.slice(0, this.more).map((gap) => this.card(gap))}</ul>
        ${gaps.length > this.more ? html`<button @click=${() => (this.more += SHOWN)}>Mostra altre lacune (${gaps.length - this.more})</button>` : nothing}`
      }`;
  }
}
customElements.define('editor-gaps', GapsView);
