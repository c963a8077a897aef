/** «Le mie cose»: what the body has of a citizen who signed in, what they agreed to, who may act for them. No JavaScript. */
import type { Mandate } from '../../citizens/mandates.ts';
import type { Profile } from '../../citizens/profile.ts';
import type { Event, Timeline } from '../../citizens/timeline.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import { foot } from './document.ts';

export interface MeFrame {
  bodyName: string;
  style: string;
}

export interface Me {
  name: string;
  /** `14:35` */
  until: string;
  timeline: Timeline;
  profile: Profile | null;
  mandates: { given: Mandate[]; held: Mandate[] };
  /** Channels in use. */
  channels: { name: string; title: string }[];
  today: string;
  /** Said above everything; '' = nothing. */
  notice: string;
  problem: string;
}

const KINDS: Record<string, string> = { delegate: 'delega', parent: 'genitore', guardian: 'tutore', company: 'impresa' };
const SCOPES: Record<string, string> = { bookings: 'appuntamenti', cases: 'pratiche', all: 'appuntamenti e pratiche' };
const MARKS: Record<Event['kind'], string> = {
  conversation: 'Chat',
  request: 'Operatore',
  booking: 'Appuntamento',
  case: 'Pratica',
  payment: 'Pagamento',
  report: 'Segnalazione',
  opinion: 'Giudizio',
};
const day = (at: string) =>
  new Intl.DateTimeFormat('it-IT', { timeZone: 'Europe/Rome', day: 'numeric', month: 'long', year: 'numeric' }).format(
    new Date(at.length === 10 ? `${at}T12:00:00Z` : at),
  );

function page({ bodyName, style }: MeFrame, content: Html): Html {
  return html`<html lang="it"><head><meta charset="utf-8"><title>Le mie cose · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">${bodyName} · <a href="/">Apri la chat</a></header><main>${content}</main>${foot('it')}</body></html>`;
}

export function strangerPage(frame: MeFrame): Html {
  return page(
    frame,
    html`<h1>Le mie cose</h1><p class="band">Per vedere questa pagina devi fare l’accesso.</p><p>Apri la <a href="/">chat</a> e scrivi «accedi»: dopo l’accesso con SPID o CIE questa pagina mostra le tue prenotazioni, le tue pratiche e quello che hai chiesto. L’accesso dura quindici minuti.</p>`,
  );
}

/** Out of here; at the provider they may still be in, and on a shared computer that matters. */
export function leftPage(frame: MeFrame, address: string): Html {
  return page(
    frame,
    html`<h1>Sei uscito</h1><p class="band" role="status">Qui l’accesso è finito, anche nella chat.</p>
<p>Il servizio con cui hai fatto l’accesso (SPID o CIE) può essere ancora aperto in questo browser. Se il computer non è solo tuo, <a href="${address}">esci anche da lì</a>.</p>
<p><a href="/">Torna alla chat</a></p>`,
  );
}

/** Signed in, but not surely enough. */
export function weakPage(frame: MeFrame): Html {
  return page(
    frame,
    html`<h1>Le mie cose</h1><p class="band">Per vedere questa pagina serve un accesso più sicuro, di livello 2.</p><p>Apri la <a href="/">chat</a>, scrivi «le mie cose» e rifai l’accesso.</p>
<form class="ask" method="post" action="/me/sign-out"><div><button type="submit">Esci</button></div></form>`,
  );
}

export function mePage(frame: MeFrame, me: Me): Html {
  const { timeline, mandates } = me;
  return page(
    frame,
    html`<h1>Le mie cose</h1>
${me.notice ? html`<p class="band" role="status">${me.notice}</p>` : null}${me.problem ? html`<p class="band" role="alert"><b>${me.problem}</b></p>` : null}
<form class="ask" method="post" action="/me/sign-out"><p>Accesso come <b>${me.name}</b>, fino alle ${me.until}.</p><div><button type="submit">Esci</button></div></form>
<h2>Che cosa è successo</h2>
${timeline.missing.map((line) => html`<p class="band">${line}</p>`)}
${timeline.events.length === 0 ? html`<p>Non c’è ancora niente.</p>` : html`<ol class="events">${timeline.events.map((one) => html`<li><p><b>${one.title}</b></p><p class="facts">${MARKS[one.kind]}, <time datetime="${one.at}">${day(one.at)}</time>: ${one.detail}</p></li>`)}</ol>`}
${profilePart(me)}
<h2>Chi può agire per me</h2>
${mandates.given.length === 0 ? html`<p>Nessuno.</p>` : html`<ul>${mandates.given.map((one) => mandateItem(one, one.holderName))}</ul>`}
<form class="ask" method="post" action="/me/mandates"><h3>Dai una delega</h3>
<label for="holder-name"><b>Nome e cognome</b> di chi agirà per te</label><input id="holder-name" name="name" maxlength="80" required>
<label for="holder-code"><b>Codice fiscale</b> di chi agirà per te</label><input id="holder-code" name="fiscalCode" maxlength="16" autocapitalize="characters" required>
<label for="scope"><b>Per che cosa</b></label><select id="scope" name="scope"><option value="bookings">Solo gli appuntamenti</option><option value="cases">Solo le pratiche</option><option value="all">Appuntamenti e pratiche</option></select>
<label for="until"><b>Fino a quando</b> (al massimo un anno)</label><input id="until" name="until" type="date" min="${me.today}" required>
<div><button type="submit">Dai la delega</button></div></form>
<h2>Per chi posso agire</h2>
${mandates.held.length === 0 ? html`<p>Per nessuno. Figli, persone sotto tutela e imprese: la delega la registra lo sportello, con i documenti.</p>` : html`<ul>${mandates.held.map((one) => mandateItem(one, one.principalName))}</ul><p>Nella chat scrivi «agisco per» e il nome.</p>`}`,
  );
}

function mandateItem(one: Mandate, name: string): Html {
  return html`<li><p>${name}: ${KINDS[one.kind] ?? one.kind}, ${SCOPES[one.scope] ?? one.scope}, fino al ${day(one.until)}${one.revoked ? html` <b>(revocata)</b>` : null}</p>
${one.revoked ? null : html`<form method="post" action="/me/mandates/${one.id}/revoke"><button type="submit" aria-label="Revoca: ${name}">Revoca</button></form>`}</li>`;
}

function profilePart({ profile, channels }: Me): Html {
  const languages = { it: 'Italiano', en: 'English', de: 'Deutsch', fr: 'Français', es: 'Español' };
  const option = (value: string, title: string, chosen: string | null) =>
    html`<option value="${value}"${value === (chosen ?? '') ? html` selected` : null}>${title}</option>`;
  const mail = profile?.email;
  return html`<h2>Il mio profilo</h2>
<p>${profile ? `Hai dato il consenso il ${day(profile.consentAt)}.` : 'Non teniamo nessun profilo. Se vuoi, possiamo ricordare come preferisci essere raggiunto.'}</p>
<form class="ask" method="post" action="/me/profile">
<label for="channel"><b>Dove preferisci essere raggiunto</b></label><select id="channel" name="channel">${option('', 'Dove ho scritto per ultimo', profile?.channel ?? null)}${channels.map(({ name, title }) => option(name, title, profile?.channel ?? null))}${option('mail', 'Per e-mail', profile?.channel ?? null)}</select>
<label for="lang"><b>In che lingua</b></label><select id="lang" name="lang">${option('', 'Quella in cui scrivo', profile?.lang ?? null)}${Object.entries(languages).map(([code, title]) => option(code, title, profile?.lang ?? null))}</select>
<p><input id="elsewhere" name="elsewhere" type="checkbox" value="1"${profile?.elsewhere ? html` checked` : null}> <label for="elsewhere">Se un messaggio non arriva, mandatemelo su un altro mio canale o per e-mail</label></p>
<p><input id="consent" name="consent" type="checkbox" value="1" required${profile ? html` checked` : null}> <label for="consent">Acconsento a che il Comune ricordi queste scelte con il mio nome e il mio codice fiscale (<a href="/privacy">privacy</a>)</label></p>
<div><button class="primary" type="submit">${profile ? 'Salva' : 'Crea il profilo'}</button></div></form>
${
  profile
    ? html`<form class="ask" method="post" action="/me/email"><label for="email"><b>E-mail</b>${mail ? html` (${mail.verified ? 'verificata' : 'non ancora verificata'})` : null}</label><input id="email" name="email" type="email" autocomplete="email" maxlength="120" value="${mail?.address ?? ''}" required><div><button type="submit">Invia il codice di verifica</button></div></form>
${mail && !mail.verified ? html`<form class="ask" method="post" action="/me/email/confirm"><label for="figures"><b>Codice di 6 cifre</b> che hai ricevuto per e-mail</label><input id="figures" name="figures" inputmode="numeric" autocomplete="one-time-code" maxlength="7" required><div><button type="submit">Verifica</button></div></form>` : null}
<form method="post" action="/me/profile/forget"><button type="submit">Cancella il profilo</button></form>`
    : null
}`;
}
