/** The language of the citizen's page: Italian comes with the script, any other is fetched when it is wanted. */
import { html, type TemplateResult } from 'lit';
import { directionOf, LANGUAGE_NAMES } from '../shared/languages.ts';
import { type Words, words as italian } from '../shared/words/it.ts';

const OTHERS: Record<string, () => Promise<{ words: Words }>> = {
  en: () => import('../shared/words/en.ts'),
  de: () => import('../shared/words/de.ts'),
  fr: () => import('../shared/words/fr.ts'),
  es: () => import('../shared/words/es.ts'),
  sl: () => import('../shared/words/sl.ts'),
  ro: () => import('../shared/words/ro.ts'),
  ar: () => import('../shared/words/ar.ts'),
  zh: () => import('../shared/words/zh.ts'),
  uk: () => import('../shared/words/uk.ts'),
};

/** Italian when the file cannot be had. */
export async function loadWords(lang: string): Promise<Words> {
  try {
    return (await OTHERS[lang]?.())?.words ?? italian;
  } catch {
    return italian;
  }
}

/** So long a page waits for the words of its language. */
const WORDS_MS = 3_000;

export const inTime = (words: Promise<unknown>) => Promise.race([words, new Promise((late) => setTimeout(late, WORDS_MS))]);

/** What the server wrote around the chat follows the choice: direction, title, heading, links. */
export function translatePage(lang: string, t: Words): void {
  document.documentElement.lang = lang;
  document.documentElement.dir = directionOf(lang);
  document.title = document.title.replace(/^[^·]*(?= ·)/, t.title);
  for (const place of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const word = t[place.dataset['word'] as keyof Words];
    if (word) place.textContent = word;
  }
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-lang]')) link.search = lang === 'it' ? '' : `?lang=${lang}`;
}

/** `offered`: codes in use. */
export function languagePicker(offered: string[], chosen: string, t: Words, choose: (lang: string) => void): TemplateResult {
  return html`<label class="language">${t.language} <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
    ${offered.map((code) => html`<option value=${code} lang=${code} ?selected=${code === chosen}>${LANGUAGE_NAMES[code] ?? code}</option>`)}
  </select></label>`;
}
