/** The desk: who waits, what was said, what is known, and an answer. Every act is a REST call; a socket says when to look again. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { api, type Me } from '../shared/staff-api.ts';
import { StaffShell } from '../shared/staff-shell.ts';
import { createAlert } from './alert.ts';
import './asking.ts';
import './booking.ts';
import './call.ts';
import './canned.ts';
import { keysHelp, listenKeys } from './keys.ts';
import './citizen.ts';
import './undelivered.ts';
import { listenLive } from './live.ts';
import { createKeys, createOrder, restOf, soon } from './order.ts';
import { createReading } from './reading.ts';
import { type Here, type Listed, type Packet, type Suggestion, VIEWS, type View } from './types.ts';
import { approval, endings, known, notes, queueList, said, standing, suggested } from './views.ts';

class SportelloDesk extends StaffShell {
  static override properties = {
    ...StaffShell.properties,
    list: { state: true },
    view: { state: true },
    packet: { state: true },
    suggestion: { state: true },
    draft: { state: true },
    paused: { state: true },
    present: { state: true },
    sending: { state: true },
    picking: { state: true },
    letters: { state: true },
  };
  protected readonly roles: Me['role'][] = ['agent', 'supervisor', 'administrator'];
  declare list: Listed[];
  declare view: View;
  declare packet: Packet | null;
  declare suggestion: Suggestion | null;
  declare draft: string;
  declare paused: boolean;
  declare present: number;
  declare sending: boolean;
  /** The ready replies are open. */
  declare picking: boolean;
  /** Single letters are keys. */
  declare letters: boolean;
  private reading = createReading();
  private packets = createOrder();
  private keys = createKeys();
  /** The conversation that was chosen last: its answer may still be on its way. */
  private wanted: string | undefined;
  private alert = createAlert();
  private drafts = new Map<string, string>();
  private used = '';

  constructor() {
    super();
    this.list = [];
    this.view = 'open';
    this.packet = null;
    this.suggestion = null;
    this.draft = '';
    this.paused = false;
    this.present = 0;
    this.sending = false;
    this.picking = false;
    this.letters = true;
  }

  protected override entered(): void {
    listenLive({
      changed: (what) => {
        this.refreshSoon();
        this.reopen(what);
      },
      said: (what) => this.reopen(what),
      mentioned: (what) => this.called(what),
    });
    void this.be({});
    void this.refresh();
    listenKeys(() => this.letters, {
      j: () => this.step(1),
      k: () => this.step(-1),
      c: () => this.packet !== null && this.packet.state !== 'accepted' && Boolean(this.act('claim', {})),
      r: () => this.packet !== null && this.focusReply(),
      p: () => this.packet?.state === 'accepted' && this.packet.agent?.id === this.me?.id && this.pick(),
    });
  }

  private async refresh(): Promise<void> {
    await this.attempt(async () => {
      const { view } = this;
      const read = await this.reading.read(view);
      if (!read || view !== this.view) return;
      this.list = read.handoffs;
      this.present = read.agentsPresent;
      if (view === 'closed' || view === 'mine') return;
      this.alert.show(this.list.filter(({ state }) => state === 'queued' || state === 'requested').map(({ id }) => id));
    });
  }
  /** Many changes at once are one look: the list is read at most a few times a second. */
  private refreshSoon = soon(() => void this.refresh(), 200);

  private reopen(conversationId: string): void {
    if (this.packet && conversationId === this.packet.conversationId) void this.open(this.packet.id, false);
  }

  /** A colleague has written one's name in a note. */
  private called(conversationId: string): void {
    this.alert.call();
    this.reopen(conversationId);
    if (this.view !== 'mine') this.show('mine');
    else this.refreshSoon();
  }

  private show(view: View): void {
    this.view = view;
    void this.refresh();
  }

  private async open(id: string, fresh = true): Promise<void> {
    if (fresh) this.wanted = id;
    const isNews = this.packets.ask();
    const done = await this.attempt(async () => {
      const packet = await api<Packet>('GET', `/api/handoffs/${id}`);
      // Who has gone on to another citizen is not called back: the next words would be for the wrong one.
      if (this.wanted !== id || !isNews()) return;
      const more = packet.transcript.length !== this.packet?.transcript.length || packet.id !== this.packet?.id;
      if (fresh) this.keepDraft();
      this.packet = packet;
      if (fresh) {
        this.draft = this.drafts.get(id) ?? '';
        this.suggestion = null;
        this.picking = false;
        this.used = '';
      }
      await this.updateComplete;
      const box = this.querySelector('.transcript');
      if (more && box) box.scrollTop = box.scrollHeight;
    });
    if (!done && this.wanted === id) this.wanted = this.packet?.id;
  }

  private keepDraft(): void {
    if (this.packet) this.drafts.set(this.packet.id, this.draft);
  }

  private back(): void {
    this.keepDraft();
    this.packet = null;
    this.wanted = undefined;
  }

  /** Does something to the open conversation and reads it again. */
  private async act(path: string, body: object): Promise<boolean> {
    const { packet } = this;
    if (!packet) return false;
    const done = await this.attempt(() => api('POST', `/api/handoffs/${packet.id}/${path}`, body));
    await this.changed(packet);
    return done;
  }

  private async changed(packet: Packet): Promise<void> {
    await Promise.all([this.open(packet.id, false), this.refresh()]);
  }

  private async send(event?: Event): Promise<void> {
    event?.preventDefault();
    const { packet, used, suggestion } = this;
    const text = this.draft.trim();
    if (!packet || !text || this.sending) return;
    this.sending = true;
    const done = await this.act('messages', { text, key: this.keys.of(text), ...(used ? { suggestion: used } : {}) });
    this.sending = false;
    if (!done) return;
    this.keys.arrived();
    if (this.packet?.id !== packet.id) return void this.drafts.set(packet.id, restOf(this.drafts.get(packet.id) ?? '', text));
    this.draft = restOf(this.draft, text);
    if (this.used === used) this.used = '';
    if (this.suggestion === suggestion) this.suggestion = null;
  }

  private async attach(event: Event): Promise<void> {
    const { packet } = this;
    const input = event.target as HTMLInputElement;
    const body = new FormData();
    for (const file of input.files ?? []) body.append('file', file, file.name);
    if (!packet || !body.has('file')) return;
    await this.attempt(() => api('POST', `/api/handoffs/${packet.id}/files`, body));
    input.value = '';
    await this.open(packet.id, false);
  }

  private async suggest(): Promise<void> {
    const { packet } = this;
    await this.attempt(async () => {
      const suggestion = packet && (await api<Suggestion>('POST', `/api/handoffs/${packet.id}/suggest`, {}));
      if (this.packet?.id === packet?.id) this.suggestion = suggestion;
    });
  }

  private use({ text, suggestion }: Suggestion): void {
    // What was begun stays; one suggestion's sources go with a message.
    const begun = this.used || this.draft.trim() === '/' ? '' : this.draft.trim();
    this.draft = begun ? `${begun}\n\n${text}` : text;
    this.used = suggestion;
    this.suggestion = null;
    this.backToReply();
  }

  private backToReply(): void {
    this.picking = false;
    void this.updateComplete.then(() => this.focusReply());
  }

  private typed(text: string): void {
    this.draft = text;
    if (text === '/') this.pick();
  }

  private pick(): boolean {
    if (this.draft === '/') this.draft = '';
    this.picking = true;
    return true;
  }
  private focusReply(): boolean {
    this.querySelector<HTMLTextAreaElement>('#reply')?.focus();
    return true;
  }

  /** What is chosen at the desk is kept with the agent. */
  private async be(chosen: { paused?: boolean; letters?: boolean }): Promise<void> {
    await this.attempt(async () => {
      ({ agentsPresent: this.present, paused: this.paused, letters: this.letters } = await api<Here>('POST', '/api/desk/here', chosen));
    });
  }

  private step(by: number): boolean {
    const at = this.list.findIndex(({ id }) => id === this.packet?.id);
    const next = this.list[Math.max(0, at + by)];
    if (next) void this.open(next.id);
    return next !== undefined;
  }

  protected content(me: Me): TemplateResult {
    return html`<main class="desk" data-view=${this.packet ? 'talk' : 'queue'}><h1 class="visually-hidden">Sportello degli operatori</h1>
      <section class="queue" aria-label="Richieste"><header>
        <div class="views" role="group" aria-label="Quali richieste">${(Object.keys(VIEWS) as View[]).map(
          (view) =>
            html`<button aria-pressed=${this.view === view ? 'true' : 'false'} @click=${() => this.show(view)}>${VIEWS[view]}</button>`,
        )}</div>
        <span class="quiet">${this.present === 1 ? '1 operatore presente' : `${this.present} operatori presenti`} <button @click=${() => this.be({ paused: !this.paused })} aria-pressed=${this.paused ? 'true' : 'false'}>${this.paused ? 'Torna disponibile' : 'Pausa'}</button></span>${keysHelp(this.letters, (letters) => void this.be({ letters }))}<desk-undelivered></desk-undelivered>
      </header>
      <p class="visually-hidden" role="status">${this.list.length} richieste in elenco</p>
      ${queueList(this.list, this.packet?.id, (id) => void this.open(id))}
      </section>${this.packet ? keyed(this.packet.id, this.talk(this.packet, me)) : html`<section class="talk"><p class="empty">Scegli una richiesta dall’elenco.</p></section><section></section>`}</main>`;
  }

  private talk(packet: Packet, me: Me): TemplateResult {
    const mine = packet.state === 'accepted' && packet.agent?.id === me.id;
    const waits = packet.state === 'queued' || packet.state === 'requested';
    return html`<section class="talk" aria-label="Conversazione"><header><button class="back" @click=${this.back}>← Elenco</button><h2>Richiesta n. ${packet.number}</h2>
        ${waits ? html`<button class="primary" @click=${() => this.act('claim', {})}>Prendi in carico</button>` : nothing}
        ${packet.state === 'completed' ? html`<button @click=${() => this.act('reopen', {})}>Riapri</button>` : nothing}</header>
      <ol class="transcript" tabindex="0" aria-label="Messaggi">${packet.transcript.map(said)}</ol>
      <desk-call .packet=${packet} ?mine=${packet.agent?.id === me.id} @called=${() => this.changed(packet)}></desk-call>${standing(packet)}
      ${waits || mine ? approval(packet, (text) => void this.act('approve', text === null ? {} : { text })) : nothing}
      ${
        mine
          ? html`<form class="compose" @submit=${this.send}>${
              this.suggestion
                ? suggested(
                    this.suggestion,
                    () => this.suggestion && this.use(this.suggestion),
                    () => (this.suggestion = null),
                  )
                : nothing
            }${this.picking ? html`<desk-canned .handoff=${packet.id} @chosen=${(event: CustomEvent<Suggestion>) => this.use(event.detail)} @left=${this.backToReply}></desk-canned>` : nothing}
        <label for="reply" class="visually-hidden">Risposta al cittadino</label>
        <textarea id="reply" rows="3" maxlength="4000" placeholder="Scrivi al cittadino… (Ctrl+Invio per inviare, / per le risposte pronte)" .value=${this.draft}
          @input=${(event: Event) => this.typed((event.target as HTMLTextAreaElement).value)}
          @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && this.send(event)}></textarea>
        <div class="row"><button class="primary" ?disabled=${this.sending || !this.draft.trim()}>Invia</button><button type="button" @click=${this.suggest}>Suggerisci una risposta</button><button type="button" aria-keyshortcuts="p" @click=${this.pick}>Risposte pronte</button><label class="attach">Allega<input type="file" multiple @change=${(event: Event) => this.attach(event)}></label></div></form>`
          : html`<p class="empty">${waits ? 'Prendi in carico la richiesta per rispondere.' : packet.state === 'accepted' ? `La segue ${packet.agent?.name ?? 'un collega'}.` : 'La conversazione è chiusa.'}</p>`
      }</section>
      <section class="facts-of" aria-label="Contesto">${known(packet)}
        <desk-citizen .handoff=${packet.id} ?allowed=${mine || me.role !== 'agent'} .heard=${packet.transcript.length}></desk-citizen>
        ${mine ? html`<desk-booking .handoff=${packet.id} .contact=${packet.request.contact ?? null} @proposed=${() => this.open(packet.id, false)}></desk-booking><desk-asking .handoff=${packet.id} @asked=${() => this.open(packet.id, false)}></desk-asking>` : nothing}
        ${notes(packet, me, (event, path, read) => void this.form(event, path, read))}
        ${mine || (packet.state === 'accepted' && me.role !== 'agent') ? endings(packet, me, (event, path, read) => void this.form(event, path, read)) : nothing}</section>`;
  }

  private async form(event: SubmitEvent, path: string, read: (data: FormData) => object): Promise<void> {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { packet } = this;
    if ((await this.act(path, read(new FormData(form)))) && this.packet?.id === packet?.id) form.reset();
  }
}
customElements.define('sportello-desk', SportelloDesk);
