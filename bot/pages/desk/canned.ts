/** The replies that editors keep ready: found by a few letters, put into the answer with Enter, cited like any other. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import type { Suggestion } from './types.ts';

interface Ready {
  id: string;
  question: string;
  phrasings: string[];
  lang: string;
  office: string;
  text: string;
  source: { title: string; updatedOn: string; validUntil: string | null };
}

const SHOWN = 8;
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const dated = (iso: string): string => new Date(`${iso.slice(0, 10)}T12:00:00`).toLocaleDateString('it-IT');

/** Fires `chosen` with the Suggestion, and `left`. */
class DeskCanned extends LitElement {
  static override properties = { handoff: {}, all: { state: true }, wanted: { state: true }, problem: { state: true } };
  declare handoff: string;
  declare all: Ready[] | null;
  declare wanted: string;
  declare problem: string;

  constructor() {
    super();
    this.handoff = '';
    this.all = null;
    this.wanted = '';
    this.problem = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.attempt(async () => {
      this.all = (await api<{ answers: Ready[] }>('GET', '/api/desk/canned')).answers;
    });
    void this.updateComplete.then(() => this.querySelector('input')?.focus());
  }

  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.problem = '';
    } catch (problem) {
      this.problem = problem instanceof Error ? problem.message : String(problem);
    }
  }

  private found(): Ready[] {
    const words = plain(this.wanted).split(/\s+/).filter(Boolean);
    return (this.all ?? [])
      .filter(({ question, phrasings, text }) => {
        const said = plain([question, ...phrasings, text].join(' '));
        return words.every((word) => said.includes(word));
      })
      .slice(0, SHOWN);
  }

  private choose({ id }: Ready): void {
    void this.attempt(async () => {
      const detail = await api<Suggestion>('POST', `/api/handoffs/${this.handoff}/canned`, { answer: id });
      this.dispatchEvent(new CustomEvent('chosen', { detail }));
    });
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    const all = [...this.querySelectorAll<HTMLElement>('input, li button')];
    const at = all.indexOf(event.target as HTMLElement);
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step) {
      event.preventDefault();
      all[Math.min(all.length - 1, Math.max(0, at + step))]?.focus();
    }
    if (event.key === 'Escape') this.dispatchEvent(new CustomEvent('left'));
    const [first] = this.found();
    if (event.key === 'Enter' && at === 0 && first) {
      event.preventDefault();
      this.choose(first);
    }
  }

  protected override render(): TemplateResult {
    const found = this.found();
    return html`<section class="suggestion canned" aria-label="Risposte pronte" @keydown=${this.key}>
      <label>Cerca tra le risposte pronte<input type="search" autocomplete="off" .value=${this.wanted} @input=${(event: Event) => (this.wanted = (event.target as HTMLInputElement).value)}></label>
      <p class="problem" role="alert" ?hidden=${!this.problem}>${this.problem}</p>
      <p class="quiet" role="status">${this.all === null ? 'Un momento…' : found.length === 0 ? 'Nessuna risposta pronta: le scrive la redazione, ciascuna con la pagina che la sostiene.' : `${found.length} ${found.length === 1 ? 'risposta' : 'risposte'}. Invio mette la prima nel testo, le frecce scelgono.`}</p>
      <ul>${found.map((one) => html`<li><button type="button" @click=${() => this.choose(one)}><strong>${one.question}</strong>${one.text}<span class="quiet">${one.source.title}, aggiornata il ${dated(one.source.updatedOn)}${one.source.validUntil ? html`, vale fino al ${dated(one.source.validUntil)}` : nothing}${one.lang === 'it' ? nothing : ` · ${one.lang}`}</span></button></li>`)}</ul>
      <button type="button" class="plain" @click=${() => this.dispatchEvent(new CustomEvent('left'))}>Chiudi</button></section>`;
  }
}
customElements.define('desk-canned', DeskCanned);
