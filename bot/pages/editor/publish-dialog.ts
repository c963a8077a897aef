/** The last step: what the checks found, and publication, at once or on a day to come. What fails is named; going on needs a reason. */
import { html, nothing, type TemplateResult } from 'lit';
import { ApiProblem, api } from '../shared/staff-api.ts';
import { failedOf } from './page-parts.ts';
import type { Failed, Gate } from './types.ts';
import { EditorView, refusedBody } from './view.ts';

export class PublishDialog extends EditorView {
  static override properties = {
    path: { attribute: false },
    failed: { state: true },
    gate: { state: true },
    busy: { state: true },
    wrong: { state: true },
  };
  declare path: string;
  /** null = not asked yet. */
  declare failed: Failed[] | null;
  declare gate: Gate | null;
  declare busy: boolean;
  declare wrong: string;

  constructor() {
    super();
    this.failed = null;
    this.gate = null;
    this.busy = false;
    this.wrong = '';
  }

  async open(): Promise<void> {
    this.failed = null;
    this.gate = null;
    this.wrong = '';
    this.dialog?.showModal();
    await this.run(async () => {
      const report = await api<Gate & { failed: Failed[] }>('POST', `${this.path}/check`, {});
      this.failed = report.failed;
      this.gate = report;
    });
  }

  private get dialog(): HTMLDialogElement | null {
    return this.querySelector('dialog');
  }

  private async run(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
      this.wrong = '';
    } catch (problem) {
      const refused = refusedBody<{ failed?: Failed[] }>(problem, 422);
      if (refused?.failed) this.failed = refused.failed;
      this.wrong = problem instanceof ApiProblem ? problem.message : String(problem);
    }
    this.busy = false;
  }

  private async publish(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const reason = String(form.get('reason') ?? '').trim();
    const on = String(form.get('on') ?? '');
    await this.run(async () => {
      await api('POST', `${this.path}/publish`, { ...(on ? { on } : {}), ...(reason ? { override: { reason } } : {}) });
      this.dialog?.close();
      this.dispatchEvent(new CustomEvent('published', { bubbles: true }));
    });
  }

  private found(): TemplateResult {
    const { failed, gate } = this;
    if (!failed) return this.busy ? html`<p aria-busy="true">Provo le domande su questa bozza…</p>` : html``;
    const asked = gate
      ? `${gate.tests} domande di prova e ${gate.answered} domande degli ultimi 90 giorni, in ${(gate.ms / 1000).toLocaleString('it-IT', { maximumFractionDigits: 1 })} secondi${gate.left > 0 ? ` (${gate.left} non provate per mancanza di tempo)` : ''}`
      : '';
    return failed.length === 0
      ? html`<p class="fine">Tutti i controlli passano: ${asked}.</p>`
      : html`<p><strong>${failed.length === 1 ? 'Un controllo non passa' : `${failed.length} controlli non passano`}.</strong> ${asked}</p>${failedOf(failed)}`;
  }

  protected override render(): TemplateResult {
    const stopped = (this.failed?.length ?? 0) > 0;
    return html`<dialog aria-labelledby="publishing"><h2 id="publishing">Pubblica la pagina</h2>
      <p class="problem" role="alert" ?hidden=${!this.wrong}>${this.wrong}</p><div role="status">${this.found()}</div>
      <form @submit=${this.publish}><label>Da quando (vuoto = subito)<input name="on" type="date"></label>
      ${stopped ? html`<details><summary>Pubblica lo stesso</summary><label>Motivo, che resta scritto con il tuo nome<textarea name="reason" rows="2" minlength="5" maxlength="500" required></textarea></label><button ?disabled=${this.busy}>Pubblica lo stesso</button></details>` : nothing}
      <p class="acts">${stopped ? nothing : html`<button class="primary" ?disabled=${this.busy || !this.failed}>Pubblica</button>`}
      <button type="button" @click=${() => this.dialog?.close()}>${stopped ? 'Torna a scrivere' : 'Annulla'}</button></p></form></dialog>`;
  }
}
customElements.define('editor-publish', PublishDialog);
