/** One page: write it, see what answers would quote, try questions on it, publish it. A draft is kept while one writes. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { checksOf, passagesOf } from './page-parts.ts';
import './history-view.ts';
import './publish-dialog.ts';
import './tests-view.ts';
import type { PublishDialog } from './publish-dialog.ts';
import type { Checks, Page, Passages, Stored } from './types.ts';
import { EditorView } from './view.ts';

const PAUSE_MS = 1_200;
const NONE: Passages = { version: 0, status: 'draft', sourceUrl: null, passages: [] };
const DETAILS = ['office', 'url', 'validFrom', 'validUntil', 'owner', 'reviewBy'] as const;

class PageView extends EditorView {
  static override properties = {
    page: { attribute: false },
    gap: { attribute: false },
    writes: { type: Boolean },
    me: { attribute: false },
    known: { state: true },
    passages: { state: true },
    checks: { state: true },
    saving: { state: true },
    stamp: { state: true },
  };
  declare page: string;
  declare gap: string;
  declare writes: boolean;
  declare me: string;
  declare known: Page | null;
  declare passages: Passages;
  declare checks: Checks | null;
  declare saving: 'saved' | 'changed' | 'failed';
  /** Grows when something was published or drafted: the parts below read again. */
  declare stamp: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private going: Promise<boolean> = Promise.resolve(true);

  constructor() {
    super();
    this.known = null;
    this.passages = NONE;
    this.checks = null;
    this.saving = 'saved';
    this.stamp = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('page')) void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.saving === 'changed') void this.save();
  }

  private get path(): string {
    return `/api/documents/${encodeURIComponent(this.page)}`;
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.known = await api<Page>('GET', this.path);
      this.checks = this.known.checks;
      await this.readPassages();
    });
    this.stamp++;
  }

  private async readPassages(): Promise<void> {
    this.passages = await api<Passages>('GET', `${this.path}/passages`);
  }

  private changed(): void {
    this.saving = 'changed';
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), PAUSE_MS);
  }

  /** One after the other, the last one with the last words. Resolves with whether the draft holds what is on the page. */
  private save(): Promise<boolean> {
    clearTimeout(this.timer);
    this.going = this.going.then(() => this.saveNow());
    return this.going;
  }

  private async saveNow(): Promise<boolean> {
    const form = this.querySelector<HTMLFormElement>('form.writing');
    if (!form || this.saving === 'saved') return this.saving === 'saved';
    const given = new FormData(form);
    const text = (name: string) => String(given.get(name) ?? '').trim();
    const details = Object.fromEntries(DETAILS.flatMap((name) => (text(name) ? [[name, text(name)]] : [])));
    const body = {
      title: text('title'),
      markdown: String(given.get('markdown') ?? ''),
      audience: text('audience'),
      phrasings: text('phrasings').split('\n').filter(Boolean),
      ...details,
      translationOf: text('translationOf') || null,
    };
    this.saving = 'saved';
    const done = await this.attempt(async () => {
      const saved = await api<{ checks: Checks }>('PUT', `${this.path}/draft`, body);
      this.checks = saved.checks;
      await this.readPassages();
    });
    if (!done) this.saving = 'failed';
    else if (!this.known?.draft) this.known = await api<Page>('GET', this.path);
    this.stamp++;
    return done;
  }

  private async publish(): Promise<void> {
    if (!(await this.save())) return;
    await this.querySelector<PublishDialog>('editor-publish')?.open();
  }

  /** After a publication that began with a gap: the gap is closed by what was written, and who waits is told. */
  private async published(): Promise<void> {
    const { gap } = this;
    await this.load();
    if (!gap) return this.say('Pubblicata: da ora risponde ai cittadini.');
    await this.attempt(async () => {
      const { closed, told } = await api<{ closed: number; told: number }>('POST', `/api/gaps/${gap}/close`, {
        documentId: this.page,
        test: true,
      });
      this.gap = '';
      this.say(
        `Pubblicata. La lacuna è chiusa: ${closed} ${closed === 1 ? 'domanda ha' : 'domande hanno'} risposta${told > 0 ? `, ${told === 1 ? 'una persona avvisata' : `${told} persone avvisate`}` : ''}.`,
      );
      this.stamp++;
    });
  }

  private async review(action: 'ask' | 'approve' | 'back'): Promise<void> {
    const done = await this.attempt(async () => {
      await api('POST', `${this.path}/review`, { action });
      this.say({ ask: 'Chiesta una seconda lettura.', approve: 'Bozza approvata.', back: 'Bozza rimandata a chi l’ha scritta.' }[action]);
    });
    if (done) await this.load();
  }

  private writing(stored: Stored): TemplateResult {
    const field = (name: string, title: string, value: string | null, type = 'text') =>
      html`<label>${title}<input name=${name} type=${type} maxlength="300" .value=${value ?? ''} ?readonly=${!this.writes}></label>`;
    return html`<form class="writing" @input=${this.changed} @submit=${(event: Event) => event.preventDefault()}>
      <label>Titolo<input name="title" required maxlength="300" .value=${stored.title} ?readonly=${!this.writes}></label>
      <label>Testo (Markdown: ## per i titoli, - per gli elenchi)<textarea name="markdown" rows="22" .value=${stored.markdown} ?readonly=${!this.writes}></textarea></label>
      <label>Sinonimi e domande di esempio, uno per riga<textarea name="phrasings" rows="3" .value=${stored.phrasings.join('\n')} ?readonly=${!this.writes}></textarea></label>
      <details><summary>Altri dati: ufficio, validità, responsabile</summary>
        ${field('office', 'Ufficio', stored.office)}${field('owner', 'Responsabile', stored.owner)}
        ${field('validFrom', 'In vigore dal', stored.validFrom, 'date')}${field('validUntil', 'In vigore fino al', stored.validUntil, 'date')}
        ${field('reviewBy', 'Da rileggere entro il', stored.reviewBy, 'date')}${field('url', 'Indirizzo della pagina sul sito', stored.sourceUrl)}
        <label>Traduzione di (codice della pagina)<input name="translationOf" maxlength="200" .value=${this.known?.translationOf ?? ''} ?readonly=${!this.writes}></label>
        <label>Per chi<select name="audience"><option value="citizen" ?selected=${stored.audience === 'citizen'}>Cittadini</option><option value="staff" ?selected=${stored.audience === 'staff'}>Solo personale</option></select></label>
      </details></form>`;
  }

  private acts({ draft, published }: Page): TemplateResult {
    const words = { saved: draft ? 'Bozza salvata' : '', changed: 'Salvo tra poco…', failed: 'La bozza non è salvata' }[this.saving];
    return html`<p class="acts"><button class="primary" @click=${this.publish} ?disabled=${!draft && this.saving === 'saved'}>Pubblica…</button>
      ${draft?.stage === 'writing' ? html`<button @click=${() => this.review('ask')}>Chiedi una seconda lettura</button>` : nothing}
      ${draft?.stage === 'review' && draft.author !== this.me ? html`<button @click=${() => this.review('approve')}>Approva la bozza</button><button @click=${() => this.review('back')}>Rimanda a chi scrive</button>` : nothing}
      <span class="quiet" role="status">${words}${draft?.stage === 'approved' ? ` · approvata da ${draft.reviewer}` : ''}${published ? '' : ' · mai pubblicata'}</span></p>`;
  }

  protected override render(): TemplateResult {
    const { known } = this;
    const stored = known?.draft ?? known?.published;
    if (!known || !stored) return html`<h1 tabindex="-1">Pagina</h1>${this.waiting()}`;
    return html`<p><a href="#pagine">← Tutte le pagine</a></p><h1 tabindex="-1">${known.title}</h1>
      ${this.gap ? html`<p class="band">Stai scrivendo la risposta a una lacuna: quando pubblichi, la domanda viene riprovata e chi aspetta è avvisato.</p>` : nothing}
      ${this.writes ? this.acts(known) : nothing}
      <div class="two"><section aria-label="Testo">${this.writing(stored)}</section>
      <section aria-label="Come si legge">${this.checks ? checksOf(this.checks) : nothing}<h2>Passaggi che le risposte citano</h2>${passagesOf(this.passages, this.page)}</section></div>
      <editor-tests .path=${this.path} .stamp=${this.stamp} ?writes=${this.writes} ?draft=${known.draft !== null}></editor-tests>
      <editor-history .path=${this.path} .page=${known.id} .stamp=${this.stamp} ?writes=${this.writes} @restored=${this.load}></editor-history>
      <editor-publish .path=${this.path} @published=${this.published}></editor-publish>`;
  }
}
customElements.define('editor-page', PageView);
