/** Messages that failed for good, each with its reason and a way to try again; one that is being tried again stays until it has arrived. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { CHANNELS } from './types.ts';

interface Letter {
  box: 'inbox' | 'outbox';
  id: number;
  channel: string;
  attempts: number;
  error: string | null;
  reason: string;
  createdAt: string;
  state: 'dead' | 'retrying';
  retriedAt: string | null;
}

const LOOK_MS = 30_000;
/** While something is on its way. */
const LOOK_SOON_MS = 2_000;
const KINDS = { inbox: 'Messaggio senza risposta', outbox: 'Risposta non consegnata' };
const when = (iso: string): string =>
  new Date(iso).toLocaleString('it-IT', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const keyOf = ({ box, id }: Letter): string => `${box}/${id}`;

class DeskUndelivered extends LitElement {
  static override properties = { letters: { state: true }, problem: { state: true }, told: { state: true } };
  declare letters: Letter[];
  declare problem: string;
  declare told: string;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.letters = [];
    this.problem = '';
    this.told = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const { deadLetters } = await api<{ deadLetters: Letter[] }>('GET', '/api/dead-letters');
      const arrived = this.letters.filter((one) => one.state === 'retrying' && !deadLetters.some((now) => keyOf(now) === keyOf(one)));
      const failed = deadLetters.filter(
        (now) => now.state === 'dead' && this.letters.some((one) => one.state === 'retrying' && keyOf(now) === keyOf(one)),
      );
      if (arrived.length > 0)
        this.told = arrived.length === 1 ? 'Fatto: il messaggio è partito.' : `Fatto: ${arrived.length} messaggi sono partiti.`;
      if (failed.length > 0) this.told = 'Non è andata: il motivo è accanto al messaggio.';
      this.letters = deadLetters;
      this.problem = '';
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    }
    if (this.isConnected)
      this.timer = setTimeout(() => void this.look(), this.letters.some(({ state }) => state === 'retrying') ? LOOK_SOON_MS : LOOK_MS);
  }

  private async retry(letter: Letter): Promise<void> {
    this.told = 'Riprovo…';
    const refused = await api('POST', `/api/dead-letters/${keyOf(letter)}/retry`, {}).then(
      () => '',
      (problem: unknown) => (problem instanceof Error ? problem.message : String(problem)),
    );
    await this.look();
    if (refused) {
      this.told = '';
      this.problem = refused;
    }
    // The button that was pressed is gone.
    this.querySelector<HTMLElement>('summary')?.focus();
  }

  private one(letter: Letter): TemplateResult {
    const channel = CHANNELS[letter.channel] ?? letter.channel;
    const label = `Riprova: ${KINDS[letter.box]}, ${channel}, ${when(letter.createdAt)}`;
    return html`<article aria-label=${KINDS[letter.box]}><strong>${KINDS[letter.box]}</strong><br><span class="quiet">${channel}, ${when(letter.createdAt)}</span><br>${letter.reason}
      ${letter.error ? html`<br><span class="quiet" lang="en">${letter.error}</span>` : nothing}
      ${letter.state === 'retrying' ? html`<br><span class="tag">in corso</span>` : html`<button aria-label=${label} @click=${() => this.retry(letter)}>Riprova</button>${letter.retriedAt ? html` <span class="quiet">già riprovato il ${when(letter.retriedAt)}</span>` : nothing}`}</article>`;
  }

  protected override render(): TemplateResult {
    const { letters, problem, told } = this;
    const shown = letters.length > 0 || problem;
    return html`<p class="visually-hidden" role="status">${told}</p>${
      shown
        ? html`<details class="dead-letters"><summary>Non consegnati (${letters.length})</summary>
      <p class="problem" role="alert" ?hidden=${!problem}>${problem}</p>
      ${letters.map((letter) => this.one(letter))}</details>`
        : nothing
    }`;
  }
}
customElements.define('desk-undelivered', DeskUndelivered);
