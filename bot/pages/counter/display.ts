/** The waiting room's screen: the one called last in large, those before, and how many wait. It asks again by itself and says when it is out of touch. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';

const ASKED_EVERY_MS = 3_000;

interface Now {
  called: { label: string; counter: string; calledAt: string }[];
  waiting: { line: string; waiting: number }[];
}

class CounterDisplay extends LitElement {
  static override properties = { now: { state: true }, away: { state: true }, clock: { state: true } };
  declare now: Now | null;
  declare away: boolean;
  declare clock: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.now = null;
    this.away = false;
    this.clock = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  override disconnectedCallback(): void {
    clearTimeout(this.timer);
    super.disconnectedCallback();
  }

  private async look(): Promise<void> {
    try {
      const answer = await fetch('/api/counter/now');
      if (!answer.ok) throw new Error(String(answer.status));
      this.now = (await answer.json()) as Now;
      this.away = false;
    } catch {
      this.away = true;
    }
    this.clock = new Date().toLocaleTimeString('it-IT', { hour: '2-digit', minute: '2-digit' });
    this.timer = setTimeout(() => void this.look(), ASKED_EVERY_MS);
  }

  protected override render(): TemplateResult {
    const [first, ...before] = this.now?.called ?? [];
    return html`<header><h1>Numeri chiamati</h1><p class="clock">${this.clock}</p></header>
      ${this.away ? html`<p class="away" role="alert">Lo schermo non è aggiornato: chiedi a un addetto.</p>` : nothing}
      <main>
        <section class="called" aria-live="assertive" aria-atomic="true">${
          first
            ? html`<p class="number">${first.label}</p><p class="where">${first.counter}</p>`
            : html`<p class="where">${this.now ? 'Oggi non è ancora stato chiamato nessuno.' : 'Un momento…'}</p>`
        }</section>
        ${before.length > 0 ? html`<section><h2>Chiamati prima</h2><ul class="before">${before.map(({ label, counter }) => html`<li><b>${label}</b> <span>${counter}</span></li>`)}</ul></section>` : nothing}
        ${
          this.now && this.now.waiting.length > 0
            ? html`<section><h2>In attesa</h2><ul class="waiting">${this.now.waiting.map(({ line, waiting }) => html`<li><span>${line}</span> <b>${waiting}</b></li>`)}</ul></section>`
            : nothing
        }
      </main>`;
  }
}
customElements.define('counter-display', CounterDisplay);
