/** Test questions of a page, and a question of the moment, answered with the draft and as it is now. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import type { PageTest } from './types.ts';
import { EditorView } from './view.ts';

interface Tried {
  outcome: string;
  text: string;
  channels: { channel: string; messages: { text: string; buttons: string[] }[] }[];
}

const CHANNELS: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

class TestsView extends EditorView {
  static override properties = {
    path: { attribute: false },
    stamp: { attribute: false },
    writes: { type: Boolean },
    draft: { type: Boolean },
    tests: { state: true },
    tried: { state: true },
  };
  declare path: string;
  declare stamp: number;
  declare writes: boolean;
  declare draft: boolean;
  declare tests: PageTest[];
  declare tried: { draft: Tried | null; published: Tried | null } | null;

  constructor() {
    super();
    this.tests = [];
    this.tried = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('path') || changed.has('stamp')) void this.load();
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.tests = (await api<{ tests: PageTest[] }>('GET', `${this.path}/tests`)).tests;
    });
  }

  private async add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = new FormData(form);
    const done = await this.attempt(async () => {
      await api('POST', `${this.path}/tests`, { kind: given.get('kind'), question: given.get('question') });
      this.say('Domanda di prova aggiunta.');
    });
    if (!done) return;
    form.reset();
    await this.load();
  }

  private async takeAway(id: string): Promise<void> {
    await this.attempt(() => api('DELETE', `${this.path}/tests/${id}`));
    await this.load();
  }

  private async try(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const question = String(new FormData(event.target as HTMLFormElement).get('question'));
    await this.attempt(async () => {
      this.tried = await api('POST', `${this.path}/preview`, { question });
    });
  }

  private answer(title: string, tried: Tried | null): TemplateResult | typeof nothing {
    if (!tried) return nothing;
    return html`<div class="card"><h3>${title}</h3><p class="quoted">${tried.text}</p>${tried.outcome === 'answered' ? nothing : html`<p class="quiet">Senza risposta dalle pagine.</p>`}
      ${tried.channels.map(
        ({ channel, messages }) =>
          html`<details><summary>Su ${CHANNELS[channel] ?? channel}</summary>${messages.map(
            ({ text, buttons }) =>
              html`<p class="quoted">${text}</p>${buttons.length > 0 ? html`<p class="acts">${buttons.map((title) => html`<span class="tag">${title}</span>`)}</p>` : nothing}`,
          )}</details>`,
      )}</div>`;
  }

  protected override render(): TemplateResult {
    return html`<section class="tests"><h2>Prova la pagina</h2>
      ${this.writes ? html`<form class="search" @submit=${this.try}><label>Una domanda<input name="question" required maxlength="500"></label><button>Prova</button></form>` : nothing}
      <div class="two" role="status">${this.tried ? [this.answer('Con la bozza', this.tried.draft), this.answer('Come risponde oggi', this.tried.published)] : nothing}</div>
      <h3>Domande di prova (${this.tests.length})</h3><p class="quiet">Se una bozza le rompe, non si pubblica.</p>
      <ul class="plain">${this.tests.map(
        ({
          id,
          kind,
          question,
          wrong,
        }) => html`<li>«${question}» <span class="quiet">${kind === 'cites' ? 'la pagina deve rispondere' : 'la pagina non deve rispondere'}</span>
        <span class="tag" data-state=${wrong ? 'expired' : 'published'}>${wrong ? `oggi: ${wrong}` : 'oggi passa'}</span>
        ${this.writes ? html`<button @click=${() => this.takeAway(id)}>Togli<span class="visually-hidden"> «${question}»</span></button>` : nothing}</li>`,
      )}</ul>
      ${
        this.writes
          ? html`<details><summary>Aggiungi una domanda di prova</summary><form @submit=${this.add}><label>Domanda di prova<input name="question" required minlength="3" maxlength="500"></label>
        <label>Che cosa deve succedere<select name="kind"><option value="cites">La pagina deve rispondere</option><option value="silent">La pagina non deve rispondere</option></select></label><button>Aggiungi</button></form></details>`
          : nothing
      }</section>`;
  }
}
customElements.define('editor-tests', TestsView);
