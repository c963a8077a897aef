/** The pages around a citizen's sign-in: before it, after it, and when it came to nothing. No JavaScript. */
import type { MadeUp } from '../../../connectors/identities/contract.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import { citizenWordsIn, fill } from '../../pages/shared/citizen-words.ts';
import { directionOf } from '../../pages/shared/languages.ts';
import { foot, inLanguage, type PageLang } from './document.ts';

export interface SignInFrame {
  bodyName: string;
  style: string;
  lang: PageLang;
}

export type Problem = 'gone' | 'cancelled' | 'level' | 'claims' | 'invalid' | 'down';

function page({ bodyName, style, lang }: SignInFrame, title: string, content: Html, head: Html | null = null): Html {
  return html`<html lang="${lang}" dir="${directionOf(lang)}"><head><meta charset="utf-8"><title>${title} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">${head}
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">${bodyName} · <a href="${inLanguage('/', lang)}">${citizenWordsIn(lang).chat}</a></header><main>${content}</main>${foot(lang)}</body></html>`;
}

const CHANNELS: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

/** `time`: when the link was asked for. */
export function beforePage(frame: SignInFrame, about: { code: string; channel: string; time: string }): Html {
  const t = citizenWordsIn(frame.lang);
  const begun = fill(about.channel === 'web' ? t.begunWeb : t.begun, {
    channel: CHANNELS[about.channel] ?? about.channel,
    time: about.time,
  });
  return page(
    frame,
    t.signIn,
    html`<h1>${t.signIn}</h1><p>${begun}</p><p class="band"><b>${t.only}</b></p>
<form class="ask" method="post" action="/sign-in/${about.code}"><div><button class="primary" type="submit">${t.go}</button></div></form>`,
  );
}

/** A page and not a redirect: browsers hold the answer to a form to our own addresses, wherever it is sent on to. */
export function goingPage(frame: SignInFrame, url: string): Html {
  const t = citizenWordsIn(frame.lang);
  return page(
    frame,
    t.signIn,
    html`<h1>${t.signIn}</h1><p>${t.goes}</p><p><a href="${url}">${t.on}</a></p>`,
    html`<meta http-equiv="refresh" content="0; url=${url}">`,
  );
}

/** `figures`: to be written in the chat; null = need not be. */
export function donePage(frame: SignInFrame, { name, figures }: { name: string; figures: string | null }): Html {
  const t = citizenWordsIn(frame.lang);
  const shown = figures && `${figures.slice(0, 3)} ${figures.slice(3)}`;
  return page(
    frame,
    t.done,
    html`<h1>${t.done}</h1><p>${t.hello} <b>${name}</b>.</p>
${shown ? html`<p>${t.figures}</p><p class="band"><b dir="ltr">${shown}</b></p><p>${t.figuresWhy}</p>` : html`<p>${t.back}</p>`}
<p><a href="${inLanguage('/me', frame.lang)}">${t.mine}</a></p>`,
  );
}

export function problemPage(frame: SignInFrame, problem: Problem): Html {
  const t = citizenWordsIn(frame.lang);
  return page(frame, t.problem, html`<h1>${t.problem}</h1><p class="band" role="alert">${t[problem]}</p>`);
}

export function madeUpPage(frame: SignInFrame, people: MadeUp[], state: string): Html {
  const t = citizenWordsIn(frame.lang);
  const to = (values: Record<string, string>) => `/sign-in/callback?${new URLSearchParams({ ...values, state })}`;
  return page(
    frame,
    t.madeUp,
    html`<h1>${t.madeUp}</h1><p class="band">${t.madeUpWhy}</p><ul>${people.map(({ id, name, about }) => html`<li><a href="${to({ code: id })}">${name}</a>: <span lang="it">${about}</span></li>`)}</ul>
<p><a href="${to({ error: 'access_denied' })}">${t.cancel}</a></p>`,
  );
}
