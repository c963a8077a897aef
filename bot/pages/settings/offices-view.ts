/** The offices that answers and refusals name. */
import { html, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { SettingsView } from './view.ts';

interface Office {
  name: string;
  address: string;
  hours: string;
  phone: string;
  email: string;
  topics: string[];
}
const EMPTY: Office = { name: '', address: '', hours: '', phone: '', email: '', topics: [] };

class OfficesView extends SettingsView {
  static override properties = { offices: { state: true } };
  declare offices: Office[] | null;

  constructor() {
    super();
    this.offices = null;
  }

  protected async load(): Promise<void> {
    this.offices = (await api<{ offices: Office[] }>('GET', '/api/offices')).offices;
  }

  private fields(office: Office): TemplateResult {
    return html`<label>Indirizzo<input name="address" maxlength="200" .value=${office.address}></label>
      <label>Orari al pubblico, in parole<input name="hours" maxlength="300" .value=${office.hours}></label>
      <label>Telefono<input name="phone" maxlength="40" .value=${office.phone}></label>
      <label>E-mail<input name="email" type="email" maxlength="120" .value=${office.email}></label>
      <label>Parole che dicono di che cosa si occupa, separate da virgole<input name="topics" .value=${office.topics.join(', ')}></label>`;
  }

  private submit(event: SubmitEvent, name?: string): Promise<void> {
    return this.save(event, 'Ufficio salvato: le risposte lo nominano da subito.', (data) =>
      api('PUT', '/api/offices', {
        ...data,
        ...(name ? { name } : {}),
        topics: (data['topics'] ?? '')
          .split(',')
          .map((word) => word.trim())
          .filter((word) => word.length > 1),
      }),
    );
  }

  protected override render(): TemplateResult {
    const { offices } = this;
    if (offices === null) return html`<h1 tabindex="-1">Uffici</h1>${this.waiting()}`;
    return html`<h1 tabindex="-1">Uffici</h1><p>Dove mandiamo i cittadini quando nessun documento risponde. L’ufficio con la parola «urp» è quello di tutti.</p>
      <ul class="cards">${offices.map(
        (
          office,
        ) => html`<li class="card"><h2>${office.name}</h2><p class="quiet">${[office.address, office.hours, office.phone, office.email].filter(Boolean).join(' · ')}</p>
        <details><summary>Modifica</summary><form @submit=${(event: SubmitEvent) => this.submit(event, office.name)}>${this.fields(office)}<button>Salva</button></form></details></li>`,
      )}</ul>
      <form class="card" data-once @submit=${(event: SubmitEvent) => this.submit(event)}><h2>Nuovo ufficio</h2><label>Nome<input name="name" required minlength="2" maxlength="120"></label>${this.fields(EMPTY)}<button class="primary">Aggiungi</button></form>`;
  }
}
customElements.define('settings-offices', OfficesView);
