/** The same question without JavaScript: a form and, below it, the answer with its sources. */
import type { Answer } from '../../../knowledge/answering/question.ts';
import { type Html, html, trusted } from '../../pages/shared/html.ts';
import { renderMarkdown } from '../../pages/shared/markdown.ts';
import { type Words, wordsIn } from '../../pages/shared/words.ts';
import { directionOf } from '../../pages/shared/languages.ts';
import { foot, inLanguage, type PageLang } from './document.ts';

export interface AskParts {
  question: string;
  answer: Answer | null;
  bodyName: string;
  style: string;
  lang: PageLang;
  /** What everybody has to know now. */
  crisis: Html | null;
}

export function askPage({ question, answer, bodyName, style, lang, crisis }: AskParts): Html {
  const t = wordsIn(lang);
  return html`<html lang="${lang}" dir="${directionOf(lang)}"><head><meta charset="utf-8"><title>${question ? `${question} · ` : ''}${t.askTitle} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">${bodyName} · <a href="${inLanguage('/', lang)}">${t.openChat}</a></header>${crisis}<main>
<h1>${t.askTitle}</h1><p>${t.notice} ${t.hint} <a href="/privacy">Privacy</a></p>
${askForm(lang, question)}
${answer ? answerPart(question, answer, t, lang) : null}</main>${foot(lang)}</body></html>`;
}

/** Works in any browser, with nothing of ours but the server. */
export function askForm(lang: PageLang, question = ''): Html {
  const t = wordsIn(lang);
  return html`<form class="ask" method="post" action="/ask"><input type="hidden" name="lang" value="${lang}"><label for="q"><b>${t.question}</b></label><textarea id="q" name="q" rows="3" maxlength="1000" required>${question}</textarea><div><button class="primary" type="submit">${t.ask}</button></div></form>`;
}

function answerPart(question: string, answer: Answer, t: Words, lang: PageLang): Html {
  const marks = new Set(answer.citations.map((citation) => citation.position));
  return html`<section aria-label="${t.answer}"><h2>${question}</h2><div class="answer" lang="${answer.lang}" dir="auto">${trusted(renderMarkdown(answer.text, { marks, markPrefix: 'fonte-' }))}</div>
${answer.citations.length > 0 ? html`<h2>${t.sources}</h2>` : null}
${answer.citations.map((citation) => html`<article id="fonte-${citation.position}"><p><b>[${citation.position}] ${citation.title}</b> › ${citation.heading}</p><blockquote>${citation.quote}</blockquote><p class="facts">${t.updated} ${citation.updatedOn}${citation.validFrom ? ` · ${t.validFrom} ${citation.validFrom}` : ''} · <a href="${citation.url}">${t.open}</a></p></article>`)}
${answer.choices.length > 0 ? html`<h2>${t.also}</h2><ul>${answer.choices.map((choice) => html`<li><a href="/ask?${new URLSearchParams({ q: choice.value, ...(lang === 'it' ? {} : { lang }) }).toString()}">${choice.title.replace(/\\([\\`*_[\]<>])/g, '$1')}</a></li>`)}</ul>` : null}
<p>${t.elsewhere}</p></section>`;
}
