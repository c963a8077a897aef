/** Answers drawn at random, each judged with two clicks: what was asked, what was said, on which passages. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { EditorView } from '../editor/view.ts';
import { renderMarkdown } from '../shared/markdown.ts';
import { api } from '../shared/staff-api.ts';

interface Sampled {
  id: string;
  week: string;
  question: string;
  outcome: string;
  text: string;
  citations: { position: number; title: string; url: string; quote: string }[];
  verdicts: number;
  mine: string | null;
  other: string | null;
}

const VERDICTS: Record<string, string> = { right: 'Giusta', partly: 'Giusta in parte', wrong: 'Sbagliata' };

class QualityView extends EditorView {
  static override properties = { samples: { state: true }, said: { state: true } };
  declare samples: Sampled[] | null;
  declare said: string;

  constructor() {
    super();
    this.samples = null;
    this.said = '';
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    void this.attempt(() => this.load());
  }

  private async load(): Promise<void> {
    this.samples = (await api<{ samples: Sampled[] }>('GET', '/api/quality')).samples;
  }

  private async draw(): Promise<void> {
    await this.attempt(async () => {
      const { drawn, week } = await api<{ drawn: number; week: string }>('POST', '/api/quality/draw', {});
      this.said = drawn > 0 ? `Estratte ${drawn} risposte della settimana ${week}.` : `Nessuna risposta nuova nella settimana ${week}.`;
      await this.load();
    });
  }

  private async judge(one: Sampled, verdict: string): Promise<void> {
    await this.attempt(async () => {
      await api('POST', `/api/quality/${one.id}/verdict`, { verdict });
      this.said = `Giudizio registrato: ${VERDICTS[verdict]}.`;
      await this.load();
    });
  }

  private card(one: Sampled): TemplateResult {
    const full = one.verdicts >= 2;
    return html`<li class="card"><h3>${one.question}</h3>
      <details><summary>Risposta e brani (${one.mine ? `per te: ${VERDICTS[one.mine]}` : full ? 'già giudicata' : 'da giudicare'})</summary><div class="answer">${unsafeHTML(renderMarkdown(one.text))}</div>
      ${one.citations.map((source) => html`<p>[${source.position}] <a href=${source.url} target="_blank" rel="noopener">${source.title}</a></p><blockquote>${source.quote}</blockquote>`)}
      ${
        full
          ? html`<p class="quiet">${one.mine ? `Tu: ${VERDICTS[one.mine]}. L’altra persona: ${VERDICTS[one.other ?? ''] ?? '–'}.` : 'Due persone hanno già giudicato.'}</p>`
          : html`<div class="acts" role="group" aria-label="Giudizio">${Object.entries(VERDICTS).map(
              ([verdict, title]) =>
                html`<button aria-pressed=${one.mine === verdict ? 'true' : 'false'} @click=${() => this.judge(one, verdict)}>${title}</button>`,
            )}</div>`
      }</details></li>`;
  }

  protected override render(): TemplateResult {
    const { samples } = this;
    const open = samples?.filter(({ mine, verdicts }) => !mine && verdicts < 2).length ?? 0;
    return html`<section class="figure"><h2>Campione da controllare</h2><p class="quiet">Risposte estratte a caso: apri e scegli un giudizio. Serve il giudizio di due persone; vedi quello dell’altra solo dopo il tuo.</p>
      <p role="status">${this.said || (samples === null ? 'Un momento…' : `${open} da giudicare, ${samples.length} in tutto.`)}</p>
      <p class="acts"><button @click=${this.draw}>Estrai dalla settimana scorsa</button><a href="/api/quality/questions.jsonl" download>Scarica come domande di valutazione</a></p>
      ${samples && samples.length > 0 ? html`<ul class="cards">${samples.map((one) => this.card(one))}</ul>` : nothing}</section>`;
  }
}
customElements.define('insight-quality', QualityView);
