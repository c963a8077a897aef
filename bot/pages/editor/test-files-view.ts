/** Test questions as a file, out and in; what could not be taken is named by its line. */
import { html, nothing, type TemplateResult } from 'lit';
import { sendFile } from './send-file.ts';
import { EditorView } from './view.ts';

interface Taken {
  added: number;
  unchanged: number;
  wrong: { line: number; reason: string }[];
}

class TestFilesView extends EditorView {
  static override properties = { writes: { type: Boolean }, taken: { state: true }, going: { state: true } };
  declare writes: boolean;
  /** null = nothing was brought in yet. */
  declare taken: Taken | null;
  declare going: boolean;

  constructor() {
    super();
    this.taken = null;
    this.going = false;
  }

  private async bring(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const file = (event.target as HTMLFormElement).querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
    if (!file) return;
    this.going = true;
    this.taken = null;
    await this.attempt(async () => {
      this.taken = await sendFile<Taken>('/api/tests/import', file, () => {});
    });
    this.going = false;
  }

  private outcome({ added, unchanged, wrong }: Taken): TemplateResult {
    return html`<p><strong>${added === 1 ? 'Una domanda aggiunta' : `${added} domande aggiunte`}</strong>${unchanged > 0 ? html`, ${unchanged} c’erano già` : nothing}${wrong.length > 0 ? html`, ${wrong.length === 1 ? 'una riga da correggere' : `${wrong.length} righe da correggere`}:` : '.'}</p>
      ${wrong.length > 0 ? html`<ul class="failed">${wrong.map(({ line, reason }) => html`<li><strong>Riga ${line}</strong>: ${reason}</li>`)}</ul>` : nothing}`;
  }

  protected override render(): TemplateResult {
    return html`<h2>Domande di prova in un file</h2>
      <p class="acts"><a href="/api/tests/export?format=csv" download>Scarica come foglio (CSV)</a><a href="/api/tests/export?format=json" download>Scarica come JSON</a></p>
      ${
        this.writes
          ? html`<details class="new"><summary>Importa domande di prova</summary><form @submit=${this.bring}>
        <label>Foglio CSV con le colonne pagina, tipo, domanda, lingua, punto; oppure JSON<input type="file" accept=".csv,.json,.txt" required></label>
        <p class="quiet">La pagina è il suo codice o il titolo; il tipo è «deve rispondere» (anche vuoto) o «non deve rispondere». Una domanda che c’è già non si ripete.</p>
        <button class="primary" ?disabled=${this.going}>Importa</button></form>
        <div role="status">${this.going ? 'Le sto leggendo…' : this.taken ? this.outcome(this.taken) : nothing}</div></details>`
          : nothing
      }`;
  }
}
customElements.define('editor-test-files', TestFilesView);
