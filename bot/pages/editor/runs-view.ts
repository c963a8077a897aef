/** All test questions at once, and how it went the times before. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { momentInWords } from './types.ts';
import { EditorView } from './view.ts';

interface Run {
  id: string;
  startedAt: string;
  by: string;
  total: number;
  failed: { testId: string; documentId: string; title: string; question: string; wrong: string }[];
  ms: number;
  newlyFailed: string[];
  mended: string[];
}

class RunsView extends EditorView {
  static override properties = { writes: { type: Boolean }, runs: { state: true }, going: { state: true } };
  declare writes: boolean;
  declare runs: Run[] | null;
  declare going: boolean;

  constructor() {
    super();
    this.runs = null;
    this.going = false;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load();
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.runs = (await api<{ runs: Run[] }>('GET', '/api/tests/runs')).runs;
    });
  }

  private async runAll(): Promise<void> {
    this.going = true;
    await this.attempt(async () => {
      const { total, failed } = await api<Run>('POST', '/api/tests/run');
      this.say(total === 0 ? 'Non c’è ancora nessuna domanda di prova.' : `${total - failed.length} domande su ${total} passano.`);
    });
    this.going = false;
    await this.load();
  }

  private row({ startedAt, by, total, failed, ms, newlyFailed, mended }: Run, i: number): TemplateResult {
    return html`<li class="card"><h2>${momentInWords(startedAt)}</h2>
      <p><span class="tag" data-state=${failed.length > 0 ? 'expired' : 'published'}>${total - failed.length} su ${total} passano</span>
      ${newlyFailed.length > 0 ? html`<span class="tag" data-state="expired">${newlyFailed.length} prima passavano</span>` : nothing}
      ${mended.length > 0 ? html`<span class="tag">${mended.length === 1 ? '1 aggiustata' : `${mended.length} aggiustate`}</span>` : nothing}
      <span class="quiet">${by} · ${(ms / 1000).toLocaleString('it-IT', { maximumFractionDigits: 1 })} s</span></p>
      ${
        failed.length > 0
          ? html`<details ?open=${i === 0}><summary>Quelle che non passano</summary><ul class="plain">${failed.map(
              ({ testId, documentId, title, question, wrong }) =>
                html`<li><a href="#pagina/${encodeURIComponent(documentId)}">${title}</a>: «${question}» ${newlyFailed.includes(testId) ? html`<strong>(prima passava)</strong> ` : nothing}<span class="quiet">${wrong}</span></li>`,
            )}</ul></details>`
          : nothing
      }</li>`;
  }

  protected override render(): TemplateResult {
    const { runs } = this;
    return html`<h1 tabindex="-1">Prove</h1><p>Ogni pagina può portare domande di prova. Qui si provano tutte insieme, come risponderebbero adesso ai cittadini.</p>
      ${this.writes ? html`<p class="acts"><button class="primary" @click=${this.runAll} ?disabled=${this.going}>Prova tutto</button><span role="status">${this.going ? 'Le sto provando…' : ''}</span></p>` : nothing}
      ${
        runs === null
          ? this.waiting()
          : runs.length === 0
            ? html`<p class="empty">Nessuna prova finora.</p>`
            : html`<ul class="cards">${runs.map((run, i) => this.row(run, i))}</ul>`
      }`;
  }
}
customElements.define('editor-runs', RunsView);
