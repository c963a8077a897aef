/** What was said to many: what is in force, what became of each message, and the way to say that it holds no more. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { SettingsView } from '../settings/view.ts';
import { channelName, day, type Notice, type NoticeSent, type SentCount, TYPES, typeOf } from './types.ts';

const COLUMNS: [keyof SentCount, string][] = [
  ['told', 'In tutto'],
  ['shown', 'Nella chat'],
  ['waiting', 'In coda'],
  ['sent', 'Inviati'],
  ['delivered', 'Consegnati'],
  ['read', 'Letti'],
  ['failed', 'Falliti'],
];

class SentView extends SettingsView {
  static override properties = { notices: { state: true }, sent: { state: true } };
  declare notices: Notice[] | null;
  declare sent: Record<string, NoticeSent>;

  constructor() {
    super();
    this.notices = null;
    this.sent = {};
  }

  protected async load(): Promise<void> {
    const [read, { sent }] = await Promise.all([
      api<{ notices: Notice[] }>('GET', '/api/notices'),
      api<{ sent: Record<string, NoticeSent> }>('GET', '/api/notices/sent'),
    ]);
    this.notices = read.notices;
    this.sent = sent;
  }

  private state({ ended, until, from }: Notice): string {
    const now = new Date().toISOString();
    if (ended) return `ritirato il ${day(ended)}`;
    if (until && until <= now) return `finito il ${day(until)}`;
    if (from > now) return `dal ${day(from)}`;
    return until ? `in vigore fino al ${day(until)}` : 'in vigore';
  }

  private counts(title: string, of: NoticeSent | undefined): TemplateResult {
    if (!of) return html`<p class="quiet">I conteggi si tengono per gli ultimi cinquanta.</p>`;
    if (of.channels.length === 0) return html`<p class="quiet">Ancora nessuno l’ha ricevuto.</p>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Consegne, per canale: ${title}"><table><thead><tr><th scope="col">Canale</th>${COLUMNS.map(([, name]) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>${of.channels.map((one) => html`<tr><th scope="row">${channelName(one.channel)}</th>${COLUMNS.map(([key]) => html`<td>${one[key]}</td>`)}</tr>`)}</tbody></table></div>
      ${of.failures.length > 0 ? html`<details><summary>Perché sono falliti</summary><ul>${of.failures.map(({ channel, error, count }) => html`<li>${channelName(channel)}: ${count}, ${error || 'senza spiegazione'}</li>`)}</ul></details>` : nothing}
      ${of.channels.some(({ moved }) => moved > 0) ? html`<p class="quiet">Di quelli falliti, ${of.channels.reduce((sum, { moved }) => sum + moved, 0)} sono arrivati su un altro recapito che il cittadino ha indicato.</p>` : nothing}`;
  }

  private card(notice: Notice): TemplateResult {
    const title = notice.text.length > 60 ? `${notice.text.slice(0, 60)}…` : notice.text;
    const end = (event: SubmitEvent) =>
      this.save(event, notice.kind === 'campaign' ? 'Fermata.' : 'Ritirato: chi l’aveva letto saprà che non vale più.', () =>
        api('POST', `/api/notices/${notice.id}/end`),
      );
    const over = notice.ended !== null || (notice.until !== null && notice.until <= new Date().toISOString());
    return html`<li class="card"><h2>${title}</h2><p><span class="tag">${TYPES[typeOf(notice)].title}</span> ${this.state(notice)}${notice.topic ? html` · argomento: ${notice.topic}` : nothing}</p>
      ${title === notice.text ? nothing : html`<blockquote>${notice.text}</blockquote>`}
      ${notice.source.url ? html`<p>Fonte: <a href=${notice.source.url} target="_blank" rel="noopener">${notice.source.title}</a></p>` : nothing}
      ${this.counts(title, this.sent[notice.id])}
      ${over ? nothing : html`<form @submit=${end}><button>${notice.kind === 'campaign' ? 'Ferma' : 'Non vale più'}<span class="visually-hidden">: ${title}</span></button></form>`}</li>`;
  }

  protected override render(): TemplateResult {
    const { notices } = this;
    if (notices === null) return html`<h1 tabindex="-1">In vigore e inviati</h1>${this.waiting()}`;
    return html`<h1 tabindex="-1">In vigore e inviati</h1><p><button @click=${() => this.attempt(() => this.load())}>Aggiorna i conteggi</button></p>
      ${notices.length === 0 ? html`<p class="empty">Nessun avviso finora.</p>` : html`<ul class="cards">${notices.map((notice) => this.card(notice))}</ul>`}`;
  }
}
customElements.define('notices-sent', SentView);
