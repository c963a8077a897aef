/** An appointment put before the citizen from the desk: a service, a time that is really free, and what is known; the citizen confirms in the chat. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { dayInWords } from './types.ts';

interface Service {
  id: string;
  name: string;
  office: string;
  places: { id: string; name: string }[];
}
interface Free {
  start: string;
  place: string;
  placeName: string;
}

const FORMS = { book: 'un appuntamento nuovo', move: 'di spostarlo', cancel: 'di disdirlo' } as const;
type What = keyof typeof FORMS;

const dayOf = (start: string): string => start.slice(0, 10);

/** Fires `proposed` once the citizen has it. */
class DeskBooking extends LitElement {
  static override properties = {
    handoff: {},
    contact: {},
    what: { state: true },
    services: { state: true },
    free: { state: true },
    day: { state: true },
    problem: { state: true },
    busy: { state: true },
  };
  declare handoff: string;
  declare contact: string | null;
  declare what: What;
  declare services: Service[];
  declare free: Free[] | null;
  declare day: string;
  declare problem: string;
  declare busy: boolean;
  /** The service whose times were asked for last. */
  private asked = '';

  constructor() {
    super();
    this.handoff = '';
    this.contact = null;
    this.what = 'book';
    this.services = [];
    this.free = null;
    this.day = '';
    this.problem = '';
    this.busy = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
      this.problem = '';
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    }
    this.busy = false;
  }

  private opened(event: Event): void {
    if ((event.target as HTMLDetailsElement).open && this.services.length === 0)
      void this.attempt(async () => {
        this.services = (await api<{ services: Service[] }>('GET', '/api/desk/services')).services;
      });
  }

  private choose(service: string): void {
    this.free = null;
    this.day = '';
    this.asked = service;
    if (service)
      void this.attempt(async () => {
        const { slots } = await api<{ slots: Free[] }>('GET', `/api/desk/slots?service=${encodeURIComponent(service)}`);
        if (this.asked !== service) return;
        this.free = slots;
        this.day = dayOf(this.free[0]?.start ?? '');
      });
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const data = new FormData(form);
    const said = (name: string) => String(data.get(name) ?? '').trim();
    const [start = '', place = ''] = said('start').split(' ');
    const reached = said('contact');
    const facts = {
      ...(said('name') ? { name: said('name') } : {}),
      ...(said('fiscalCode') ? { fiscalCode: said('fiscalCode') } : {}),
      ...(reached ? (reached.includes('@') ? { email: reached } : { phone: reached }) : {}),
    };
    const known = { code: said('code'), ...(said('fact') ? { fact: said('fact') } : {}) };
    const body =
      this.what === 'book'
        ? { what: 'book', service: said('service'), place, start, ...facts }
        : this.what === 'move'
          ? { what: 'move', ...known, start }
          : { what: 'cancel', ...known };
    void this.attempt(async () => {
      await api('POST', `/api/handoffs/${this.handoff}/propose`, body);
      form.reset();
      this.free = null;
      this.querySelector('details')?.removeAttribute('open');
      this.dispatchEvent(new CustomEvent('proposed', { bubbles: true }));
    });
  }

  protected override render(): TemplateResult {
    return html`<details @toggle=${this.opened}><summary>Appuntamento per il cittadino</summary>
      <form @submit=${this.submit}>
        <p class="quiet">Il cittadino rilegge tutto e conferma in chat: prima non succede niente.</p>
        <p class="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
        <label>Propongo<select name="what" @change=${(event: Event) => (this.what = (event.target as HTMLSelectElement).value as What)}>
          ${Object.entries(FORMS).map(([value, title]) => html`<option value=${value} ?selected=${this.what === value}>${title}</option>`)}</select></label>
        ${this.what === 'book' ? nothing : html`<label>Codice dell’appuntamento<input name="code" required maxlength="10" autocomplete="off"></label><label>Codice fiscale, telefono o e-mail dati allora<input name="fact" maxlength="120" autocomplete="off"></label>`}
        ${this.what === 'cancel' ? nothing : this.times()}
        ${
          this.what === 'book'
            ? html`<label>Nome e cognome<input name="name" minlength="3" maxlength="80" autocomplete="off"></label>
        <label>Codice fiscale<input name="fiscalCode" maxlength="16" autocomplete="off"></label>
        <label>Telefono o e-mail<input name="contact" maxlength="200" autocomplete="off" .value=${this.contact ?? ''}></label>
        <p class="quiet">Quello che lasci vuoto lo chiede il modulo in chat.</p>`
            : nothing
        }
        <button ?disabled=${this.busy}>Proponi al cittadino</button>
      </form></details>`;
  }

  private times(): TemplateResult {
    const days = [...new Set((this.free ?? []).map(({ start }) => dayOf(start)))];
    const free = (this.free ?? []).filter(({ start }) => dayOf(start) === this.day);
    const places = new Set((this.free ?? []).map(({ place }) => place)).size;
    return html`<label>Servizio<select name="service" required @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}><option value="">Scegli…</option>
        ${this.services.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}</select></label>
      ${
        this.free === null
          ? nothing
          : days.length === 0
            ? html`<p>Nelle prossime quattro settimane non c’è posto.</p>`
            : html`<label>Giorno<select name="day" @change=${(event: Event) => (this.day = (event.target as HTMLSelectElement).value)}>${days.map((day) => html`<option value=${day} ?selected=${day === this.day}>${dayInWords(day)}</option>`)}</select></label>
        <label>Ora<select name="start" required>${free.map(({ start, place, placeName }) => html`<option value=${`${start} ${place}`}>${start.slice(11, 16)}${places > 1 ? ` · ${placeName}` : ''}</option>`)}</select></label>`
      }`;
  }
}
customElements.define('desk-booking', DeskBooking);
