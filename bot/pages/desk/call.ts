/** A call-back at the desk: who to call and when; taken, made, nobody there, another time. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { callTime, OUTCOMES, type Packet } from './types.ts';

/** Fires `called` once something has changed. */
class DeskCall extends LitElement {
  static override properties = { packet: {}, mine: { type: Boolean }, times: { state: true }, problem: { state: true } };
  declare packet: Packet;
  declare mine: boolean;
  declare times: { start: string }[] | null;
  declare problem: string;

  constructor() {
    super();
    this.mine = false;
    this.times = null;
    this.problem = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  private async report(body: object): Promise<void> {
    try {
      await api('POST', `/api/handoffs/${this.packet.id}/call`, body);
      this.problem = '';
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    }
    this.times = null;
    this.dispatchEvent(new CustomEvent('called'));
  }

  private async load(event: Event): Promise<void> {
    if (!(event.target as HTMLDetailsElement).open || this.times) return;
    const { times } = await api<{ times: { start: string }[] }>('GET', `/api/handoffs/${this.packet.id}/call-times`);
    this.times = times;
  }

  private submit(event: SubmitEvent, result: string): void {
    event.preventDefault();
    void this.report({ result, ...Object.fromEntries(new FormData(event.target as HTMLFormElement)) });
  }

  protected override render(): TemplateResult | typeof nothing {
    const { callBack, agent, request } = this.packet;
    if (!callBack) return nothing;
    const tried =
      callBack.tries > 0 ? ` · ${callBack.tries === 1 ? 'già chiamato una volta' : `già chiamato ${callBack.tries} volte`}` : '';
    return html`<section class="suggestion call" aria-label="Richiamata"><p class="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
      <p><strong>Richiamare ${callTime(callBack.start)}</strong><span class="quiet">${tried}</span><br>${request.name ?? ''} <a href="tel:${callBack.phone}">${callBack.phone}</a></p>
      ${
        this.mine
          ? html`<form class="row" @submit=${(event: SubmitEvent) => this.submit(event, 'made')}><label>Esito<select name="outcome">${Object.entries(
              OUTCOMES,
            )
              .filter(([value]) => value !== 'returned')
              .map(([value, title]) => html`<option value=${value}>${title}</option>`)}</select></label>
        <button class="primary">Chiamata fatta</button><button type="button" @click=${() => this.report({ result: 'missed' })}>Non risponde</button></form>
        <details @toggle=${this.load}><summary>Sposta</summary>${
          this.times === null
            ? html`<p aria-busy="true">Un momento…</p>`
            : this.times.length === 0
              ? html`<p>Nessun orario libero nei prossimi giorni.</p>`
              : html`<form class="row" @submit=${(event: SubmitEvent) => this.submit(event, 'moved')}><label>Nuovo orario<select name="start" required>${this.times.map(({ start }) => html`<option value=${start}>${callTime(start)}</option>`)}</select></label><button>Sposta la richiamata</button></form>`
        }</details>`
          : html`<div class="row"><button class="primary" @click=${() => this.report({ result: 'taken' })}>Prendi la chiamata</button>${agent ? html`<span class="quiet">presa da ${agent.name}</span>` : nothing}</div>`
      }</section>`;
  }
}
customElements.define('desk-call', DeskCall);
