/** The accessibility statement: the parts that AgID's model asks for (law 4/2004, EN 301 549), filled with what is known of this software; what only the body knows is told as missing. */
import { type Html, html } from '../../pages/shared/html.ts';
import { foot, type PageLang } from './document.ts';

export interface AccessibilityParts {
  bodyName: string;
  style: string;
  lang: PageLang;
  /** E-mail or phone for accessibility problems; empty = not told yet. */
  contact: string;
  /** The body's own statement as filed with AgID; empty = none told. */
  statementUrl: string;
}

const OMBUDSMAN = 'https://www.agid.gov.it/it/agenzia/difensore-civico-per-il-digitale';
/** Day of the last look at every page with the tests named below. */
const REVIEWED = '2026-11-25';

export function accessibilityPage(parts: AccessibilityParts): Html {
  const { bodyName, style } = parts;
  // The statement is written in Italian and English.
  const lang = parts.lang === 'it' ? 'it' : 'en';
  const title = lang === 'en' ? 'Accessibility statement' : 'Dichiarazione di accessibilità';
  const other =
    lang === 'en'
      ? html`<a href="/accessibility" lang="it" hreflang="it">Italiano</a>`
      : html`<a href="/accessibility?lang=en" lang="en" hreflang="en">English</a>`;
  return html`<html lang="${lang}"><head><meta charset="utf-8"><title>${title} · ${bodyName}</title><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><link rel="stylesheet" href="/${style}"></head>
<body><header class="slim">${bodyName} · <a href="${lang === 'en' ? '/?lang=en' : '/'}">${lang === 'en' ? 'Back to the chat' : 'Torna alla chat'}</a> · ${other}</header><main><h1>${title}</h1>
${lang === 'en' ? english(parts) : italian(parts)}</main>${foot(lang)}</body></html>`;
}

function italian({ bodyName, contact, statementUrl }: AccessibilityParts): Html {
  return html`<p>${bodyName} vuole che questo assistente sia accessibile a tutti, come chiede la legge 9 gennaio 2004, n. 4. La dichiarazione riguarda l’assistente: la chat, la pagina <a href="/ask">senza JavaScript</a>, le pagine dei documenti citati e quelle del personale.${statementUrl ? html` La dichiarazione dell’ente depositata presso AgID è <a href="${statementUrl}">a questo indirizzo</a>.` : null}</p>
<h2>Stato di conformità</h2><p>L’assistente è <b>parzialmente conforme</b> ai requisiti della norma UNI CEI EN 301 549, che comprende le WCAG 2.1 di livello AA, per le ragioni scritte qui sotto.</p>
<h2>Contenuti non accessibili</h2><h3>Non ancora conformi</h3><ul><li>La dichiarazione, le guide e le pagine del personale sono in italiano, alcune anche in inglese; l’assistente parla dieci lingue.</li><li>I documenti sono mostrati come testo: tabelle e figure dell’originale vi perdono la loro forma.</li></ul>
<h3>Fuori dall’ambito della legge</h3><ul><li>I documenti originali collegati (per esempio PDF) pubblicati prima del 23 settembre 2018, se non servono a un procedimento in corso.</li><li>I siti di altri enti a cui portano i collegamenti.</li></ul>
<p>Non è invocato l’onere sproporzionato.</p>
<h2>Come è stata redatta</h2><p>Autovalutazione del ${italianDay(REVIEWED)}: prove automatiche con axe in Chromium su ogni pagina a 320, 390 e 1280 pixel, ingrandimento al 400 %, spaziatura del testo, colori forzati, movimento ridotto, senza JavaScript; con la sola tastiera la chat e lo sportello degli operatori. Nessuna prova automatica sostituisce quella con persone con disabilità, che per questo assistente non è ancora stata fatta. Ultimo riesame: ${italianDay(REVIEWED)}.</p>
<h2>Segnalazioni e recapiti</h2><p>${contact ? html`Se una pagina ti ostacola scrivi o telefona a <b>${reach(contact)}</b>: di’ quale pagina, che cosa volevi fare e quali strumenti usi.` : html`Se una pagina ti ostacola segnalalo all’ufficio relazioni con il pubblico. <i>Da completare dall’ente: un recapito per l’accessibilità.</i>`} Puoi anche chiedere all’assistente una persona.</p>
<h2>Procedura di attuazione</h2><p>Se entro 30 giorni non ricevi risposta, o non è soddisfacente, puoi rivolgerti al <a href="${OMBUDSMAN}">difensore civico per il digitale</a> presso AgID.</p>
<h2>Informazioni sull’assistente</h2><ul><li>Software: Sportello, codice aperto (EUPL-1.2).</li><li>Prove di usabilità con persone: non ancora fatte.</li><li><i>Da completare dall’ente: data di pubblicazione, dipendenti con disabilità e postazioni che usano tecnologie assistive.</i></li></ul>`;
}

function english({ bodyName, contact, statementUrl }: AccessibilityParts): Html {
  return html`<p>${bodyName} wants this assistant to be accessible to everybody, as Italian law no. 4 of 9 January 2004 asks. The statement is about the assistant: the chat, the page <a href="/ask?lang=en">without JavaScript</a>, the pages of quoted documents and those of the staff.${statementUrl ? html` The body’s own statement, filed with AgID, is <a href="${statementUrl}">here</a>.` : null}</p>
<h2>Conformance status</h2><p>The assistant is <b>partially conformant</b> with EN 301 549, which includes WCAG 2.1 level AA, for the reasons below.</p>
<h2>Content that is not accessible</h2><h3>Not yet conformant</h3><ul><li>The statement, the guides and the pages of the staff exist in Italian, some in English too; the assistant itself speaks ten languages.</li><li>Documents are shown as text: tables and pictures of the original lose their form.</li></ul>
<h3>Outside the law’s scope</h3><ul><li>Original documents (PDF for example) published before 23 September 2018 that no running procedure needs.</li><li>Other bodies’ sites that links lead to.</li></ul>
<p>A disproportionate burden is not claimed.</p>
<h2>How it was drawn up</h2><p>Self-assessment of ${REVIEWED}: automatic tests with axe in Chromium on every page at 320, 390 and 1280 pixels, 400 % zoom, text spacing, forced colours, reduced motion, no JavaScript; by keyboard alone the chat and the agents’ desk. No automatic test replaces one with people with disabilities, which has not been made for this assistant yet. Last review: ${REVIEWED}.</p>
<h2>Feedback and contacts</h2><p>${contact ? html`If a page stands in your way write or call <b>${reach(contact)}</b>: say which page, what you wanted to do and which tools you use.` : html`If a page stands in your way tell the public relations office. <i>To be completed by the body: a contact for accessibility.</i>`} You may also ask the assistant for a person.</p>
<h2>Enforcement procedure</h2><p>If there is no answer within 30 days, or it is not satisfactory, you may turn to the <a href="${OMBUDSMAN}">digital ombudsman</a> at AgID.</p>
<h2>About the assistant</h2><ul><li>Software: Sportello, open source (EUPL-1.2).</li><li>Usability tests with people: not yet made.</li><li><i>To be completed by the body: day of publication, employees with disabilities and workplaces with assistive technology.</i></li></ul>`;
}

function reach(contact: string): Html {
  return contact.includes('@') ? html`<a href="mailto:${contact}">${contact}</a>` : html`${contact}`;
}

function italianDay(day: string): string {
  return new Date(`${day}T12:00:00Z`).toLocaleDateString('it-IT', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
}
