/** The totem at the entrance: a ticket, "I am here", a question. Plain forms, large enough for a finger, without JavaScript, in the citizen's language; what the office wrote stays as it is. */
import type { Answer } from '../../knowledge/answering/question.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Line, Ticket } from '../../connectors/lines/contract.ts';
import { type Html, html, trusted } from '../pages/shared/html.ts';
import { directionOf, LANGUAGE_NAMES } from '../pages/shared/languages.ts';
import { renderMarkdown } from '../pages/shared/markdown.ts';
import type { Arrived } from './counter.ts';

export interface Frame {
  readonly bodyName: string;
  style: string;
  lang: string;
  say: Say;
  /** Codes to choose from. */
  languages: string[];
}

const HOME = '/counter/kiosk';
const homeIn = (lang: string): string => (lang === 'it' ? HOME : `${HOME}?lang=${lang}`);
/** Kept through every form. */
const kept = ({ lang }: Frame): Html | null => (lang === 'it' ? null : html`<input type="hidden" name="lang" value="${lang}">`);
/** Words of the office, whatever the page's language. */
const own = (lang: string): Html | null => (lang === 'it' ? null : html` lang="it" dir="ltr"`);

function page(frame: Frame, title: string, content: Html): Html {
  const { bodyName, style, lang } = frame;
  return html`<html lang="${lang}" dir="${directionOf(lang)}"><head><meta charset="utf-8"><title>${title} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header><p${own(lang)}>${bodyName}</p></header><main>${content}</main></body></html>`;
}

function languagesPart({ lang, say, languages }: Frame): Html {
  const others = languages.filter((code) => code !== lang && LANGUAGE_NAMES[code]);
  return html`<nav aria-label="${say('kioskLanguages')}" class="languages">${others.map((code) => html`<a href="${homeIn(code)}" lang="${code}" hreflang="${code}">${LANGUAGE_NAMES[code] ?? code}</a> `)}</nav>`;
}

const done = ({ lang, say }: Frame): Html => html`<p><a class="big" href="${homeIn(lang)}">${say('kioskDone')}</a></p>`;

/** `key`: of the ticket that this page may take; taken twice it is one ticket. */
export function kioskPage(frame: Frame, { lines, key, problem }: { lines: Line[]; key: string; problem: string }): Html {
  const { say, lang } = frame;
  const open = lines.filter((line) => line.open);
  return page(
    frame,
    say('kioskTitle'),
    html`<h1>${say('kioskWelcome')}</h1>${languagesPart(frame)}${problem ? html`<p class="alert" role="alert">${problem}</p>` : null}
<section aria-labelledby="numero"><h2 id="numero">${say('kioskTake')}</h2>
${
  open.length === 0
    ? html`<p>${say('kioskClosed')}</p>`
    : html`<form method="post" action="/counter/kiosk/ticket" class="lines">${kept(frame)}<input type="hidden" name="key" value="${key}">${open.map((line) => html`<button name="line" value="${line.id}"${own(lang)}>${line.name}<span>${line.office}</span></button>`)}</form>`
}</section>
<section aria-labelledby="appuntamento"><h2 id="appuntamento">${say('kioskArrived')}</h2>
<form method="post" action="/counter/kiosk/check-in" class="fields">${kept(frame)}<label for="code">${say('kioskCode')}</label><input id="code" name="code" required maxlength="12" autocomplete="off" autocapitalize="characters">
<label for="fact">${say('kioskFact')}</label><input id="fact" name="fact" required maxlength="120" autocomplete="off">
<button class="primary">${say('kioskHere')}</button></form></section>
<section aria-labelledby="domanda"><h2 id="domanda">${say('kioskQuestion')}</h2>
<form method="get" action="/counter/kiosk" class="fields">${kept(frame)}<label for="q">${say('kioskYours')}</label><input id="q" name="q" required maxlength="1000" autocomplete="off"><button class="primary">${say('kioskAsk')}</button></form>
<p>${say('kioskMachine')}</p></section>`,
  );
}

export function ticketPage(frame: Frame, { label, line, ahead, wait, serving }: Ticket): Html {
  const { say, lang } = frame;
  const before = ahead === 0 ? say('kioskNext') : ahead === 1 ? say('kioskOne') : say('kioskAhead', { ahead: String(ahead) });
  return page(
    frame,
    `${say('kioskNumber')}: ${label}`,
    html`<h1>${say('kioskNumber')}</h1><p class="number">${label}</p><p${own(lang)}>${line.name}</p>
<p>${before}${serving ? ` ${say('kioskServing', { serving })}` : ''}</p>
${wait ? html`<p>${say('kioskWait', { from: String(wait.from), to: String(wait.to) })}</p>` : null}<p>${say('kioskLook')}</p>${done(frame)}`,
  );
}

export function arrivedPage(frame: Frame, { label, booking }: Arrived): Html {
  const { say, lang } = frame;
  const { service, start, place, counter } = booking;
  return page(
    frame,
    say('kioskCheckedIn'),
    html`<h1>${say('kioskExpected')}</h1><p class="number">${label}</p><p><span${own(lang)}>${service.name}</span>, ${say('kioskAt', { time: start.slice(11, 16) })}, <span${own(lang)}>${place.name}${counter ? `, ${counter}` : ''}</span></p>
<p>${say('kioskSit', { label })}</p>${done(frame)}`,
  );
}

export function answerPage(frame: Frame, question: string, answer: Answer): Html {
  const { say, lang } = frame;
  const marks = new Set(answer.citations.map(({ position }) => position));
  return page(
    frame,
    say('kioskAnswer'),
    html`<h1>${question}</h1><div class="answer" lang="${answer.lang}" dir="${directionOf(answer.lang)}">${trusted(renderMarkdown(answer.text, { marks, markPrefix: 'fonte-' }))}</div>
${answer.citations.map((citation) => html`<article id="fonte-${citation.position}"><h2${own(lang)}>[${citation.position}] ${citation.title} › ${citation.heading}</h2><blockquote${own(lang)}>${citation.quote}</blockquote><p>${say('kioskUpdated', { day: citation.updatedOn })}</p></article>`)}${done(frame)}`,
  );
}

export function problemPage(frame: Frame, problem: string): Html {
  const { say, lang } = frame;
  return page(
    frame,
    say('kioskAttention'),
    html`<h1>${say('kioskAttention')}</h1><p class="alert" role="alert">${problem}</p><p><a class="big" href="${homeIn(lang)}">${say('kioskBack')}</a></p>`,
  );
}
