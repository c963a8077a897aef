/** The totem at the entrance: a ticket, "I am here", a question. Plain forms, large enough for a finger, without JavaScript. */
import type { Answer } from '../../knowledge/answering/question.ts';
import type { Line, Ticket } from '../../connectors/lines/contract.ts';
import { type Html, html, trusted } from '../pages/shared/html.ts';
import { renderMarkdown } from '../pages/shared/markdown.ts';
import type { Arrived } from './counter.ts';

export interface Frame {
  readonly bodyName: string;
  style: string;
}

function page({ bodyName, style }: Frame, title: string, content: Html): Html {
  return html`<html lang="it"><head><meta charset="utf-8"><title>${title} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header><p>${bodyName}</p></header><main>${content}</main></body></html>`;
}

const done = html`<p><a class="big" href="/counter/kiosk">Fine</a></p>`;

/** `key`: of the ticket that this page may take; taken twice it is one ticket. */
export function kioskPage(frame: Frame, { lines, key, problem }: { lines: Line[]; key: string; problem: string }): Html {
  const open = lines.filter((line) => line.open);
  return page(
    frame,
    'Benvenuto',
    html`<h1>Benvenuto. Che cosa ti serve?</h1>${problem ? html`<p class="alert" role="alert">${problem}</p>` : null}
<section aria-labelledby="numero"><h2 id="numero">Prendi un numero</h2>
${
  open.length === 0
    ? html`<p>In questo momento gli sportelli sono chiusi: non si possono prendere numeri.</p>`
    : html`<form method="post" action="/counter/kiosk/ticket" class="lines"><input type="hidden" name="key" value="${key}">${open.map((line) => html`<button name="line" value="${line.id}">${line.name}<span>${line.office}</span></button>`)}</form>`
}</section>
<section aria-labelledby="appuntamento"><h2 id="appuntamento">Ho un appuntamento: sono arrivato</h2>
<form method="post" action="/counter/kiosk/check-in" class="fields"><label for="code">Codice dell’appuntamento</label><input id="code" name="code" required maxlength="12" autocomplete="off" autocapitalize="characters">
<label for="fact">Codice fiscale, telefono o e-mail dell’appuntamento</label><input id="fact" name="fact" required maxlength="120" autocomplete="off">
<button class="primary">Sono qui</button></form></section>
<section aria-labelledby="domanda"><h2 id="domanda">Ho una domanda</h2>
<form method="get" action="/counter/kiosk" class="fields"><label for="q">La tua domanda</label><input id="q" name="q" required maxlength="1000" autocomplete="off"><button class="primary">Chiedi</button></form>
<p>Risponde un sistema automatico, con le parole dei documenti pubblicati. Non scrivere dati personali o sanitari.</p></section>`,
  );
}

export function ticketPage(frame: Frame, { label, line, ahead, wait, serving }: Ticket): Html {
  return page(
    frame,
    `Numero ${label}`,
    html`<h1>Il tuo numero</h1><p class="number">${label}</p><p>${line.name}</p>
<p>${ahead === 0 ? 'Sei il prossimo.' : ahead === 1 ? 'C’è una persona prima di te.' : `Ci sono ${ahead} persone prima di te.`}${serving ? ` Ora serviamo il numero ${serving}.` : ''}</p>
${wait ? html`<p>L’attesa va da ${wait.from} a ${wait.to} minuti circa.</p>` : null}<p>Guarda lo schermo della sala: quando compare il tuo numero vai allo sportello indicato.</p>${done}`,
  );
}

export function arrivedPage(frame: Frame, { label, booking }: Arrived): Html {
  return page(
    frame,
    'Arrivo registrato',
    html`<h1>Ti aspettavamo</h1><p class="number">${label}</p><p>${booking.service.name}, ore ${booking.start.slice(11, 16)}, ${booking.place.name}${booking.counter ? `, ${booking.counter}` : ''}</p>
<p>Siediti pure: quando tocca a te sullo schermo compare ${label} con lo sportello.</p>${done}`,
  );
}

export function answerPage(frame: Frame, question: string, answer: Answer): Html {
  const marks = new Set(answer.citations.map(({ position }) => position));
  return page(
    frame,
    'Risposta',
    html`<h1>${question}</h1><div class="answer" lang="${answer.lang}">${trusted(renderMarkdown(answer.text, { marks, markPrefix: 'fonte-' }))}</div>
${answer.citations.map((citation) => html`<article id="fonte-${citation.position}"><h2>[${citation.position}] ${citation.title} › ${citation.heading}</h2><blockquote>${citation.quote}</blockquote><p>Aggiornato il ${citation.updatedOn}</p></article>`)}${done}`,
  );
}

export function problemPage(frame: Frame, problem: string): Html {
  return page(
    frame,
    'Attenzione',
    html`<h1>Attenzione</h1><p class="alert" role="alert">${problem}</p><p><a class="big" href="/counter/kiosk">Torna all’inizio</a></p>`,
  );
}
