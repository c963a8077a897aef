/** Every version of a page: what changed, and the way back. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { diffOf, versionLine } from './page-parts.ts';
import type { Version } from './types.ts';
import { EditorView } from './view.ts';

type Line = { kind: 'same' | 'added' | 'removed'; text: string };

class HistoryView extends EditorView {
  static override properties = {
    path: { attribute: false },
    page: { attribute: false },
    stamp: { attribute: false },
    writes: { type: Boolean },
    versions: { state: true },
    diff: { state: true },
    sure: { state: true },
  };
  declare path: string;
  declare page: string;
  declare stamp: number;
  declare writes: boolean;
  declare versions: Version[];
  declare diff: { version: number; lines: Line[] } | null;
  /** Version that is about to come back, until it is said a second time. */
  declare sure: number;

  constructor() {
    super();
    this.versions = [];
    this.diff = null;
    this.sure = 0;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('path') || changed.has('stamp')) void this.load();
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.versions = (await api<{ versions: Version[] }>('GET', `${this.path}/versions`)).versions;
    });
  }

  private async compare(from: number, to: number): Promise<void> {
    await this.attempt(async () => {
      this.diff = { version: to, lines: (await api<{ lines: Line[] }>('GET', `${this.path}/diff?from=${from}&to=${to}`)).lines };
    });
  }

  private async restore(version: number): Promise<void> {
    // One click: what is taken back comes back the same way. Only a draft would be lost for good.
    if (this.sure !== version && this.versions.some((one) => one.status === 'draft')) {
      this.sure = version;
      return;
    }
    this.sure = 0;
    await this.attempt(async () => {
      await api('POST', `${this.path}/restore`, { version });
      this.say(`La versione ${version} è di nuovo in vigore.`);
      this.dispatchEvent(new CustomEvent('restored', { bubbles: true }));
    });
  }

  private async withdraw(): Promise<void> {
    if (this.sure !== -1) {
      this.sure = -1;
      return;
    }
    this.sure = 0;
    await this.attempt(async () => {
      await api('POST', `${this.path}/withdraw`, {});
      this.say('Pagina ritirata: non risponde più. Le risposte già date la aprono ancora.');
      this.dispatchEvent(new CustomEvent('restored', { bubbles: true }));
    });
  }

  private row(version: Version, before: Version | undefined): TemplateResult {
    const { version: number, status } = version;
    return html`<li>${versionLine(version)}<p class="acts">
      ${status === 'draft' ? nothing : html`<a href="/sources/${encodeURIComponent(this.page)}/${number}" target="_blank" rel="noopener">Apri<span class="visually-hidden"> la versione ${number} in un’altra scheda</span></a>`}
      ${before ? html`<button @click=${() => this.compare(before.version, number)}>Che cosa cambia<span class="visually-hidden"> nella versione ${number}</span></button>` : nothing}
      ${
        this.writes && (status === 'superseded' || status === 'withdrawn')
          ? html`<button @click=${() => this.restore(number)}>${this.sure === number ? 'Sì, rimetti in vigore e butta la bozza' : 'Rimetti in vigore'}<span class="visually-hidden"> la versione ${number}</span></button>`
          : nothing
      }
      ${this.writes && status === 'published' ? html`<button @click=${this.withdraw}>${this.sure === -1 ? 'Sì, ritira la pagina' : 'Ritira'}</button>` : nothing}</p>
      ${this.diff?.version === number ? diffOf(this.diff.lines) : nothing}</li>`;
  }

  protected override render(): TemplateResult {
    return html`<section class="history"><h2>Storia</h2><ul class="plain versions">${this.versions.map((version, i) => this.row(version, this.versions[i + 1]))}</ul></section>`;
  }
}
customElements.define('editor-history', HistoryView);
