/** Every page with its state; a new one by writing it or by bringing a file. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { PLACEHOLDERS } from '../../../knowledge/documents/placeholder.ts';
import { api } from '../shared/staff-api.ts';
import { dayInWords, type Listed, STATES } from './types.ts';
import { sendFile } from './send-file.ts';
import { EditorView } from './view.ts';

const AT_ONCE = 50;

class PagesView extends EditorView {
  static override properties = {
    writes: { type: Boolean },
    office: { attribute: false },
    pages: { state: true },
    total: { state: true },
    sent: { state: true },
  };
  declare writes: boolean;
  declare office: string | null;
  declare pages: Listed[] | null;
  declare total: number;
  /** Share of the file that has gone, 0–1; null = none is going. */
  declare sent: number | null;
  private wanted = '';

  constructor() {
    super();
    this.pages = null;
    this.total = 0;
    this.sent = null;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load(0);
  }

  private async load(offset: number): Promise<void> {
    await this.attempt(async () => {
      const asked = `/api/documents?limit=${AT_ONCE}&offset=${offset}&q=${encodeURIComponent(this.wanted)}`;
      const { documents, total } = await api<{ documents: Listed[]; total: number }>('GET', asked);
      this.pages = offset === 0 ? documents : [...(this.pages ?? []), ...documents];
      this.total = total;
    });
  }

  private search(event: Event): void {
    event.preventDefault();
    this.wanted = this.querySelector<HTMLInputElement>('input[type=search]')?.value ?? '';
    void this.load(0);
  }

  private async create(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const title = String(form.get('title'));
    await this.attempt(async () => {
      const markdown = `# ${title}\n\n## Descrizione breve\n${PLACEHOLDERS.page}\n`;
      const office = String(form.get('office') ?? '');
      const { documentId } = await api<{ documentId: string }>('POST', '/api/documents', {
        title,
        markdown,
        ...(office ? { office } : {}),
      });
      this.go(`pagina/${encodeURIComponent(documentId)}${form.get('kind') === 'card' ? '?scheda' : ''}`);
    });
  }

  private async upload(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.sent = 0;
    await this.attempt(async () => {
      const { documentId } = await sendFile<{ documentId: string }>('/api/documents', form, (share) => {
        this.sent = share;
      });
      this.go(`pagina/${encodeURIComponent(documentId)}`);
    });
    this.sent = null;
  }

  private row(page: Listed): TemplateResult {
    const { complete } = page;
    return html`<li class="card"><h2><a href="#pagina/${encodeURIComponent(page.id)}">${page.title}</a></h2>
      <p><span class="tag" data-state=${page.state}>${STATES[page.state]}${page.state === 'scheduled' && page.validFrom ? `: ${dayInWords(page.validFrom)}` : ''}</span>
      ${page.draft !== null && page.version !== null ? html`<span class="tag">bozza in corso</span>` : nothing}
      ${page.stage === 'review' ? html`<span class="tag">da rileggere</span>` : nothing}
      ${complete ? html`<span class="tag" title=${complete.missing.length > 0 ? `Mancano: ${complete.missing.join(', ')}` : ''}>${complete.present} voci su 13</span>` : nothing}
      <span class="quiet">${page.office || 'nessun ufficio'}${page.reviewBy ? ` · da rivedere entro il ${dayInWords(page.reviewBy)}` : ''}</span></p></li>`;
  }

  private newPage(): TemplateResult {
    const office = this.office === null ? html`<label>Ufficio<input name="office" maxlength="200"></label>` : nothing;
    return html`<details class="new"><summary>Nuova pagina</summary><form @submit=${this.create}>
        <label>Titolo<input name="title" required maxlength="300"></label><label>Come scriverla<select name="kind"><option value="card">Scheda di servizio (13 voci)</option><option value="free">Testo libero</option></select></label>${office}<button class="primary">Comincia a scrivere</button></form></details>
      <details class="new"><summary>Carica un file</summary><form @submit=${this.upload}>
        <label>File (PDF, DOCX, ODT, HTML, Markdown o testo, al massimo 50 MB)<input name="file" type="file" required accept=".pdf,.docx,.odt,.html,.htm,.md,.txt"></label>${office}
        <button class="primary" ?disabled=${this.sent !== null}>Carica come bozza</button>
        ${this.sent === null ? nothing : html`<label>Caricamento<progress max="1" .value=${this.sent}></progress></label><p role="status">${this.sent < 1 ? `${Math.round(this.sent * 100)} %` : 'Lo sto leggendo…'}</p>`}</form></details>`;
  }

  protected override render(): TemplateResult {
    const { pages } = this;
    return html`<h1 tabindex="-1">Pagine</h1>${this.writes ? this.newPage() : nothing}
      <form class="search" role="search" @submit=${this.search}><label>Cerca una pagina<input type="search" maxlength="200"></label><button>Cerca</button></form>
      ${
        pages === null
          ? this.waiting()
          : pages.length === 0
            ? html`<p class="empty">Nessuna pagina.</p>`
            : html`<p class="quiet">${this.total} pagine</p><ul class="cards">${pages.map((page) => this.row(page))}</ul>
        ${pages.length < this.total ? html`<button @click=${() => this.load(pages.length)}>Mostra altre pagine</button>` : nothing}`
      }`;
  }
}
customElements.define('editor-pages', PagesView);
