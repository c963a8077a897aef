/** The same question without JavaScript: a form and, below it, the answer with its sources. */
import type { Answer } from '../../../knowledge/answering/question.ts';
import { type Html, html, trusted } from '../../pages/shared/html.ts';
import { renderMarkdown } from '../../pages/shared/markdown.ts';

export function askPage(parts: { question: string; answer: Answer | null; bodyName: string; style: string; origin: string }): Html {
  const { question, answer, bodyName, style } = parts;
  return html`<html lang="it"><head><meta charset="utf-8"><title>Fai una domanda · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><p class="slim">${bodyName} · <a href="/">Apri la chat</a></p><main>
<h1>Fai una domanda</h1><p>Risponde un sistema automatico, con le parole dei documenti pubblicati. Non scrivere dati personali o sanitari. <a href="/privacy">Privacy</a></p>
<form class="ask" method="post" action="/ask"><label for="q"><b>La tua domanda</b></label><textarea id="q" name="q" rows="3" maxlength="1000" required>${question}</textarea><div><button class="primary" type="submit">Chiedi</button></div></form>
${answer ? answerPart(question, answer) : null}</main></body></html>`;
}

function answerPart(question: string, answer: Answer): Html {
  const marks = new Set(answer.citations.map((citation) => citation.position));
  return html`<section aria-label="Risposta"><h2>${question}</h2><div class="answer" lang="${answer.lang}">${trusted(renderMarkdown(answer.text, { marks, markPrefix: 'fonte-' }))}</div>
${answer.citations.length > 0 ? html`<h2>Fonti</h2>` : null}
${answer.citations.map((citation) => html`<article id="fonte-${citation.position}"><p><b>[${citation.position}] ${citation.title}</b> › ${citation.heading}</p><blockquote>${citation.quote}</blockquote><p class="facts">Aggiornato il ${citation.updatedOn}${citation.validFrom ? ` · in vigore dal ${citation.validFrom}` : ''} · <a href="${citation.url}">Apri il documento</a></p></article>`)}
${answer.choices.length > 0 ? html`<h2>Puoi chiedere anche</h2><ul>${answer.choices.map((choice) => html`<li><a href="/ask?q=${encodeURIComponent(choice.value)}">${choice.title.replace(/\\([\\`*_[\]<>])/g, '$1')}</a></li>`)}</ul>` : null}
<p>Per parlare con una persona usa la <a href="/">chat</a> oppure telefona all’ufficio.</p></section>`;
}
