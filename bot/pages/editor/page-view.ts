/** One page: write it, see what answers would quote, try questions on it, publish it. A draft is kept while one writes. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { ApiProblem, api } from '../shared/staff-api.ts';
import './card-form.ts';
import { writingForm, withUnsaved, writtenIn } from './page-form.ts';
import './nearest-view.ts';
import { checksOf } from './page-parts.ts';
import type { Wanted } from './passages-view.ts';
import './passages-view.ts';
import './history-view.ts';
import './publish-dialog.ts';
import './tests-view.ts';
import type { PublishDialog } from './publish-dialog.ts';
import type { Checks, Page, Passages } from './types.ts';
import { dropUnsaved, keepUnsaved, readUnsaved } from './unsaved.ts';
import { EditorView } from './view.ts';

const PAUSE_MS = 1_200;
const NONE: Passages = { version: 0, status: 'draft', stamp: '', sourceUrl: null, passages: [], mends: [] };

class PageView extends EditorView {
  static override properties = {
    page: { attribute: false },
    gap: { attribute: false },
    card: { attribute: false },
    carded: { state: true },
    writes: { type: Boolean },
    me: { attribute: false },
    known: { state: true },
    passages: { state: true },
    checks: { state: true },
    saving: { state: true },
    dropping: { state: true },
    stamp: { state: true },
  };
  declare page: string;
  declare gap: string;
  /** Begun as a service card. */
  declare card: boolean;
  /** The text as it stood when the form of the card was opened; null = it is written freely. */
  declare carded: string | null;
  declare writes: boolean;
  declare me: string;
  declare known: Page | null;
  declare passages: Passages;
  declare checks: Checks | null;
  /** `going`: on its way to the server. `conflict`: another person has written the draft since it was seen. */
  declare saving: 'saved' | 'changed' | 'going' | 'failed' | 'conflict';
  /** The draft is about to be thrown away, until it is said a second time. */
  declare dropping: boolean;
  /** Grows when something was published or drafted: the parts below read again. */
  declare stamp: number;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private going: Promise<boolean> = Promise.resolve(true);
  /** The draft as it was seen last; null = there was none. */
  private seen: string | null = null;
  private readonly stay = (event: BeforeUnloadEvent) => {
    if (this.saving !== 'saved') event.preventDefault();
  };

  constructor() {
    super();
    this.known = null;
    this.passages = NONE;
    this.checks = null;
    this.saving = 'saved';
    this.carded = null;
    this.dropping = false;
    this.stamp = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('page')) void this.load();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('beforeunload', this.stay);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.stay);
    if (this.saving === 'changed') void this.save();
  }

  private get path(): string {
    return `/api/documents/${encodeURIComponent(this.page)}`;
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      const known = await api<Page>('GET', this.path);
      this.checks = known.checks;
      this.seen = known.draft?.stamp ?? null;
      const unsaved = this.writes ? readUnsaved(this.me, this.page) : null;
      this.known = unsaved ? withUnsaved(known, unsaved) : known;
      await this.readPassages();
      if (this.card) this.carded ??= (known.draft ?? known.published)?.markdown ?? null;
      if (!unsaved) return;
      await this.updateComplete;
      this.changed();
      this.say('Ho ripreso quello che avevi scritto e non era ancora salvato.');
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
    const written = writtenIn(form);
    this.saving = 'going';
    let conflict = false;
    const done = await this.attempt(async () => {
      try {
        const saved = await api<{ checks: Checks; stamp: string }>('PUT', `${this.path}/draft`, { ...written, seen: this.seen });
        this.checks = saved.checks;
        this.seen = saved.stamp;
      } catch (problem) {
        conflict = problem instanceof ApiProblem && problem.code === 'DraftChanged';
        keepUnsaved(this.me, this.page, written);
        throw problem;
      }
      dropUnsaved(this.me, this.page);
      await this.readPassages();
      await this.learnDraft();
    });
    if (!done) this.saving = conflict ? 'conflict' : 'failed';
    // Whoever went on writing meanwhile is saved again soon.
    else if (this.saving === 'going') this.saving = 'saved';
    this.stamp++;
    return done;
  }

  /** The first draft of a published page is known to the server now; the words on the page may be newer, and stay. */
  private async learnDraft(): Promise<void> {
    if (this.known?.draft) return;
    const known = await api<Page>('GET', this.path);
    const form = this.querySelector<HTMLFormElement>('form.writing');
    this.known = form ? withUnsaved(known, writtenIn(form)) : known;
  }

  /** The other person's draft is read first, so that it stands in what was seen; then one's own words take its place. */
  private async keepMine(): Promise<void> {
    await this.attempt(async () => {
      this.seen = (await api<Page>('GET', this.path)).draft?.stamp ?? null;
      this.saving = 'changed';
    });
    await this.save();
  }

  private async takeTheirs(): Promise<void> {
    dropUnsaved(this.me, this.page);
    this.saving = 'saved';
    this.known = null;
    this.carded = null;
    await this.updateComplete;
    await this.load();
  }

  /** Asked a second time: a draft leaves no version behind. */
  private async dropDraft(): Promise<void> {
    if (!this.dropping) {
      this.dropping = true;
      return;
    }
    this.dropping = false;
    clearTimeout(this.timer);
    await this.going;
    dropUnsaved(this.me, this.page);
    this.saving = 'saved';
    const done = await this.attempt(async () => {
      const { version } = await api<{ version: number | null }>('DELETE', `${this.path}/draft`);
      if (version === null) return this.go('pagine');
      await this.takeTheirs();
      this.say('Bozza buttata: resta la versione in vigore.');
    });
    if (!done) await this.load();
  }

  private get text(): HTMLTextAreaElement | null {
    return this.querySelector('textarea[name=markdown]');
  }

  /** What is on the page is saved first: the correction is of the text as it stands. */
  private async mend({ detail }: CustomEvent<Wanted>): Promise<void> {
    if (this.saving !== 'saved' && !(await this.save())) return;
    const done = await this.attempt(async () => {
      this.passages = await api<Passages>('POST', `${this.path}/mends`, { ...detail, seen: this.seen });
      this.seen = this.passages.stamp;
      await this.learnDraft();
      this.say(detail.kind === 'undo' ? 'Correzione annullata.' : 'Divisione corretta nella bozza: vale quando la pubblichi.');
    });
    // The words of the refusal stay; the passages are shown as they are now.
    if (!done) await this.readPassages().catch(() => {});
    this.stamp++;
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

  private readonly takeCard = ({ detail }: CustomEvent<string>): void => {
    if (this.text) this.text.value = detail;
  };

  private ways(): TemplateResult {
    const way = (title: string, card: boolean) => {
      const now = (this.carded !== null) === card;
      return html`<button type="button" class=${now ? 'primary' : ''} aria-pressed=${now} @click=${() => {
        this.carded = card ? (this.text?.value ?? '') : null;
      }}>${title}</button>`;
    };
    return html`<p class="ways" role="group" aria-label="Come si scrive">${way('Testo libero', false)}${way('Scheda di servizio', true)}</p>`;
  }

  private acts({ draft, published }: Page): TemplateResult {
    const words = {
      saved: draft ? 'Bozza salvata' : '',
      changed: 'Salvo tra poco…',
      going: 'Salvo tra poco…',
      failed: 'La bozza non è salvata',
      conflict: 'La bozza non è salvata',
    }[this.saving];
    return html`<p class="acts"><button class="primary" @click=${this.publish} ?disabled=${!draft && this.saving === 'saved'}>Pubblica…</button>
      ${draft?.stage === 'writing' ? html`<button @click=${() => this.review('ask')}>Chiedi una seconda lettura</button>` : nothing}
      ${draft?.stage === 'review' && draft.author !== this.me ? html`<button @click=${() => this.review('approve')}>Approva la bozza</button><button @click=${() => this.review('back')}>Rimanda a chi scrive</button>` : nothing}
      ${draft ? html`<button @click=${this.dropDraft}>${this.dropping ? 'Sì, butta la bozza' : 'Butta la bozza'}</button>` : nothing}
      ${this.saving === 'conflict' ? html`<button @click=${this.keepMine}>Tieni quello che ho scritto</button><button @click=${this.takeTheirs}>Prendi l’altra bozza</button>` : nothing}
      ${this.saving === 'failed' ? html`<button @click=${() => this.save()}>Riprova a salvare</button>` : nothing}
      <span class="quiet" role="status">${words}${draft?.stage === 'approved' ? ` · approvata da ${draft.reviewer}` : ''}${published ? '' : ' · mai pubblicata'}</span></p>`;
  }

  protected override render(): TemplateResult {
    const { known } = this;
    const stored = known?.draft ?? known?.published;
    if (!known || !stored) return html`<h1 tabindex="-1">Pagina</h1>${this.waiting()}`;
    return html`<p><a href="#pagine">← Tutte le pagine</a></p><h1 tabindex="-1">${known.title}</h1>
      ${this.gap ? html`<p class="band">Stai scrivendo la risposta a una lacuna: quando pubblichi, la domanda viene riprovata e chi aspetta è avvisato.</p>` : nothing}
      ${this.writes ? this.acts(known) : nothing}
      <div class="two"><section aria-label="Testo">${this.writes ? this.ways() : nothing}${writingForm(stored, {
        writes: this.writes,
        translationOf: known.translationOf,
        card:
          this.carded === null
            ? null
            : html`<editor-card .markdown=${this.carded} ?writes=${this.writes} @card=${this.takeCard}></editor-card>`,
        changed: () => this.changed(),
      })}</section>
      <section aria-label="Come si legge">${this.gap ? html`<editor-nearest .gap=${this.gap}></editor-nearest>` : nothing}${this.checks ? checksOf(this.checks) : nothing}<h2>Passaggi che le risposte citano</h2><editor-passages .read=${this.passages} .page=${this.page} ?writes=${this.writes} @mend=${this.mend}></editor-passages></section></div>
      <editor-tests .path=${this.path} .stamp=${this.stamp} ?writes=${this.writes} ?draft=${known.draft !== null}></editor-tests>
      <editor-history .path=${this.path} .page=${known.id} .stamp=${this.stamp} ?writes=${this.writes} @restored=${this.load}></editor-history>
      <editor-publish .path=${this.path} @published=${this.published}></editor-publish>`;
  }
}
customElements.define('editor-page', PageView);
