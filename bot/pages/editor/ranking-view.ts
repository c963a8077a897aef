/** The ranking learnt from the collection's own questions: what the comparison says, and the click that adopts it. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { api } from '../shared/staff-api.ts';
import { momentInWords } from './types.ts';
import { EditorView } from './view.ts';

type Figures = Record<'first' | 'mrr10' | 'ndcg10', number>;
interface Verdict {
  questions: number;
  pages: number;
  untrained: Figures;
  trained: Figures;
  better: boolean;
  madeOn: string;
}
interface State {
  questions: number;
  pages: number;
  enough: boolean;
  training: boolean;
  proposal: Verdict | null;
  adopted: Verdict | null;
}

const ROWS: [key: keyof Figures, words: string][] = [
  ['first', 'Il passaggio giusto è il primo'],
  ['mrr10', 'Posto del primo passaggio giusto (MRR@10)'],
  ['ndcg10', 'Ordine dei primi dieci (nDCG@10)'],
];
const LOOK_AGAIN_MS = 3_000;
const share = (value: number) => value.toLocaleString('it-IT', { minimumFractionDigits: 3, maximumFractionDigits: 3 });

class RankingView extends EditorView {
  static override properties = { decides: { type: Boolean }, state: { state: true } };
  /** May train and adopt. */
  declare decides: boolean;
  declare state: State | null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.state = null;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async load(): Promise<void> {
    clearTimeout(this.timer);
    const done = await this.attempt(async () => {
      this.state = await api<State>('GET', '/api/ranking');
    });
    if (done && this.state?.training && this.isConnected) this.timer = setTimeout(() => void this.load(), LOOK_AGAIN_MS);
  }

  private async act(what: 'train' | 'adopt' | 'drop', words: string): Promise<void> {
    if (await this.attempt(async () => void (await api('POST', `/api/ranking/${what}`)))) this.say(words);
    await this.load();
  }

  private table(title: string, { questions, pages, untrained, trained, madeOn }: Verdict): TemplateResult {
    return html`<table class="figures"><caption>${title}: ${questions} domande di ${pages} pagine, ognuna giudicata da chi non aveva visto la sua pagina · ${momentInWords(madeOn)}</caption>
      <thead><tr><th scope="col">Da 0 a 1</th><th scope="col">Ordine di sempre</th><th scope="col">Ordine imparato</th></tr></thead>
      <tbody>${ROWS.map(([key, words]) => html`<tr><th scope="row">${words}</th><td>${share(untrained[key])}</td><td>${share(trained[key])}</td></tr>`)}</tbody></table>`;
  }

  protected override render(): TemplateResult {
    const { state } = this;
    if (!state) return html`<h2>Ordine imparato</h2>${this.waiting()}`;
    const { questions, pages, enough, training, proposal, adopted } = state;
    return html`<h2>Ordine imparato</h2>
      <p>Dalle domande di prova, dalle risposte pronte e da quelle giudicate utili l’assistente può imparare quale passaggio mettere per primo. Si usa solo se su domande mai viste fa meglio.</p>
      <p role="status">${training ? 'Sto confrontando: ci vuole qualche minuto…' : `Domande da cui imparare: ${questions}, su ${pages} ${pages === 1 ? 'pagina' : 'pagine'}${enough ? '' : ': ne servono almeno 60 su 10 pagine'}.`}</p>
      ${adopted ? html`<p><span class="tag" data-state="published">in uso</span></p>${this.table('Adottato', adopted)}` : nothing}
      ${proposal ? html`<p><span class="tag" data-state=${proposal.better ? 'published' : 'expired'}>${proposal.better ? 'fa meglio' : 'non fa meglio: resta l’ordine di sempre'}</span></p>${this.table('Proposto', proposal)}` : nothing}
      ${
        this.decides
          ? html`<p class="acts"><button @click=${() => this.act('train', 'Confronto cominciato.')} ?disabled=${!enough || training}>Impara e confronta</button>
          ${proposal?.better ? html`<button class="primary" @click=${() => this.act('adopt', 'Da ora si usa l’ordine imparato.')}>Usa l’ordine imparato</button>` : nothing}
          ${adopted ? html`<button @click=${() => this.act('drop', 'Si torna all’ordine di sempre.')}>Torna all’ordine di sempre</button>` : nothing}</p>`
          : nothing
      }`;
  }
}
customElements.define('editor-ranking', RankingView);
