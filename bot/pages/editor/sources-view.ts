/** Sites read again by themselves, and what they brought that waits for a person. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { diffOf } from './page-parts.ts';
import { momentInWords } from './types.ts';
import { EditorView } from './view.ts';

interface Source {
  id: string;
  url: string;
  kind: 'page' | 'site' | 'wordpress';
  office: string;
  everyHours: number;
  publish: boolean;
  reading: boolean;
  lastAt: string | null;
  nextAt: string;
  lastResult: {
    read: number;
    unchanged: number;
    changes: number;
    published: number;
    gone: number;
    skipped: { source: string; reason: string }[];
  } | null;
}
interface Change {
  id: string;
  documentId: string;
  title: string;
  url: string;
  kind: 'new' | 'changed' | 'gone';
  failed: string[];
  touched: number;
  foundAt: string;
}
interface Explained extends Change {
  lines: { kind: 'same' | 'added' | 'removed'; text: string }[];
  answers: { id: string; question: string; at: string; lost: string[] }[];
}

const KINDS: Record<Source['kind'], string> = {
  page: 'una pagina o una sitemap',
  site: 'tutto il sito, seguendo i collegamenti',
  wordpress: 'i servizi di un sito con il tema Comuni di WordPress',
};
const NEWS: Record<Change['kind'], string> = { new: 'pagina nuova', changed: 'testo cambiato', gone: 'non c’è più sul sito' };
const EVERY: [hours: number, words: string][] = [
  [1, 'ogni ora'],
  [6, 'ogni 6 ore'],
  [24, 'ogni giorno'],
  [168, 'ogni settimana'],
];
const LOOK_AGAIN_MS = 3_000;

class SourcesView extends EditorView {
  static override properties = {
    writes: { type: Boolean },
    office: { attribute: false },
    sources: { state: true },
    changes: { state: true },
    open: { state: true },
    sure: { state: true },
  };
  declare writes: boolean;
  declare office: string | null;
  declare sources: Source[] | null;
  declare changes: Change[];
  declare open: Explained | null;
  /** Source that is about to be taken away, until it is said a second time. */
  declare sure: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.sources = null;
    this.changes = [];
    this.open = null;
    this.sure = '';
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    const done = await this.attempt(async () => {
      const { sources, changes } = await api<{ sources: Source[]; changes: Change[] }>('GET', '/api/sources');
      this.sources = sources;
      this.changes = changes;
    });
    // While a site is being read, what it brings comes by itself.
    const going = this.sources?.some(({ reading, nextAt }) => reading || Date.parse(nextAt) <= Date.now());
    if (done && going && this.isConnected) this.timer = setTimeout(() => void this.load(), LOOK_AGAIN_MS);
  }

  private async add(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const given = new FormData(form);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    const done = await this.attempt(async () => {
      const office = text('office');
      const { id } = await api<{ id: string }>('POST', '/api/sources', {
        url: text('url'),
        kind: text('kind'),
        everyHours: Number(text('everyHours')),
        publish: given.has('publish'),
        ...(office ? { office } : {}),
      });
      await api('POST', `/api/sources/${id}/read`);
    });
    if (!done) return;
    form.reset();
    this.say('Fonte aggiunta: la sto leggendo.');
    await this.load();
  }

  private async read({ id }: Source): Promise<void> {
    if (await this.attempt(async () => void (await api('POST', `/api/sources/${id}/read`)))) this.say('Lettura cominciata.');
    await this.load();
  }

  private async takeAway({ id }: Source): Promise<void> {
    if (this.sure !== id) {
      this.sure = id;
      return;
    }
    this.sure = '';
    if (await this.attempt(async () => void (await api('DELETE', `/api/sources/${id}`)))) this.say('Fonte tolta. Le sue pagine restano.');
    await this.load();
  }

  private async explain(change: Change): Promise<void> {
    await this.attempt(async () => {
      this.open = this.open?.id === change.id ? null : await api<Explained>('GET', `/api/sources/changes/${change.id}`);
    });
  }

  private async drop(change: Change): Promise<void> {
    const done = await this.attempt(async () => void (await api('POST', `/api/sources/changes/${change.id}/drop`)));
    if (done) this.say(change.kind === 'gone' ? 'La pagina resta in vigore.' : 'Messa da parte: lo stesso testo non torna.');
    await this.load();
  }

  private async withdraw(change: Change): Promise<void> {
    const done = await this.attempt(async () => {
      await api('POST', `/api/documents/${encodeURIComponent(change.documentId)}/withdraw`, {});
      this.say('Pagina ritirata: non risponde più.');
    });
    if (done) await this.load();
  }

  private news(change: Change): TemplateResult {
    const { kind, touched, title, failed } = change;
    const page = `#pagina/${encodeURIComponent(change.documentId)}`;
    const shown = this.open?.id === change.id ? this.open : null;
    const acts =
      kind === 'gone'
        ? html`<button @click=${() => this.withdraw(change)}>Ritira la pagina</button><button @click=${() => this.drop(change)}>Lasciala in vigore</button>`
        : html`<button @click=${() => this.drop(change)}>Metti da parte<span class="visually-hidden"> ${title}</span></button>`;
    return html`<li class="card"><h3><a href=${page}>${title}</a></h3>
      <p><span class="tag">${NEWS[kind]}</span> ${touched > 0 ? html`<span class="tag" data-state="expired">${touched === 1 ? 'tocca una risposta data' : `tocca ${touched} risposte date`}</span>` : nothing}
      <span class="quiet">${change.url} · ${momentInWords(change.foundAt)}</span></p>
      ${failed.length > 0 ? html`<p>Non pubblicata da sola:</p><ul class="plain failed">${failed.map((why) => html`<li>${why}</li>`)}</ul>` : nothing}
      <p class="acts"><button aria-expanded=${shown !== null} @click=${() => this.explain(change)}>Che cosa cambia<span class="visually-hidden"> in ${title}</span></button>
        ${kind === 'gone' ? nothing : html`<a href=${page}>Apri la bozza<span class="visually-hidden"> di ${title}</span></a>`}${this.writes ? acts : nothing}</p>
      ${shown ? this.explained(shown) : nothing}</li>`;
  }

  private explained({ lines, answers }: Explained): TemplateResult {
    return html`${diffOf(lines)}<h4>Risposte date che citano quello che non c’è più (${answers.length})</h4>
      ${
        answers.length === 0
          ? html`<p class="empty">Nessuna negli ultimi 90 giorni.</p>`
          : html`<ul class="plain">${answers.map(({ question, at, lost }) => html`<li>«${question}» <span class="quiet">${momentInWords(at)}</span>${lost.map((quote) => html`<p class="quoted">${quote}</p>`)}</li>`)}</ul>`
      }`;
  }

  private row(source: Source): TemplateResult {
    const { lastResult: last } = source;
    const said = last
      ? `${last.read} pagine lette, ${last.changes} novità${last.published > 0 ? `, ${last.published} pubblicate` : ''}${last.gone > 0 ? `, ${last.gone} sparite` : ''}`
      : 'mai letta';
    const every = EVERY.find(([hours]) => hours === source.everyHours)?.[1] ?? `ogni ${source.everyHours} ore`;
    return html`<li class="card"><h3>${source.url}</h3>
      <p><span class="tag">${KINDS[source.kind]}</span> <span class="tag">${every}</span> <span class="tag">${source.publish ? 'pubblica ciò che supera i controlli' : 'porta bozze'}</span>
      <span class="quiet" role="status">${source.office || 'nessun ufficio'} · ${source.reading ? 'la sto leggendo…' : `${said}${source.lastAt ? `, ${momentInWords(source.lastAt)}` : ''}`}</span></p>
      ${
        last && last.skipped.length > 0
          ? html`<details><summary>${last.skipped.length === 1 ? 'Una pagina non letta' : `${last.skipped.length} pagine non lette`}</summary><ul class="plain">${last.skipped.map(({ source: page, reason }) => html`<li>${page}: ${reason}</li>`)}</ul></details>`
          : nothing
      }
      ${
        this.writes
          ? html`<p class="acts"><button @click=${() => this.read(source)} ?disabled=${source.reading}>Leggi adesso<span class="visually-hidden"> ${source.url}</span></button>
          <button @click=${() => this.takeAway(source)}>${this.sure === source.id ? 'Sì, togli la fonte' : 'Togli'}<span class="visually-hidden"> ${source.url}</span></button></p>`
          : nothing
      }</li>`;
  }

  private form(): TemplateResult {
    const office = this.office === null ? html`<label>Ufficio<input name="office" maxlength="200"></label>` : nothing;
    return html`<details class="new"><summary>Nuova fonte</summary><form @submit=${this.add}>
      <label>Indirizzo<input name="url" type="url" required maxlength="2000" placeholder="https://www.comune.example/sitemap.xml"></label>
      <label>Che cosa leggere<select name="kind">${Object.entries(KINDS).map(([kind, words]) => html`<option value=${kind}>${words}</option>`)}</select></label>
      <label>Quando<select name="everyHours">${EVERY.map(([hours, words]) => html`<option value=${hours} ?selected=${hours === 24}>${words}</option>`)}</select></label>${office}
      <label class="tick"><input name="publish" type="checkbox"> Pubblica da sola ciò che supera i controlli</label>
      <button class="primary">Aggiungi e leggi</button></form></details>`;
  }

  protected override render(): TemplateResult {
    const { sources, changes } = this;
    if (!sources) return html`<h1 tabindex="-1">Fonti</h1>${this.waiting()}`;
    return html`<h1 tabindex="-1">Fonti</h1>${this.writes ? this.form() : nothing}
      <h2>Novità da vedere (${changes.length})</h2>
      ${changes.length === 0 ? html`<p class="empty">Niente di nuovo dai siti.</p>` : html`<ul class="cards">${changes.map((change) => this.news(change))}</ul>`}
      <h2>Siti riletti (${sources.length})</h2>
      ${sources.length === 0 ? html`<p class="empty">Nessuna fonte: i siti aggiunti qui si rileggono da soli.</p>` : html`<ul class="cards">${sources.map((source) => this.row(source))}</ul>`}`;
  }
}
customElements.define('editor-sources', SourcesView);
