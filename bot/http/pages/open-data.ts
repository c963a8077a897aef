/** How the service does, month by month, for everybody. */
import type { FigureTable } from '../../insight/table.ts';
import { type Html, html } from '../../pages/shared/html.ts';
import { foot } from './document.ts';

export function openDataPage(table: FigureTable, bodyName: string, style: string): Html {
  const written = (cell: string | number | null) => (cell === null ? '–' : typeof cell === 'number' ? cell.toLocaleString('it-IT') : cell);
  return html`<html lang="it"><head><meta charset="utf-8"><title>Dati aperti · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head>
<body><header class="slim">${bodyName} · <a href="/">Torna alla chat</a></header><main><h1>Dati aperti</h1><p>Come va lo sportello digitale. ${table.about}</p>
<div class="wide" tabindex="0" role="region" aria-label="${table.title}"><table><caption>${table.title}</caption><thead><tr>${table.columns.map(({ title }) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${table.rows.map((row) => html`<tr>${row.map((cell, i) => (i === 0 ? html`<th scope="row">${written(cell)}</th>` : html`<td>${written(cell)}</td>`))}</tr>`)}</tbody></table></div>
<p>Scarica: <a href="/open-data/indicatori.csv">CSV</a>, <a href="/open-data/indicatori.json">JSON</a>, <a href="/open-data/catalogo.jsonld">metadati DCAT-AP_IT</a>. Licenza Creative Commons Attribuzione 4.0.</p>
<h2>Come sono contati</h2><p>«Risolte senza una persona, verificate» sono le conversazioni in cui il cittadino ha detto che la risposta era utile o ha concluso la pratica, senza chiedere una persona e senza tornare sullo stesso argomento entro 7 giorni: il silenzio non conta come un sì. Le attese sono secondi, a orologio, dalla richiesta alla presa in carico. Le valutazioni sono quelle del modello Comuni, da 1 a 5.</p></main>${foot('it')}</body></html>`;
}
