/** The whole knowledge as a file: out of here, and into an empty instance. */
import { html, nothing, type TemplateResult } from 'lit';
import { sendFile } from './send-file.ts';
import { EditorView } from './view.ts';

class ArchiveView extends EditorView {
  static override properties = { brings: { type: Boolean }, sent: { state: true } };
  /** An administrator: may bring an archive in. */
  declare brings: boolean;
  /** Share of the file that has gone, 0–1; null = none is going. */
  declare sent: number | null;

  constructor() {
    super();
    this.sent = null;
  }

  private async bring(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const file = (event.target as HTMLFormElement).querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
    if (!file) return;
    this.sent = 0;
    await this.attempt(async () => {
      const { rows } = await sendFile<{ rows: Record<string, number> }>('/api/knowledge/import', file, (share) => {
        this.sent = share;
      });
      this.say(`Archivio importato: ${rows['document'] ?? 0} pagine rispondono da ora.`);
    });
    this.sent = null;
  }

  protected override render(): TemplateResult {
    return html`<h2>Archivio</h2><p>Tutta la conoscenza in un file: pagine con ogni versione, domande di prova, risposte pronte e lacune, anche come fogli CSV.</p>
      <p class="acts"><a href="/api/knowledge/export" download>Scarica l’archivio</a></p>
      ${
        this.brings
          ? html`<details class="new"><summary>Importa un archivio in un’istanza vuota</summary><form @submit=${this.bring}>
          <label>Archivio (zip)<input type="file" accept=".zip" required></label><button class="primary" ?disabled=${this.sent !== null}>Importa</button>
          ${this.sent === null ? nothing : html`<p role="status">${this.sent < 1 ? `${Math.round(this.sent * 100)} %` : 'Lo sto leggendo…'}</p>`}</form></details>`
          : nothing
      }`;
  }
}
customElements.define('editor-archive', ArchiveView);
