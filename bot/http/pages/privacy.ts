/** What happens to what people write, before they write it. */
import { type Html, html } from '../../pages/shared/html.ts';
import { foot } from './document.ts';

export function privacyPage(bodyName: string, style: string): Html {
  return html`<html lang="it"><head><meta charset="utf-8"><title>Privacy · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head>
<body><header class="slim">${bodyName} · <a href="/">Torna alla chat</a></header><main><h1>Come trattiamo i dati della chat</h1>
<p>Titolare del trattamento è ${bodyName}. Risponde un sistema automatico: non decide nulla e non sostituisce un provvedimento.</p>
<h2>Che cosa conserviamo</h2><ul><li>I messaggi che scrivi e le risposte, per mostrarti la conversazione e migliorare le pagine.</li><li>I tuoi giudizi «utile» e «non utile».</li><li>Se chiedi una persona: il nome e il recapito che lasci, solo per ricontattarti.</li><li>Se fai l’accesso con SPID o CIE: nome e codice fiscale, per quindici minuti. Un profilo solo se lo chiedi tu, nella pagina «Le mie cose», dove lo cancelli quando vuoi.</li></ul>
<h2>Che cosa non facciamo</h2><ul><li>Non usiamo cookie di profilazione. Nel tuo browser restano solo il filo della conversazione, che puoi cancellare con «Nuova conversazione», e cookie tecnici: uno dice quale conversazione ha aperto (dodici ore), uno, se fai l’accesso, dura quindici minuti.</li><li>Non inviamo i tuoi messaggi a servizi esterni, se l’ente non lo ha scritto qui.</li><li>Nei registri tecnici non compare ciò che scrivi.</li></ul>
<h2>I tuoi diritti</h2><p>Puoi chiedere accesso, copia o cancellazione dei dati all’ufficio relazioni con il pubblico o al responsabile della protezione dei dati dell’ente.</p>
<p>Non scrivere nella chat dati sulla salute o di altre persone: non servono per rispondere.</p></main>${foot('it')}</body></html>`;
}
