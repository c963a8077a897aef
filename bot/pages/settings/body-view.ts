/** The body's own name and words, and what contacts cost. */
import { html, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { SettingsView } from './view.ts';

interface Body {
  name: string;
  shownName: string;
  welcome: string;
  costs: { month: number | null; phone: number | null; counter: number | null };
}

class BodyView extends SettingsView {
  static override properties = { body: { state: true } };
  declare body: Body | null;

  constructor() {
    super();
    this.body = null;
  }

  protected async load(): Promise<void> {
    this.body = await api<Body>('GET', '/api/body');
  }

  protected override render(): TemplateResult {
    const { body } = this;
    if (body === null) return html`<h1 tabindex="-1">Ente</h1>${this.waiting()}`;
    const cost = (text: string | undefined) => (text ? Number(text.replace(',', '.')) : null);
    const submit = (event: SubmitEvent) =>
      this.save(event, 'Salvato: i cittadini lo leggono da subito.', ({ name, welcome, month, phone, counter }) =>
        api('PUT', '/api/body', { name, welcome, costs: { month: cost(month), phone: cost(phone), counter: cost(counter) } }),
      );
    const euro = (name: keyof Body['costs'], title: string) =>
      html`<label>${title}<input name=${name} inputmode="decimal" pattern="\\d+([.,]\\d\\d?)?" .value=${body.costs[name] === null ? '' : String(body.costs[name])}></label>`;
    return html`<h1 tabindex="-1">Ente</h1><p>I cittadini leggono: <strong>${body.shownName}</strong></p>
      <form class="card" @submit=${submit}><label>Nome dell’ente (vuoto = come impostato sul server)<input name="name" maxlength="120" .value=${body.name}></label>
        <label>Riga di benvenuto prima del saluto (facoltativa)<input name="welcome" maxlength="300" .value=${body.welcome}></label>
        <fieldset><legend>Costi, in euro (facoltativi, per il confronto in Andamento)</legend><div class="week">${euro('month', 'Il servizio, al mese')}${euro('phone', 'Un contatto al telefono')}${euro('counter', 'Un contatto allo sportello')}</div></fieldset>
        <button class="primary">Salva</button></form>`;
  }
}
customElements.define('settings-body', BodyView);
