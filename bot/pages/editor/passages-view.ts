/** The passages of a page as answers quote them: to the place in the original, and the mending of a wrong cut. What is mended is asked of the page, which saves first. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Mended, Passage, Passages } from './types.ts';
import { EditorView } from './view.ts';

const AT_ONCE = 60;
const WORDS_SOUGHT = 8;
const SHOWN_OF_PLACE = 60;

/** What the page is asked for, without where. */
export type Wanted =
  | { kind: 'join'; passage: string }
  | { kind: 'split'; passage: string; at: number }
  | { kind: 'heading'; passage: string; headings: string[]; following: boolean }
  | { kind: 'undo'; mend: number };

class PassagesView extends EditorView {
  static override properties = {
    read: { attribute: false },
    page: { attribute: false },
    writes: { type: Boolean },
    open: { state: true },
    more: { state: true },
  };
  declare read: Passages;
  declare page: string;
  declare writes: boolean;
  /** Passage whose cut is being mended. */
  declare open: string;
  declare more: number;

  constructor() {
    super();
    this.open = '';
    this.more = AT_ONCE;
  }

  private want(wanted: Wanted): void {
    this.dispatchEvent(new CustomEvent<Wanted>('mend', { detail: wanted, bubbles: true }));
    this.querySelector<HTMLElement>('.passages')?.focus();
  }

  private split(event: SubmitEvent, { id }: Passage): void {
    event.preventDefault();
    this.want({ kind: 'split', passage: id, at: Number(new FormData(event.target as HTMLFormElement).get('at')) });
  }

  private move(event: SubmitEvent, { id }: Passage): void {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    const headings = String(form.get('headings') ?? '')
      .split('›')
      .map((heading) => heading.trim())
      .filter(Boolean);
    this.want({ kind: 'heading', passage: id, headings, following: form.get('following') !== null });
  }

  private mending(passage: Passage, last: boolean): TemplateResult {
    const places = placesIn(passage.text);
    const shown = passage.id === this.open;
    const forms = () => html`
      ${last ? nothing : html`<p class="acts"><button type="button" @click=${() => this.want({ kind: 'join', passage: passage.id })}>Unisci al passaggio che segue</button></p>`}
      ${
        places.length === 0
          ? nothing
          : html`<form @submit=${(event: SubmitEvent) => this.split(event, passage)}><label>Il passaggio nuovo comincia da
        <select name="at">${places.map((at) => html`<option value=${at}>${passage.text.slice(at, at + SHOWN_OF_PLACE).trim()}…</option>`)}</select></label><button>Dividi qui</button></form>`
      }
      <form @submit=${(event: SubmitEvent) => this.move(event, passage)}><label>Titolo sotto cui sta (› fra un livello e l’altro)
        <input name="headings" maxlength="600" list="known-headings" .value=${passage.headings.join(' › ')}></label>
        <label class="tick"><input type="checkbox" name="following">Anche i passaggi che seguono sotto lo stesso titolo</label><button>Sposta sotto questo titolo</button></form>`;
    return html`<details ?open=${shown} @toggle=${(event: Event) => {
      if ((event.target as HTMLDetailsElement).open) this.open = passage.id;
      else if (this.open === passage.id) this.open = '';
    }}><summary>Correggi la divisione<span class="visually-hidden"> di «${passage.text.slice(0, SHOWN_OF_PLACE)}»</span></summary>${shown ? forms() : nothing}</details>`;
  }

  private mends(): TemplateResult | typeof nothing {
    const all = this.read.mends.map((mend, i) => ({ ...mend, i }));
    const gone = all.filter(({ holds }) => !holds);
    const held = all.filter(({ holds }) => holds);
    const row =
      (name: string) =>
      ({ words, i }: Mended & { i: number }) =>
        html`<li>${words} ${this.writes ? html`<button @click=${() => this.want({ kind: 'undo', mend: i })}>${name}<span class="visually-hidden"> la correzione: ${words}</span></button>` : nothing}</li>`;
    return html`${gone.length > 0 ? html`<div class="band"><p><strong>${gone.length === 1 ? 'Una correzione della divisione non vale più' : `${gone.length} correzioni della divisione non valgono più`}:</strong> in quel punto il testo è cambiato.</p><ul class="plain">${gone.map(row('Togli'))}</ul></div>` : nothing}
      ${held.length > 0 ? html`<details class="mends"><summary>Correzioni della divisione (${held.length})</summary><ul class="plain">${held.map(row('Annulla'))}</ul></details>` : nothing}`;
  }

  protected override render(): TemplateResult {
    const { passages } = this.read;
    const headings = [...new Set(passages.map((passage) => passage.headings.join(' › ')))].filter(Boolean);
    return html`${this.mends()}<datalist id="known-headings">${headings.map((heading) => html`<option value=${heading}></option>`)}</datalist>
      <ol class="passages" tabindex="0" role="list" aria-label="Passaggi">${passages.slice(0, this.more).map(
        (passage, i) =>
          html`<li class="card"><p class="quiet">${passage.headings.join(' › ') || 'Inizio'} · leggibilità ${passage.gulpease}</p><p class="quoted">${passage.text}</p>
        ${placesOf(this.read, passage, this.page)}${this.writes ? this.mending(passage, i === passages.length - 1) : nothing}</li>`,
      )}${passages.length > this.more ? html`<li><button @click=${() => (this.more += AT_ONCE)}>Mostra altri passaggi (${passages.length - this.more})</button></li>` : nothing}</ol>`;
  }
}
customElements.define('editor-passages', PassagesView);

/** Where a sentence or a line begins, after the first. */
function placesIn(text: string): number[] {
  return [...text.matchAll(/[.!?;:]\s+|\n+/g)]
    .map(({ 0: between, index }) => index + between.length)
    .filter((at) => at > 0 && at < text.length);
}

/** To the same words where citizens read them, and on the site they came from: browsers scroll to a text fragment. */
function placesOf({ version, status, sourceUrl }: Passages, { anchor, text }: Passage, page: string): TemplateResult | typeof nothing {
  const original = sourceUrl && /^https?:/.test(sourceUrl) ? sourceUrl.replace(/#.*$/, '') : null;
  const sought = text.split(/\s+/).filter(Boolean).slice(0, WORDS_SOUGHT).join(' ');
  const away = html`<span class="visually-hidden"> in un’altra scheda</span>`;
  const stored =
    status === 'draft'
      ? nothing
      : html`<a href="/sources/${encodeURIComponent(page)}/${version}#${anchor}" target="_blank" rel="noopener">Come lo leggono i cittadini${away}</a>`;
  if (!original) return status === 'draft' ? nothing : html`<p class="acts">${stored}</p>`;
  // The dash means something of its own there.
  const fragment = encodeURIComponent(sought).replaceAll('-', '%2D');
  return html`<p class="acts">${stored}<a href="${original}#:~:text=${fragment}" target="_blank" rel="noopener">Nell’originale${away}</a></p>`;
}
