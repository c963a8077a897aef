/** When people answer at the desk, office by office, what is promised, and the days the body is closed. */
import { html, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { DAYS, readShifts, type Shifts, shiftsInWords, WEEK } from './hours-text.ts';
import { SettingsView } from './view.ts';

interface Closure {
  from: string;
  to: string;
  hours?: [string, string];
  reason?: string;
}
interface Hours {
  week: Shifts[];
  seasons?: { name: string; from: string; to: string; week: Shifts[] }[];
  patron?: string;
  holidays?: boolean;
  closures?: Closure[];
  firstReplyMinutes?: number;
  resolutionMinutes?: number;
  callMinutes?: number;
  callsAtOnce?: number;
}
interface Listed {
  office: string;
  hours: Hours;
  openNow: boolean;
  backAt: { when: string; why: string | null } | null;
}

const EMPTY: Hours = { week: DAYS.map(() => []) };

class HoursView extends SettingsView {
  static override properties = { writes: { type: Boolean }, hours: { state: true }, offices: { state: true }, booked: { state: true } };
  declare writes: boolean;
  declare hours: Listed[] | null;
  declare offices: string[];
  declare booked: Closure[];

  constructor() {
    super();
    this.hours = null;
    this.offices = [];
    this.booked = [];
  }

  /** Of the closures as they were read: another's change in between is not written over. */
  private version = '';

  protected async load(): Promise<void> {
    const read = await api<{ hours: Listed[]; offices: string[] }>('GET', '/api/hours');
    this.hours = read.hours;
    this.offices = read.offices;
    if (this.writes) {
      const { closures, version } = await api<{ closures: Closure[]; version: string }>('GET', '/api/bookings/closures');
      this.booked = closures;
      this.version = version;
    }
  }

  private put(office: string, hours: Hours | null): Promise<unknown> {
    return api('PUT', '/api/hours', { office, hours });
  }

  private fields(hours: Hours): TemplateResult {
    return html`<fieldset><legend>Settimana</legend><p class="quiet">Più turni separati da virgole: 08:30-12:30, 15:00-17:30. Vuoto = chiuso.</p><div class="week">${WEEK.map(
      (day) => html`<label>${DAYS[day]}<input name="day${day}" .value=${shiftsInWords(hours.week[day])}></label>`,
    )}</div></fieldset>
      <div class="week"><label>Santo patrono, mese e giorno<input name="patron" placeholder="10-09" pattern="\\d\\d-\\d\\d" .value=${hours.patron ?? ''}></label>
      <label>Prima risposta entro, minuti di apertura<input name="first" type="number" min="1" max="10000" required .value=${String(hours.firstReplyMinutes ?? 30)}></label>
      <label>Chiusura entro, minuti di apertura<input name="end" type="number" min="1" max="100000" required .value=${String(hours.resolutionMinutes ?? 480)}></label>
      <label>Richiamate, minuti ciascuna<input name="callMinutes" type="number" min="5" max="120" required .value=${String(hours.callMinutes ?? 15)}></label>
      <label>Richiamate nello stesso momento (0 = nessuna)<input name="callsAtOnce" type="number" min="0" max="50" required .value=${String(hours.callsAtOnce ?? 2)}></label></div>`;
  }

  private read(data: Record<string, string>, before: Hours): Hours {
    const { patron: _, ...kept } = before;
    return {
      ...kept,
      week: DAYS.map((_day, i) => readShifts(data[`day${i}`] ?? '')),
      ...(data['patron'] ? { patron: data['patron'] } : {}),
      firstReplyMinutes: Number(data['first']),
      resolutionMinutes: Number(data['end']),
      callMinutes: Number(data['callMinutes']),
      callsAtOnce: Number(data['callsAtOnce']),
    };
  }

  private closures(title: string, about: string, list: Closure[], put: (closures: Closure[]) => Promise<unknown>): TemplateResult {
    const add = (event: SubmitEvent) =>
      this.save(event, 'Chiusura aggiunta.', (data) =>
        put([...list, { from: data['from'] ?? '', to: data['to'] || (data['from'] ?? ''), reason: data['reason'] ?? '' }]),
      );
    const drop = (event: SubmitEvent, at: number) => this.save(event, 'Chiusura tolta.', () => put(list.filter((_one, i) => i !== at)));
    return html`<section class="card"><h3>${title}</h3><p class="quiet">${about}</p>${
      list.length === 0
        ? html`<p class="quiet">Nessuna.</p>`
        : html`<ul class="plain">${list.map(
            (one, i) =>
              html`<li><form class="line" @submit=${(event: SubmitEvent) => drop(event, i)}><span>${one.from === one.to ? one.from : `${one.from} – ${one.to}`}${one.hours ? `, ${one.hours[0]}-${one.hours[1]}` : ''}${one.reason ? ` · ${one.reason}` : ''}</span>${this.writes ? html`<button>Togli<span class="visually-hidden"> la chiusura dal ${one.from}</span></button>` : nothing}</form></li>`,
          )}</ul>`
    }${
      this.writes
        ? html`<form class="line" data-once @submit=${add}><label>Dal<input type="date" name="from" required></label><label>Al<input type="date" name="to"></label><label>Motivo<input name="reason" maxlength="120"></label><button>Aggiungi chiusura</button></form>`
        : nothing
    }</section>`;
  }

  private card({ office, hours, openNow, backAt }: Listed): TemplateResult {
    const name = office || 'Tutto l’ente';
    return html`<li class="card"><h2>${name}</h2><p><span class="tag">${openNow ? 'aperto ora' : 'chiuso ora'}</span> ${backAt ? html`Riapre ${backAt.when}${backAt.why ? ` (oggi: ${backAt.why})` : ''}.` : nothing}</p>
      <dl class="days">${WEEK.filter((day) => (hours.week[day] ?? []).length > 0).map((day) => html`<dt>${DAYS[day]}</dt><dd>${shiftsInWords(hours.week[day])}</dd>`)}
      ${(hours.seasons ?? []).map((season) => html`<dt>${season.name}</dt><dd>dal ${season.from} al ${season.to}</dd>`)}</dl>
      ${
        this.writes
          ? html`<details><summary>Modifica gli orari</summary><form @submit=${(event: SubmitEvent) => this.save(event, `Orari salvati: ${name}.`, (data) => this.put(office, this.read(data, hours)))}>${this.fields(hours)}<button>Salva</button></form>
        ${office ? html`<form @submit=${(event: SubmitEvent) => this.save(event, `${name} segue ora gli orari dell’ente.`, () => this.put(office, null))}><button>Torna agli orari dell’ente</button></form>` : nothing}</details>`
          : nothing
      }${this.closures('Chiusure straordinarie', 'Oltre alle festività nazionali, Pasqua compresa, che sono calcolate.', hours.closures ?? [], (closures) => this.put(office, { ...hours, closures }))}</li>`;
  }

  protected override render(): TemplateResult {
    const { hours } = this;
    if (hours === null) return html`<h1 tabindex="-1">Orari e chiusure</h1>${this.waiting()}`;
    const free = ['', ...this.offices].filter((name) => !hours.some(({ office }) => office === name));
    return html`<h1 tabindex="-1">Orari e chiusure</h1><p>Quando rispondono gli operatori. Fuori orario il cittadino legge quando torna qualcuno; i tempi promessi contano solo le ore di apertura.</p>
      <ul class="cards">${hours.map((one) => this.card(one))}</ul>
      ${
        this.writes && free.length > 0
          ? html`<form class="card" @submit=${(event: SubmitEvent) => this.save(event, 'Orari salvati.', (data) => this.put(data['office'] ?? '', this.read(data, EMPTY)))}><h2>Orari di un altro ufficio</h2>
        <label>Ufficio<select name="office">${free.map((name) => html`<option value=${name}>${name || 'Tutto l’ente'}</option>`)}</select></label>${this.fields(EMPTY)}<button class="primary">Salva</button></form>`
          : nothing
      }
      ${this.writes ? this.closures('Giorni senza appuntamenti', 'In questi giorni il calendario non offre posti; gli appuntamenti già presi restano.', this.booked, (closures) => api('PUT', '/api/bookings/closures', { closures, version: this.version })) : nothing}`;
  }
}
customElements.define('settings-hours', HoursView);
