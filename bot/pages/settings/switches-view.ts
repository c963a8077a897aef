/** What the assistant may do, topic by topic and channel by channel. */
import { html, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { SettingsView } from './view.ts';

interface Switch {
  topic: string;
  channel: string;
  mode: string;
  banner: string;
  updatedAt: string;
}

const MODES: Record<string, string> = {
  full: 'Risponde il sistema automatico',
  approve: 'Ogni risposta è approvata da un operatore',
  people: 'Rispondono solo le persone',
  closed: 'Chiuso',
};

class SwitchesView extends SettingsView {
  static override properties = { switches: { state: true }, topics: { state: true }, channels: { state: true } };
  declare switches: Switch[] | null;
  declare topics: string[];
  declare channels: string[];

  constructor() {
    super();
    this.switches = null;
    this.topics = [];
    this.channels = [];
  }

  protected async load(): Promise<void> {
    const read = await api<{ switches: Switch[]; topics: string[]; channels: string[] }>('GET', '/api/switches');
    this.switches = read.switches;
    this.topics = read.topics;
    this.channels = read.channels;
  }

  private card(one: Switch): TemplateResult {
    const what = `${one.topic || 'Tutti gli argomenti'}, ${one.channel || 'tutti i canali'}`;
    const back = (event: SubmitEvent) =>
      this.save(event, `${what}: di nuovo attivo.`, () =>
        api('PUT', '/api/switches', { topic: one.topic, channel: one.channel, mode: 'full' }),
      );
    return html`<li class="card"><h2>${what}</h2><p><span class="tag">${MODES[one.mode] ?? one.mode}</span> ${one.banner}</p>
      <p class="quiet">dal ${new Date(one.updatedAt).toLocaleString('it-IT', { dateStyle: 'long', timeStyle: 'short' })}</p>
      ${one.mode === 'full' ? '' : html`<form @submit=${back}><button>Torna a rispondere<span class="visually-hidden">: ${what}</span></button></form>`}</li>`;
  }

  protected override render(): TemplateResult {
    const { switches } = this;
    if (switches === null) return html`<h1 tabindex="-1">Interruttori</h1>${this.waiting()}`;
    const turn = (event: SubmitEvent) =>
      this.save(event, 'Fatto: vale dal prossimo messaggio.', (data) => api('PUT', '/api/switches', data));
    return html`<h1 tabindex="-1">Interruttori</h1><p>Valgono subito, per tutti. Le emergenze ricevono sempre i numeri da chiamare; chi sta già parlando con un operatore continua.</p>
      ${switches.length === 0 ? html`<p class="empty">Tutto attivo: il sistema automatico risponde su ogni argomento e canale.</p>` : html`<ul class="cards">${switches.map((one) => this.card(one))}</ul>`}
      <form class="card" data-once @submit=${turn}><h2>Cambia</h2>
        <label>Argomento<select name="topic"><option value="">tutti</option>${this.topics.map((name) => html`<option value=${name}>${name}</option>`)}</select></label>
        <label>Canale<select name="channel"><option value="">tutti</option>${this.channels.map((name) => html`<option value=${name}>${name}</option>`)}</select></label>
        <label>Che cosa succede<select name="mode">${Object.entries(MODES).map(([mode, title]) => html`<option value=${mode}>${title}</option>`)}</select></label>
        <label>Avviso per i cittadini (facoltativo)<textarea name="banner" rows="2" maxlength="500"></textarea></label><button class="primary">Applica subito</button></form>`;
  }
}
customElements.define('settings-switches', SwitchesView);
