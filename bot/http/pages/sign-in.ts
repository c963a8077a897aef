/** The pages around a citizen's sign-in: before it, after it, and when it came to nothing. No JavaScript. */
import type { MadeUp } from '../../../connectors/identities/contract.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import { foot, type PageLang } from './document.ts';

export interface SignInFrame {
  bodyName: string;
  style: string;
  lang: PageLang;
}

const WORDS = {
  it: {
    chat: 'Apri la chat',
    title: 'Accedi',
    begunWeb: 'Stai per accedere per la chat iniziata sul sito alle {time}.',
    begun: 'Stai per accedere per la chat su {channel} in cui l’accesso è stato chiesto alle {time}.',
    only: 'Continua solo se l’hai chiesto tu, poco fa, da quella chat. Se il collegamento te l’ha mandato qualcun altro, chiudi questa pagina.',
    go: 'Accedi con SPID o CIE',
    goes: 'Ora si apre la pagina del tuo gestore di identità.',
    on: 'Prosegui',
    done: 'Accesso fatto',
    hello: 'Hai fatto l’accesso come',
    figures: 'Per finire, scrivi nella chat questo codice:',
    figuresWhy: 'Serve a essere sicuri che la chat sia tua. Non darlo a nessuno: chi te lo chiede vuole leggere i tuoi dati.',
    back: 'Torna alla chat: quello che avevi chiesto è lì.',
    mine: 'Le mie cose',
    problem: 'Accesso non riuscito',
    gone: 'Questo collegamento è scaduto, è già stato usato o è stato aperto in un altro browser. Chiedine uno nuovo nella chat.',
    cancelled: 'Hai annullato l’accesso: non è stato fatto niente.',
    level:
      'L’accesso è riuscito, ma con un livello di sicurezza più basso di quello che serve qui. Riprova con SPID di livello 2 o con la CIE.',
    claims: 'L’accesso è riuscito, ma il gestore non ha detto il codice fiscale: senza, non possiamo mostrarti i tuoi dati.',
    invalid: 'La risposta del gestore di identità non è valida. Chiedi un nuovo accesso nella chat.',
    down: 'Il servizio di accesso non risponde. Riprova tra qualche minuto: il collegamento della chat vale ancora, se non è scaduto.',
    madeUp: 'Chi sei?',
    madeUpWhy: 'Questa è una dimostrazione: i cittadini qui sotto sono inventati.',
    cancel: 'Annulla',
  },
  en: {
    chat: 'Open the chat',
    title: 'Sign in',
    begunWeb: 'You are about to sign in for the chat begun on the website at {time}.',
    begun: 'You are about to sign in for the chat on {channel} in which it was asked for at {time}.',
    only: 'Go on only if you asked for it yourself, just now, in that chat. If somebody else sent you the link, close this page.',
    go: 'Sign in with SPID or CIE',
    goes: 'The page of your identity provider opens now.',
    on: 'Go on',
    done: 'Signed in',
    hello: 'You are signed in as',
    figures: 'To finish, write this code in the chat:',
    figuresWhy: 'It makes sure that the chat is yours. Give it to nobody: whoever asks for it wants to read your data.',
    back: 'Go back to the chat: what you asked for is there.',
    mine: 'My things',
    problem: 'Sign-in failed',
    gone: 'This link has expired, was used before or was opened in another browser. Ask for a new one in the chat.',
    cancelled: 'You turned back: nothing was done.',
    level: 'You signed in, but less surely than is needed here. Try again with SPID level 2 or with the CIE.',
    claims: 'You signed in, but the provider did not tell your fiscal code: without it we cannot show you your data.',
    invalid: 'The answer of the identity provider is not valid. Ask for a new sign-in in the chat.',
    down: 'The sign-in service does not answer. Try again in some minutes: the link in the chat is still good unless it has expired.',
    madeUp: 'Who are you?',
    madeUpWhy: 'This is a demonstration: the citizens below are made up.',
    cancel: 'Cancel',
  },
};
/** Italian or English for now: whoever speaks neither is helped better by English. */
const wordsOf = (lang: PageLang) => (lang === 'it' ? WORDS.it : WORDS.en);

export type Problem = 'gone' | 'cancelled' | 'level' | 'claims' | 'invalid' | 'down';

function page({ bodyName, style, lang }: SignInFrame, title: string, content: Html, head: Html | null = null): Html {
  return html`<html lang="${lang}"><head><meta charset="utf-8"><title>${title} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">${head}
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">${bodyName} · <a href="/">${wordsOf(lang).chat}</a></header><main>${content}</main>${foot(lang)}</body></html>`;
}

const CHANNELS: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

/** `time`: when the link was asked for. */
export function beforePage(frame: SignInFrame, about: { code: string; channel: string; time: string }): Html {
  const t = wordsOf(frame.lang);
  const begun = (about.channel === 'web' ? t.begunWeb : t.begun).replace('{channel}', CHANNELS[about.channel] ?? about.channel);
  return page(
    frame,
    t.title,
    html`<h1>${t.title}</h1><p>${begun.replace('{time}', about.time)}</p><p class="band"><b>${t.only}</b></p>
<form class="ask" method="post" action="/sign-in/${about.code}"><div><button class="primary" type="submit">${t.go}</button></div></form>`,
  );
}

/** A page and not a redirect: browsers hold the answer to a form to our own addresses, wherever it is sent on to. */
export function goingPage(frame: SignInFrame, url: string): Html {
  const t = wordsOf(frame.lang);
  return page(
    frame,
    t.title,
    html`<h1>${t.title}</h1><p>${t.goes}</p><p><a href="${url}">${t.on}</a></p>`,
    html`<meta http-equiv="refresh" content="0; url=${url}">`,
  );
}

/** `figures`: to be written in the chat; null = need not be. */
export function donePage(frame: SignInFrame, { name, figures }: { name: string; figures: string | null }): Html {
  const t = wordsOf(frame.lang);
  const shown = figures && `${figures.slice(0, 3)} ${figures.slice(3)}`;
  return page(
    frame,
    t.done,
    html`<h1>${t.done}</h1><p>${t.hello} <b>${name}</b>.</p>
${shown ? html`<p>${t.figures}</p><p class="band"><b>${shown}</b></p><p>${t.figuresWhy}</p>` : html`<p>${t.back}</p>`}
<p><a href="/me">${t.mine}</a></p>`,
  );
}

export function problemPage(frame: SignInFrame, problem: Problem): Html {
  const t = wordsOf(frame.lang);
  return page(frame, t.problem, html`<h1>${t.problem}</h1><p class="band" role="alert">${t[problem]}</p>`);
}

export function madeUpPage(frame: SignInFrame, people: MadeUp[], state: string): Html {
  const t = wordsOf(frame.lang);
  const to = (values: Record<string, string>) => `/sign-in/callback?${new URLSearchParams({ ...values, state })}`;
  return page(
    frame,
    t.madeUp,
    html`<h1>${t.madeUp}</h1><p class="band">${t.madeUpWhy}</p><ul>${people.map(({ id, name, about }) => html`<li><a href="${to({ code: id })}">${name}</a>: ${about}</li>`)}</ul>
<p><a href="${to({ error: 'access_denied' })}">${t.cancel}</a></p>`,
  );
}
