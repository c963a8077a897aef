/** The hours in which the office writes unasked, and how much at a time. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { SettingsView } from '../settings/view.ts';
import type { Hours } from './types.ts';

class HoursView extends SettingsView {
  static override properties = { writes: { type: Boolean }, hours: { state: true } };
  declare writes: boolean;
  declare hours: Hours | null;

  constructor() {
    super();
    this.writes = false;
    this.hours = null;
  }

  protected async load(): Promise<void> {
    this.hours = (await api<{ hours: Hours }>('GET', '/api/notices')).hours;
  }

  protected override render(): TemplateResult {
    const { hours } = this;
    if (hours === null) return html`<h1 tabindex="-1">Quando si scrive</h1>${this.waiting()}`;
    const submit = (event: SubmitEvent) =>
      this.save(event, 'Salvato: vale da subito.', ({ from, to, perChannel }) =>
        api('PUT', '/api/notices/hours', { from, to, perChannel: Number(perChannel) }),
      );
    return html`<h1 tabindex="-1">Quando si scrive</h1>
      <p>Promemoria, novità delle pratiche, notizie e posti liberi partono solo fra queste ore. Fanno eccezione la chiamata allo sportello e le emergenze.</p>
      <p>Ora: dalle <strong>${hours.from}</strong> alle <strong>${hours.to}</strong>, al più <strong>${hours.perChannel}</strong> messaggi per canale ogni venti secondi.</p>
      ${
        this.writes
          ? html`<form class="card" @submit=${submit}><div class="two"><label>Dalle<input type="time" name="from" required .value=${hours.from}></label><label>Alle<input type="time" name="to" required .value=${hours.to}></label>
        <label>Messaggi per canale, ogni venti secondi<input type="number" name="perChannel" min="1" max="500" required .value=${String(hours.perChannel)}></label></div><button class="primary">Salva</button></form>`
          : nothing
      }`;
  }
}
customElements.define('notices-hours', HoursView);
