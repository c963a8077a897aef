/** The form in which a page is written, and what stands in it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Page, Stored } from './types.ts';
import type { Unsaved } from './unsaved.ts';

const DETAILS = ['url', 'validFrom', 'validUntil', 'owner', 'reviewBy'] as const;
const LANGUAGES = ['it', 'en', 'de', 'fr', 'es', 'ro', 'sl', 'ar', 'zh', 'uk'];
const nameOf = new Intl.DisplayNames(['it'], { type: 'language' });

/** As the draft is asked for: an emptied field is one that the page has no more. */
export function writtenIn(form: HTMLFormElement): Unsaved {
  const given = new FormData(form);
  const text = (name: string) => String(given.get(name) ?? '').trim();
  const details = Object.fromEntries(DETAILS.map((name) => [name, text(name) || null])) as Pick<Unsaved, (typeof DETAILS)[number]>;
  const office = text('office');
  return {
    title: text('title'),
    markdown: String(given.get('markdown') ?? ''),
    audience: text('audience'),
    lang: text('lang'),
    phrasings: text('phrasings')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    ...(office ? { office } : {}),
    ...details,
    translationOf: text('translationOf') || null,
  };
}

/** The page with what could not be saved in the place of its draft. */
export function withUnsaved(known: Page, unsaved: Unsaved): Page {
  const base = known.draft ?? known.published;
  if (!base) return known;
  const { url, translationOf, audience, ...rest } = unsaved;
  const draft: Stored = { ...base, ...rest, sourceUrl: url, audience: audience === 'staff' ? 'staff' : 'citizen' };
  // Shown as what is there; whether there is a draft at all is the server's to say.
  return known.draft ? { ...known, draft, translationOf } : { ...known, published: draft, translationOf };
}

export interface Writing {
  writes: boolean;
  translationOf: string | null;
  /** The form of a service card; then the text itself is out of sight. */
  card: TemplateResult | null;
  changed(): void;
}

export function writingForm(stored: Stored, { writes, translationOf, card, changed }: Writing): TemplateResult {
  const field = (name: string, title: string, value: string | null, type = 'text') =>
    html`<label>${title}<input name=${name} type=${type} maxlength="300" .value=${value ?? ''} ?readonly=${!writes}></label>`;
  const languages = [...new Set([...LANGUAGES, stored.lang])];
  return html`<form class="writing" @input=${changed} @submit=${(event: Event) => event.preventDefault()}>
    <label>Titolo<input name="title" required maxlength="300" .value=${stored.title} ?readonly=${!writes}></label>
    ${card ?? nothing}
    <label ?hidden=${card !== null}>Testo (Markdown: ## per i titoli, - per gli elenchi)<textarea name="markdown" rows="22" .value=${stored.markdown} ?readonly=${!writes}></textarea></label>
    <label>Sinonimi e domande di esempio, uno per riga<textarea name="phrasings" rows="3" .value=${stored.phrasings.join('\n')} ?readonly=${!writes}></textarea></label>
    <details><summary>Altri dati: ufficio, lingua, validità, responsabile</summary>
      ${field('office', 'Ufficio', stored.office)}${field('owner', 'Responsabile: nome, o indirizzo e-mail a cui scrivere prima che scada', stored.owner)}
      ${field('validFrom', 'In vigore dal', stored.validFrom, 'date')}${field('validUntil', 'In vigore fino al', stored.validUntil, 'date')}
      ${field('reviewBy', 'Da rileggere entro il', stored.reviewBy, 'date')}${field('url', 'Indirizzo della pagina sul sito', stored.sourceUrl)}
      <label>Lingua<select name="lang">${languages.map((code) => html`<option value=${code} ?selected=${code === stored.lang}>${nameOf.of(code) ?? code}</option>`)}</select></label>
      <label>Traduzione di (codice della pagina)<input name="translationOf" maxlength="200" .value=${translationOf ?? ''} ?readonly=${!writes}></label>
      <label>Per chi<select name="audience"><option value="citizen" ?selected=${stored.audience === 'citizen'}>Cittadini</option><option value="staff" ?selected=${stored.audience === 'staff'}>Solo personale</option></select></label>
    </details></form>`;
}
