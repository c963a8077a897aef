/** The conversation as a citizen sees it. Light DOM, so that the page's own style sheet and the browser's text search reach everything. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { type Activity, type Connection, createDirectLine, type DirectLine, SendFailure } from '../shared/directline.ts';
import { LANGUAGE_NAMES, localeOf } from '../shared/languages.ts';
import { type Words, words as italian } from '../shared/words/it.ts';
import { inTime, languagePicker, loadWords, translatePage } from './language.ts';
import { newId } from '../shared/new-id.ts';
import { botMessage, type Entry, ownMessage, saying, unescaped } from './messages.ts';
import { remember, settings, tabStorage } from './memory.ts';
import type {} from './start.ts';
import { plainTranscript } from './transcript.ts';

const LIMIT = 1_000;
const COUNT_FROM = 0.8;
const THEMES = ['auto', 'light', 'dark', 'contrast'] as const;

export class SportelloChat extends LitElement {
  static override properties = {
    lang: { type: String },
    languages: { type: String },
    entries: { state: true },
    connection: { state: true },
    typing: { state: true },
    draft: { state: true },
    choices: { state: true },
    notice: { state: true },
  };
  /** Codes in use, separated by commas. */
  declare languages: string;
  declare entries: Entry[];
  declare connection: Connection;
  declare typing: boolean;
  declare draft: string;
  declare choices: { title: string; value: string }[];
  declare notice: string;
  private line: DirectLine | null = null;
  private t: Words = italian;
  private size = 0;
  private theme = 0;
  /** Settled with the first words. */
  private spoken: Promise<unknown> = Promise.resolve();

  constructor() {
    super();
    this.languages = '';
    this.entries = [];
    this.connection = 'connecting';
    this.typing = false;
    this.draft = '';
    this.choices = [];
    this.notice = '';
  }

  /** A greeting that is there before the words of its language would be shown among Italian buttons; words that do not come must not keep the page empty. */
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await inTime(this.spoken);
    super.scheduleUpdate();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // In the widget's frame Escape closes it from wherever the focus is.
    window.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && window.parent !== window) window.parent.postMessage({ sportello: 'close' }, '*');
    });
    const remembered = settings();
    this.size = remembered.size;
    this.theme = remembered.theme;
    this.lang = remembered.lang || this.lang || 'it';
    this.spoken = this.speak(this.lang);
    this.line = createDirectLine(
      location.origin,
      localeOf(this.lang),
      tabStorage(),
      'sportello',
      {
        activity: (activity) => this.take(activity),
        connection: (state) => {
          this.connection = state;
        },
        restarted: () => {
          this.notice = this.t.restarted;
        },
      },
      globalThis.sportelloStart,
    );
  }

  private take(activity: Activity): void {
    if (activity.type === 'typing') {
      this.typing = true;
      return;
    }
    if (activity.type !== 'message') return;
    const own = activity.from?.role === 'user';
    if (own) {
      const client = activity.channelData?.clientActivityID;
      const pending = this.entries.find((entry) => entry.clientId && entry.clientId === client);
      if (pending) this.replace(pending, { ...pending, id: activity.id ?? pending.id, state: 'sent' });
      else this.entries = [...this.entries, { id: activity.id ?? '', own: true, activity, state: 'sent' }];
      return;
    }
    this.typing = false;
    this.choices = activity.suggestedActions?.actions ?? [];
    this.entries = [...this.entries, { id: activity.id ?? '', own: false, activity, state: 'sent' }];
  }

  private replace(old: Entry, next: Entry): void {
    this.entries = this.entries.map((entry) => (entry === old ? next : entry));
  }

  private async say(text: string, under?: string): Promise<void> {
    const trimmed = text.trim();
    if (!trimmed) return;
    const clientId = newId();
    const entry: Entry = {
      id: '',
      clientId,
      own: true,
      state: 'sending',
      activity: saying(trimmed, clientId, under),
    };
    this.entries = [...this.entries, entry];
    this.choices = [];
    this.notice = '';
    await this.deliver(entry);
  }

  private async deliver(entry: Entry): Promise<void> {
    this.typing = true;
    const current = () => this.entries.find((candidate) => candidate.clientId === entry.clientId);
    try {
      await this.line?.send(entry.activity);
    } catch (error) {
      this.typing = false;
      const reason = error instanceof SendFailure ? error.reason : 'offline';
      const now = current();
      if (now && now.state !== 'sent') this.replace(now, { ...now, state: 'failed' });
      this.notice = reason === 'busy' ? this.t.busy : reason === 'too-long' ? this.t.tooLong : '';
    }
  }

  private retry(entry: Entry): void {
    const again: Entry = { ...entry, state: 'sending' };
    this.replace(entry, again);
    void this.deliver(again);
  }

  private vote(entry: Entry, vote: 'up' | 'down', text?: string): void {
    const answerId = entry.activity.channelData?.sportello?.answerId;
    if (!answerId) return;
    void this.line
      ?.send({
        type: 'event',
        name: 'sportello/feedback',
        value: { answerId, vote, ...(text ? { text } : {}) },
        channelData: { clientActivityID: newId() },
      })
      .catch(() => {});
    this.replace(entry, { ...entry, voted: vote, told: vote === 'up' || text !== undefined });
  }

  private submit(event: Event): void {
    event.preventDefault();
    const text = this.draft;
    this.draft = '';
    void this.say(text);
    this.querySelector('textarea')?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  private applySettings(): void {
    const root = document.documentElement;
    root.dataset['size'] = String(this.size);
    root.dataset['theme'] = THEMES[this.theme] ?? 'auto';
    translatePage(this.lang, this.t);
    remember({ size: this.size, theme: this.theme, lang: this.lang });
    this.requestUpdate();
  }

  private resize(step: number): void {
    this.size = Math.max(-1, Math.min(4, this.size + step));
    this.applySettings();
  }

  private nextTheme(): void {
    this.theme = (this.theme + 1) % THEMES.length;
    this.applySettings();
  }

  private async speak(lang: string): Promise<void> {
    this.lang = lang;
    const words = await loadWords(lang);
    // The file of an earlier choice may come last.
    if (this.lang !== lang) return;
    this.t = words;
    this.applySettings();
  }

  /** The assistant follows, so that the next answer comes in the language chosen. */
  private async chooseLanguage(lang: string): Promise<void> {
    await this.speak(lang);
    const chosen = { type: 'event' as const, name: 'sportello/language', value: { language: lang } };
    await this.line?.send({ ...chosen, channelData: { clientActivityID: newId() } }).catch(() => {});
  }

  private restart(): void {
    this.entries = [];
    this.choices = [];
    this.notice = '';
    this.line?.restart();
  }

  private save(): void {
    const blob = new Blob([plainTranscript(this.entries, this.t)], { type: 'text/plain;charset=utf-8' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = 'conversazione-sportello.txt';
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  protected override updated(): void {
    const last = this.querySelector('.log > ol > li:last-child');
    if (last && this.entries.length !== this.shown) {
      this.shown = this.entries.length;
      const own = this.entries.at(-1)?.own;
      last.scrollIntoView({
        block: own ? 'end' : 'start',
        behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth',
      });
    }
  }
  private shown = 0;

  protected override render(): TemplateResult {
    const t = this.t;
    const left = LIMIT - this.draft.length;
    const offline = this.connection === 'offline';
    // Beside the words on a phone they would leave the words no room.
    const small = innerWidth <= 640;
    const choices =
      this.choices.length > 0
        ? html`<div class="choices">${this.choices.map(({ title, value }) => html`<button type="button" @click=${() => void this.say(value, this.entries.findLast(({ own }) => !own)?.id)}>${unescaped(title)}</button>`)}</div>`
        : nothing;
    return html`
      ${this.tools()}
      <div class="log" role="log" aria-live="polite" aria-label=${t.log} tabindex="0">
        <ol>
          ${this.entries.map((entry) =>
            entry.own ? ownMessage(entry, t, () => this.retry(entry)) : botMessage(entry, t, (vote, text) => this.vote(entry, vote, text)),
          )}
        </ol>
        ${this.typing ? html`<p class="typing"><span class="dots" aria-hidden="true"><i></i><i></i><i></i></span><span class="quiet">${t.writing}</span></p>` : nothing}
        ${small ? choices : nothing}
      </div>
      ${offline || this.connection === 'connecting' || this.notice ? html`<p class="status" role="status">${this.notice || (offline ? t.offline : t.connecting)}</p>` : nothing}
      ${small ? nothing : choices}
      <form class="composer" @submit=${this.submit}>
        <label for="question">${t.input}</label>
        <div class="row">
          <textarea id="question" rows="2" maxlength=${LIMIT} aria-describedby="hint" .value=${this.draft}
            @input=${(event: Event) => {
              this.draft = (event.target as HTMLTextAreaElement).value;
            }} @keydown=${this.onKey}></textarea>
          <button class="primary" type="submit">${t.send}</button>
        </div>
        <div class="foot">
          <p id="hint" class="hint">${t.hint}${this.draft.length >= LIMIT * COUNT_FROM ? html` <span role="status">${left} ${t.left}</span>` : nothing}</p>
          <button class="person" type="button" @click=${() => void this.say(t.personMessage)}>${t.person}</button>
        </div>
      </form>`;
  }

  private tools(): TemplateResult {
    const t = this.t;
    const offered = this.languages ? this.languages.split(',') : Object.keys(LANGUAGE_NAMES);
    const theme = [t.themeAuto, t.themeLight, t.themeDark, t.themeContrast][this.theme];
    return html`<details class="tools" ?open=${innerWidth > 640}>
      <summary>${t.tools}</summary>
      <div role="group" aria-label=${t.tools}>
        <button type="button" aria-label=${`A− ${t.smaller}`} @click=${() => this.resize(-1)}>A−</button>
        <button type="button" aria-label=${`A+ ${t.larger}`} @click=${() => this.resize(1)}>A+</button>
        <button type="button" @click=${this.nextTheme}>${t.theme}: ${theme}</button>
        <button type="button" @click=${() => window.print()}>${t.print}</button>
        <button type="button" @click=${this.save}>${t.save}</button>
        <button type="button" @click=${this.restart}>${t.restart}</button>
        ${languagePicker(offered, this.lang, t, (lang) => void this.chooseLanguage(lang))}
      </div>
    </details>`;
  }
}
customElements.define('sportello-chat', SportelloChat);
