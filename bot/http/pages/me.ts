/** «Le mie cose»: what the body has of a citizen who signed in, what they agreed to, who may act for them. In every language, no JavaScript. */
import type { Mandate } from '../../citizens/mandates.ts';
import type { Profile } from '../../citizens/profile.ts';
import type { Event, Timeline } from '../../citizens/timeline.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import type { NoticeChoices } from '../../notices/choices.ts';
import { type CitizenWords, citizenWordsIn, fill } from '../../pages/shared/citizen-words.ts';
import { directionOf, LANGUAGE_NAMES, localeOf } from '../../pages/shared/languages.ts';
import { foot, inLanguage, type PageLang } from './document.ts';

export interface MeFrame {
  bodyName: string;
  style: string;
  lang: PageLang;
}

export interface Me {
  name: string;
  /** `14:35` */
  until: string;
  timeline: Timeline;
  profile: Profile | null;
  mandates: { given: Mandate[]; held: Mandate[] };
  /** Channels in use. */
  channels: string[];
  choices: NoticeChoices;
  today: string;
  /** Said above everything; '' = nothing. */
  notice: string;
  problem: string;
}

const KINDS = { delegate: 'kindDelegate', parent: 'kindParent', guardian: 'kindGuardian', company: 'kindCompany' } as const;
const SCOPES = { bookings: 'scopeBookings', cases: 'scopeCases', all: 'scopeAll' } as const;
const MARKS = {
  conversation: 'markConversation',
  request: 'markRequest',
  booking: 'markBooking',
  case: 'markCase',
  payment: 'markPayment',
  report: 'markReport',
  opinion: 'markOpinion',
} as const satisfies Record<Event['kind'], keyof CitizenWords>;
const CHANNELS: Record<string, string> = { telegram: 'Telegram', whatsapp: 'WhatsApp', teams: 'Teams' };

const dayIn = (lang: PageLang, at: string) =>
  new Intl.DateTimeFormat(localeOf(lang), { timeZone: 'Europe/Rome', day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(at.length === 10 ? `${at}T12:00:00Z` : at),
  );

function page({ bodyName, style, lang }: MeFrame, content: Html): Html {
  const t = citizenWordsIn(lang);
  return html`<html lang="${lang}" dir="${directionOf(lang)}"><head><meta charset="utf-8"><title>${t.mine} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">${bodyName} · <a href="${inLanguage('/', lang)}">${t.chat}</a></header><main>${content}
<nav class="facts" aria-label="${t.language}">${Object.entries(LANGUAGE_NAMES).map(([code, name], index) => html`${index > 0 ? ' · ' : null}<a href="/me?lang=${code}" lang="${code}" dir="${directionOf(code)}"${code === lang ? html` aria-current="page"` : null}>${name}</a>`)}</nav></main>${foot(lang)}</body></html>`;
}

/** Forms keep the language of the page. */
const action = (path: string, lang: PageLang): Html => html`action="${path}?lang=${lang}"`;

const signOutForm = (lang: PageLang, first: Html | null = null): Html =>
  html`<form class="ask" method="post" ${action('/me/sign-out', lang)}>${first}<div><button type="submit">${citizenWordsIn(lang).signOut}</button></div></form>`;

export function strangerPage(frame: MeFrame): Html {
  const t = citizenWordsIn(frame.lang);
  return page(frame, html`<h1>${t.mine}</h1><p class="band">${t.stranger}</p><p>${t.strangerHow}</p>`);
}

/** Out of here; at the provider they may still be in, and on a shared computer that matters. */
export function leftPage(frame: MeFrame, address: string): Html {
  const t = citizenWordsIn(frame.lang);
  return page(
    frame,
    html`<h1>${t.left}</h1><p class="band" role="status">${t.leftHere}</p>
<p>${t.leftThere} <a href="${address}">${t.leaveThere}</a></p>
<p><a href="${inLanguage('/', frame.lang)}">${t.chat}</a></p>`,
  );
}

/** Signed in, but not surely enough. */
export function weakPage(frame: MeFrame): Html {
  const t = citizenWordsIn(frame.lang);
  return page(frame, html`<h1>${t.mine}</h1><p class="band">${t.weak}</p><p>${t.weakHow}</p>${signOutForm(frame.lang)}`);
}

export function mePage(frame: MeFrame, me: Me): Html {
  const { lang } = frame;
  const t = citizenWordsIn(lang);
  const { timeline, mandates } = me;
  const item = (one: Mandate, name: string) => mandateItem(one, name, lang);
  return page(
    frame,
    html`<h1>${t.mine}</h1>
${me.notice ? html`<p class="band" role="status">${me.notice}</p>` : null}${me.problem ? html`<p class="band" role="alert"><b>${me.problem}</b></p>` : null}
${signOutForm(lang, html`<p>${fill(t.signedInAs, { name: me.name, time: me.until })}</p>`)}
<h2>${t.happened}</h2>
${timeline.missing.map((line) => html`<p class="band">${line}</p>`)}
${timeline.events.length === 0 ? html`<p>${t.nothing}</p>` : html`<ol class="events">${timeline.events.map((one) => html`<li><p dir="auto"><b>${one.title}</b></p><p class="facts">${t[MARKS[one.kind]]}, <time datetime="${one.at}">${dayIn(lang, one.at)}</time>: <span dir="auto">${one.detail}</span></p></li>`)}</ol>`}
${noticesPart(me.choices, lang)}
${profilePart(me, lang)}
<h2>${t.actForMe}</h2>
${mandates.given.length === 0 ? html`<p>${t.nobody}</p>` : html`<ul>${mandates.given.map((one) => item(one, one.holderName))}</ul>`}
<form class="ask" method="post" ${action('/me/mandates', lang)}><h3>${t.giveMandate}</h3>
<label for="holder-name"><b>${t.holderName}</b></label><input id="holder-name" name="name" maxlength="80" required>
<label for="holder-code"><b>${t.holderCode}</b></label><input id="holder-code" name="fiscalCode" maxlength="16" autocapitalize="characters" dir="ltr" required>
<label for="scope"><b>${t.forWhat}</b></label><select id="scope" name="scope">${Object.entries(SCOPES).map(([value, key]) => html`<option value="${value}">${t[key]}</option>`)}</select>
<label for="until"><b>${t.untilWhen}</b></label><input id="until" name="until" type="date" min="${me.today}" required>
<div><button type="submit">${t.give}</button></div></form>
<h2>${t.iActFor}</h2>
${mandates.held.length === 0 ? html`<p>${t.forNobody}</p>` : html`<ul>${mandates.held.map((one) => item(one, one.principalName))}</ul><p>${t.actHow}</p>`}`,
  );
}

function mandateItem(one: Mandate, name: string, lang: PageLang): Html {
  const t = citizenWordsIn(lang);
  const about = `${t[KINDS[one.kind]]}, ${t[SCOPES[one.scope]]}, ${fill(t.until, { day: dayIn(lang, one.until) })}`;
  return html`<li><p><bdi>${name}</bdi>: ${about}${one.revoked ? html` <b>(${t.revoked})</b>` : null}</p>
${one.revoked ? null : html`<form method="post" ${action(`/me/mandates/${one.id}/revoke`, lang)}><button type="submit" aria-label="${t.revoke}: ${name}">${t.revoke}</button></form>`}</li>`;
}

/** What we write unasked, and the way out of each. */
function noticesPart({ news, reminders }: NoticeChoices, lang: PageLang): Html {
  const t = citizenWordsIn(lang);
  const button = (choice: string, words: string) =>
    html`<form method="post" ${action('/me/notices', lang)}><button type="submit" name="choice" value="${choice}">${words}</button></form>`;
  const topics = news.map((topic) => topic || t.allTopics).join(', ');
  return html`<h2>${t.notices}</h2><p dir="auto">${topics ? fill(t.newsOn, { topics }) : t.newsOff}</p>${topics ? button('stop-news', t.stopNews) : null}
<p>${reminders ? t.remindersOn : t.remindersOff}</p>${reminders ? button('stop-reminders', t.stopReminders) : button('start-reminders', t.startReminders)}`;
}

function profilePart({ profile, channels }: Me, lang: PageLang): Html {
  const t = citizenWordsIn(lang);
  const option = (value: string, title: string, chosen: string | null) =>
    html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : null}>${title}</option>`;
  const channel = (name: string) => (name === 'web' ? t.onSite : fill(t.onChannel, { channel: CHANNELS[name] ?? name }));
  const mail = profile?.email;
  return html`<h2>${t.profile}</h2>
<p>${profile ? fill(t.consentedOn, { day: dayIn(lang, profile.consentAt) }) : t.noProfile}</p>
<form class="ask" method="post" ${action('/me/profile', lang)}>
<label for="channel"><b>${t.reach}</b></label><select id="channel" name="channel">${option('', t.reachLast, profile?.channel ?? null)}${channels.map((name) => option(name, channel(name), profile?.channel ?? null))}${option('mail', t.byMail, profile?.channel ?? null)}</select>
<label for="lang"><b>${t.inLanguage}</b></label><select id="lang" name="lang">${option('', t.asIWrite, profile?.lang ?? null)}${Object.entries(LANGUAGE_NAMES).map(([code, title]) => option(code, title, profile?.lang ?? null))}</select>
<p><input id="elsewhere" name="elsewhere" type="checkbox" value="1"${profile?.elsewhere ? html` checked` : null}> <label for="elsewhere">${t.elsewhere}</label></p>
<p><input id="consent" name="consent" type="checkbox" value="1" required${profile ? html` checked` : null}> <label for="consent">${t.consent} (<a href="/privacy">privacy</a>)</label></p>
<div><button class="primary" type="submit">${profile ? t.save : t.makeProfile}</button></div></form>
${
  profile
    ? html`<form class="ask" method="post" ${action('/me/email', lang)}><label for="email"><b>${t.email}</b>${mail ? html` (${mail.verified ? t.verified : t.notVerified})` : null}</label><input id="email" name="email" type="email" autocomplete="email" maxlength="120" dir="ltr" value="${mail?.address ?? ''}" required><div><button type="submit">${t.sendCode}</button></div></form>
${mail && !mail.verified ? html`<form class="ask" method="post" ${action('/me/email/confirm', lang)}><label for="figures"><b>${t.codeByMail}</b></label><input id="figures" name="figures" inputmode="numeric" autocomplete="one-time-code" maxlength="7" dir="ltr" required><div><button type="submit">${t.verify}</button></div></form>` : null}
<form method="post" ${action('/me/profile/forget', lang)}><button type="submit">${t.dropProfile}</button></form>`
    : null
}`;
}
