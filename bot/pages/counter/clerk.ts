/** A clerk at a counter: which lines, which counter, the next one please. The choice is remembered in this browser. */
import { html, nothing, type TemplateResult } from 'lit';
import { newId } from '../shared/new-id.ts';
import { api, type Me } from '../shared/staff-api.ts';
import { StaffShell } from '../shared/staff-shell.ts';

const ASKED_EVERY_MS = 5_000;
const KEPT = 'sportello-counter';

interface Line {
  id: string;
  name: string;
  open: boolean;
  serving: string | null;
  waiting: number;
  arrived: { label: string; startAt: string }[];
}
interface Called {
  id: string;
  label: string;
  counter: string;
}

class CounterClerk extends StaffShell {
  static override properties = {
    ...StaffShell.properties,
    lines: { state: true },
    chosen: { state: true },
    counter: { state: true },
    called: { state: true },
    said: { state: true },
    busy: { state: true },
  };
  protected readonly roles: Me['role'][] = ['agent', 'supervisor', 'administrator'];
  declare lines: Line[];
  declare chosen: string[];
  declare counter: string;
  declare called: Called | null;
  declare said: string;
  declare busy: boolean;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Of a call whose answer has not come: pressed again, it calls nobody else. */
  private call = '';

  constructor() {
    super();
    this.lines = [];
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? '{}') as { chosen?: string[]; counter?: string };
    this.chosen = kept.chosen ?? [];
    this.counter = kept.counter ?? '';
    this.called = null;
    this.said = '';
    this.busy = false;
  }

  protected override entered(): void {
    clearTimeout(this.timer);
    void this.refresh();
  }

  private async refresh(): Promise<void> {
    // A notice about a call that went wrong is not to be wiped away by a look that went well.
    const before = this.problem;
    const well = await this.attempt(async () => {
      this.lines = (await api<{ lines: Line[] }>('GET', '/api/counter/lines')).lines;
    });
    if (well && before) this.problem = before;
    // Two looks at once, one of them after a call, go on as one.
    clearTimeout(this.timer);
    if (this.me) this.timer = setTimeout(() => void this.refresh(), ASKED_EVERY_MS);
  }

  private keep(): void {
    localStorage.setItem(KEPT, JSON.stringify({ chosen: this.chosen, counter: this.counter }));
  }

  private choose(id: string, on: boolean): void {
    this.chosen = on ? [...this.chosen, id] : this.chosen.filter((one) => one !== id);
    this.keep();
  }

  private async next(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const lines = this.chosen.filter((id) => this.lines.some((line) => line.id === id));
    if (lines.length === 0) {
      this.problem = 'Scegli almeno una fila.';
      return;
    }
    this.busy = true;
    this.call ||= newId();
    await this.attempt(async () => {
      const wanted = { lines, counter: this.counter, key: this.call };
      const { called } = await api<{ called: Called | null }>('POST', '/api/counter/next', wanted);
      this.call = '';
      if (called) this.called = called;
      this.said = called ? `Chiamato ${called.label} a ${called.counter}.` : 'Non aspetta nessuno.';
    });
    this.busy = false;
    clearTimeout(this.timer);
    void this.refresh();
  }

  private async again(id: string): Promise<void> {
    await this.attempt(async () => {
      const { called } = await api<{ called: Called }>('POST', '/api/counter/again', { id });
      this.said = `Richiamato ${called.label}.`;
    });
  }

  protected content(): TemplateResult {
    const { called } = this;
    return html`<main class="clerk"><h1>Sportelli</h1>
      <form @submit=${this.next}>
        <label for="counter">Il tuo sportello, come lo leggono in sala</label>
        <input id="counter" required maxlength="80" placeholder="Sportello 2, piano terra" .value=${this.counter} @input=${(
          event: Event,
        ) => {
          this.counter = (event.target as HTMLInputElement).value;
          this.keep();
        }}>
        <fieldset><legend>Le file che servi</legend>${this.lines.map((line) => this.line(line))}${this.lines.length === 0 ? html`<p>Non ci sono file per il tuo ufficio.</p>` : nothing}</fieldset>
        <button class="primary" ?disabled=${this.busy}>Chiama il prossimo</button>
      </form>
      <p role="status" class="said">${this.said}</p>
      ${called ? html`<section class="now"><h2>Allo sportello</h2><p class="number">${called.label}</p><button @click=${() => void this.again(called.id)}>Richiama ${called.label}</button></section>` : nothing}
    </main>`;
  }

  private line({ id, name, open, serving, waiting, arrived }: Line): TemplateResult {
    const there = arrived.map(
      ({ label, startAt }) =>
        `${label} (${new Date(startAt).toLocaleTimeString('it-IT', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Rome' })})`,
    );
    return html`<label class="line"><input type="checkbox" .checked=${this.chosen.includes(id)} @change=${(event: Event) => this.choose(id, (event.target as HTMLInputElement).checked)}>
      <span><b>${name}</b>${open ? nothing : html` <span class="tag">chiusa</span>`}<br><span class="quiet">${waiting === 1 ? 'una persona in attesa' : `${waiting} persone in attesa`}${serving ? `, ultimo chiamato ${serving}` : ''}${there.length > 0 ? html`<br>Con appuntamento, già qui: ${there.join(', ')}` : nothing}</span></span></label>`;
  }
}
customElements.define('counter-clerk', CounterClerk);
