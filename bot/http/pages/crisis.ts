/** What everybody has to know now, at the top of the citizen's pages, with its source. */
import { type Html, html } from '../../pages/shared/html.ts';
import { wordsIn } from '../../pages/shared/words.ts';
import type { PageLang } from './document.ts';

export interface Crisis {
  /** In the body's language. */
  text: string;
  /** The same in others, by code. */
  texts: Record<string, string>;
  source: { title: string; url: string };
}

export function crisisBand(crises: Crisis[], lang: PageLang): Html | null {
  if (crises.length === 0) return null;
  const t = wordsIn(lang);
  return html`<aside class="crisis" aria-label="${t.crisis}">${crises.map(
    ({ text, texts, source }) =>
      html`<p><b>${t.crisis}</b>: <span dir="auto"${texts[lang] || lang === 'it' ? null : html` lang="it"`}>${texts[lang] ?? text}</span> <span dir="auto">(${t.source}: <a href="${source.url}">${source.title}</a>)</span></p>`,
  )}</aside>`;
}
