/** Answers in an editor's own words: how often they were given, and whether the page still says so. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import type { Listed } from './types.ts';
import { EditorView } from './view.ts';

interface Curated {
  id: string;
  question: string;
  text: string;
  documentId: string;
  hits: number;
  expired: boolean;
}

class CuratedView extends EditorView {
  static override properties = { writes: { type: Boolean }, answers: { state: true }, pages: { state: true } };
  declare writes: boolean;
  declare answers: Curated[] | null;
  declare pages: Listed[];

  constructor() {
    super();
    this.answers = null;
    this.pages = [];
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load();
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.answers = (await api<{ answers: Curated[] }>('GET', '/api/curated')).answers;
      const { documents } = await api<{ documents: Listed[] }>('GET', '/api/documents?limit=200');
      this.pages = documents.filter(({ state }) => state === 'published');
    });
  }

  private async add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = Object.fromEntries(new FormData(form)) as Record<string, string>;
    const phrasings = (given['phrasings'] ?? '').split('\n').filter((line) => line.trim());
    const done = await this.attempt(async () => {
      await api('POST', '/api/curated', { ...given, phrasings });
      this.say('Risposta salvata: da ora viene data per prima.');
    });
    if (!done) return;
    form.reset();
    await this.load();
  }

  private async takeAway(id: string): Promise<void> {
    await this.attempt(async () => {
      await api('DELETE', `/api/curated/${id}`);
      this.say('Risposta tolta.');
    });
    await this.load();
  }

  protected override render(): TemplateResult {
    const { answers } = this;
    return html`<h1 tabindex="-1">Risposte pronte</h1><p>Vengono date prima di cercare nelle pagine. Ognuna cita una pagina in vigore, e scade con quella.</p>
      ${
        this.writes
          ? html`<details class="new"><summary>Nuova risposta pronta</summary><form @submit=${this.add}>
        <label>Domanda<input name="question" required minlength="3" maxlength="500"></label>
        <label>Altri modi di chiederlo, uno per riga<textarea name="phrasings" rows="2"></textarea></label>
        <label>Risposta<textarea name="text" rows="3" required minlength="3" maxlength="2000"></textarea></label>
        <label>Pagina che lo dice<select name="documentId" required><option value="">Scegli…</option>${this.pages.map(({ id, title }) => html`<option value=${id}>${title}</option>`)}</select></label>
        <button class="primary">Salva</button></form></details>`
          : nothing
      }
      ${
        answers === null
          ? this.waiting()
          : answers.length === 0
            ? html`<p class="empty">Nessuna risposta pronta.</p>`
            : html`<ul class="cards">${answers.map(
                ({ id, question, text, hits, expired, documentId }) => html`<li class="card"><h2>${question}</h2><p>${text}</p>
        <p>${expired ? html`<span class="tag" data-state="expired">scaduta: la pagina non lo dice più</span>` : nothing}
        <span class="quiet">Data ${hits === 1 ? 'una volta' : `${hits} volte`} · <a href="#pagina/${encodeURIComponent(documentId)}">pagina citata</a></span></p>
        ${this.writes ? html`<button @click=${() => this.takeAway(id)}>Togli<span class="visually-hidden"> «${question}»</span></button>` : nothing}</li>`,
              )}</ul>`
      }`;
  }
}
customElements.define('editor-curated', CuratedView);
