/** Words people say, beside those the pages write: editors add what the lexicon does not know. */
import { html, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { EditorView } from './view.ts';

interface Word {
  id: string;
  everyday: string;
  official: string;
}

class WordsView extends EditorView {
  static override properties = { writes: { type: Boolean }, words: { state: true } };
  declare writes: boolean;
  declare words: Word[] | null;

  constructor() {
    super();
    this.words = null;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load();
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.words = (await api<{ words: Word[] }>('GET', '/api/words')).words;
    });
  }

  private async add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = Object.fromEntries(new FormData(form)) as { everyday: string; official: string };
    const done = await this.attempt(async () => {
      const { pages } = await api<{ pages: number }>('POST', '/api/words', given);
      this.say(
        pages === 0
          ? `Aggiunta, ma nessuna pagina scrive ancora «${given.official}».`
          : `Aggiunta: chi dice «${given.everyday}» trova ${pages === 1 ? 'la pagina che scrive' : `le ${pages} pagine che scrivono`} «${given.official}».`,
      );
    });
    if (!done) return;
    form.reset();
    await this.load();
  }

  private async takeAway({ id }: Word): Promise<void> {
    await this.attempt(() => api('DELETE', `/api/words/${id}`));
    await this.load();
  }

  private form(): TemplateResult {
    return html`<form class="search" @submit=${this.add}><label>Le persone dicono<input name="everyday" required minlength="2" maxlength="100"></label>
      <label>Le pagine scrivono<input name="official" required minlength="2" maxlength="100"></label><button class="primary">Collega</button></form>`;
  }

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<h1 tabindex="-1">Parole</h1><p>L’assistente conosce già molte parole comuni. Qui aggiungi quelle del tuo Comune: soprannomi di luoghi, nomi di servizi, modi di dire.</p>
      ${this.writes ? this.form() : ''}
      ${
        words === null
          ? this.waiting()
          : words.length === 0
            ? html`<p class="empty">Nessuna parola aggiunta.</p>`
            : html`<ul class="plain">${words.map(
                (word) =>
                  html`<li>«${word.everyday}» → <strong>«${word.official}»</strong> ${this.writes ? html`<button @click=${() => this.takeAway(word)}>Togli<span class="visually-hidden"> «${word.everyday}»</span></button>` : ''}</li>`,
              )}</ul>`
      }`;
  }
}
customElements.define('editor-words', WordsView);
