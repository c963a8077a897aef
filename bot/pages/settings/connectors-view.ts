/** The office's own tools: which one stands behind each kind of work, whether it answers, what it can do. */
import { html, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { SettingsView } from './view.ts';

interface ConnectorState {
  socket: string;
  plug: string;
  state: 'up' | 'down';
  detail: string;
  capabilities: string[];
}

const SOCKETS: Record<string, string> = {
  bookings: 'Appuntamenti',
  cases: 'Pratiche',
  reports: 'Segnalazioni',
  payments: 'Pagamenti',
  mails: 'Posta',
  identities: 'Accesso dei cittadini',
  tools: 'Strumenti di altri',
};
const ABLE: Record<string, string> = {
  slots: 'orari liberi',
  hold: 'posto tenuto',
  confirm: 'prenotare',
  cancel: 'disdire',
  reschedule: 'spostare',
  get: 'rileggere',
  list: 'elenco per persona',
  waiting: 'lista d’attesa',
  open: 'aprire',
  find: 'cercare',
  status: 'stato',
  submit: 'inviare',
  link: 'link per pagare',
};

class ConnectorsView extends SettingsView {
  static override properties = { connectors: { state: true } };
  declare connectors: ConnectorState[] | null;

  constructor() {
    super();
    this.connectors = null;
  }

  protected async load(): Promise<void> {
    this.connectors = (await api<{ connectors: ConnectorState[] }>('GET', '/api/connectors')).connectors;
  }

  protected override render(): TemplateResult {
    const { connectors } = this;
    const title = html`<h1 tabindex="-1">Collegamenti</h1>`;
    if (connectors === null) return html`${title}${this.waiting()}`;
    return html`${title}<p>I programmi dell’ente a cui l’assistente si collega. Si scelgono dove gira il server; qui si vede se rispondono.</p>
      <ul class="cards">${connectors.map(
        ({ socket, plug, state, detail, capabilities }) =>
          html`<li class="card"><h2>${SOCKETS[socket] ?? socket}</h2><p><span class="tag">${state === 'up' ? 'risponde' : 'non risponde'}</span> ${plug === 'embedded' ? 'il nostro archivio' : plug}</p><p class="quiet">${detail}</p>
          ${capabilities.length > 0 ? html`<p>Sa fare: ${capabilities.map((one) => ABLE[one] ?? one).join(', ')}.</p>` : null}</li>`,
      )}</ul>
      <button @click=${() => this.attempt(() => this.load())}>Controlla di nuovo</button>`;
  }
}
customElements.define('settings-connectors', ConnectorsView);
