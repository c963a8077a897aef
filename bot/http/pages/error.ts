/** An address that does not exist, or a page that failed, for people: programs get JSON. */
import { type Html, html } from '../../pages/shared/html.ts';
import { foot } from './document.ts';

export function errorPage(parts: { status: number; words: string; bodyName: string; style: string }): Html {
  const { status, words, bodyName, style } = parts;
  const title = status === 404 ? 'Pagina non trovata' : status >= 500 ? 'Qualcosa non ha funzionato' : 'Non è possibile';
  return html`<html lang="it"><head><meta charset="utf-8"><title>${title} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head><body><header class="slim">${bodyName}</header><main><h1>${title}</h1><p>${words}</p>
<p><a href="/">Fai una domanda all’assistente</a> oppure <a href="/ask">scrivila qui senza chat</a>.</p><p lang="en">This page does not exist or cannot be shown. <a href="/?lang=en">Ask the assistant</a>.</p></main>${foot('it')}</body></html>`;
}
