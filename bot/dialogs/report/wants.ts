/** Whether a citizen reports something broken, or asks after a report made. How reports are made is a question to the documents. */
import { bare, plain } from '../../conversation/filling/control.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';

/** Things that break in public places. */
const FAULT =
  '(?:buc[ah]e?|voragin[ei]|lampion[ei]|tombin[oi]|marciapied[ei]|semafor[oi]|rifiuti abbandonati|discaric[ah]e? abusiv[ae]|albero (?:caduto|pericolante|spezzato)|ram[oi] (?:cadut[oi]|spezzat[oi]|pericolant[ei])|cartello (?:caduto|rotto|divelto)|panchina rotta|altalena rotta|gioco rotto|perdita d? ?acqua|fogna\\w*|caditoi[ae]|illuminazione (?:spenta|guasta)|strada (?:rovinata|dissestata|allagata)|asfalto (?:rotto|rovinato)|pothole|street ?(?:light|lamp)|fallen tree|broken (?:bench|sign|pavement)|dumped rubbish|schlagloch|strassen(?:laterne|lampe)|wilder mull|nid de poule|lampadaire|depot sauvage|bache|farola|arbol caido)';
const FAULT_WORD = sieved(new RegExp(`\\b${FAULT}\\b`));
const REPORT = sieved(
  /\b(?:(?:vorrei|voglio|volevo|devo|dovrei|posso|desidero) (?:\p{L}+ ){0,2}?segnalar\w*|segnalo|segnaliamo|fare una segnalazione|fai una segnalazione|apr(?:o|ire) una segnalazione|nuova segnalazione|(?:i (?:want|would like|need) to|let me|can i) report|i am reporting|ich (?:mochte|will|muss)\b.{0,60}\bmelden|je (?:veux|voudrais|souhaite|dois) signaler|je signale|quiero (?:denunciar|avisar de|informar de|comunicar)|quisiera (?:avisar|informar|comunicar))\b/u,
);
const THERE = sieved(
  /^(?:(?:buongiorno|buonasera|salve|ciao|scusate|scusi|attenzione|senta|hello|hallo|bonjour|hola) )*(?:c e|ci sono|e caduto|si e (?:rotto|aperta|aperto|spento)|e (?:rotto|spento)|there is|there are|es gibt|da ist|il y a|hay)\b/,
);
const OUT = sieved(
  /\b(?:spent[oiae]|rott[oiae]|guast[oiae]|cadut[oiae]|pericolos[oiae]|intasat[oiae]|abbandonat[oiae]|divelt[oiae]|broken|out|kaputt|casse|roto|rota|fundida)\b/,
);
/** Where, in a clause of its own. */
export const PLACE_WORD =
  '(?:via|viale|v\\.le|piazza|p\\.zza|piazzale|piazzetta|corso|c\\.so|largo|vicolo|strada|contrada|località|lungomare|lungofiume|ponte|rotonda|incrocio|parco|giardini?|giardinetti|scuola|cimitero|stazione|sottopasso|street|road|square|avenue|strasse|straße|\\p{L}+stra(?:ss|ß)e|platz|weg|rue|place|boulevard|calle|plaza|avenida|paseo)';
const PLACE = sieved(new RegExp(`\\b${PLACE_WORD}\\b`, 'u'));
/** Other notices and complaints, and what is asked rather than told. */
const OTHER = sieved(
  /\b(?:scia|certificata|agibilita|inizio attivita|reclamo|whistleblow\w*|mobbing|vicin[oi] di casa|rumor[ei]|multa|debito)\b/,
);
const GENERAL = sieved(
  /^(?:(?:e|ma|scusi|scusa|buongiorno|salve|ciao|senta) )*(?:come|dove|a chi|chi|quando|cosa|quanto|perche|quali?|che numero|serve|devo chiamare|how|where|who|what|when|wie|wo|wem|wer|was|comment|ou|a qui|qui|como|donde|a quien|quien)\b/,
);

export const STATUS_WORDS =
  /\b(?:a che punto|che fine|stato|come procede|novita|notizie|seguire|segui|controll\w+|verific\w+|vedere|quando (?:la |lo )?(?:riparate|sistemate)|status|progress|follow|check|stand|ou en est|suivre|estado|como va)\b/;
const MY_REPORT = sieved(/\b(?:segnalazion[ei]|report|meldung|signalement|aviso|incidencia|denuncia)\b/);

/** "S12-2026", "segnalazione n. 638344". */
export function reportIdIn(text: string): string | null {
  const own = /(?<![\p{L}\d])S[\s-]?(\d{1,7})\s*[-/ ]\s*((?:19|20)\d{2})(?!\d)/iu.exec(text);
  if (own) return `S${Number(own[1])}-${own[2]}`;
  const led =
    /\b(?:segnalazione|report|meldung|signalement|incidencia)\b(?:\s+(?:n|nr|no|num|numero|number|nummer|num[ée]ro)\b[.°º]?)?[\s:#]+([\w-]*\d[\w-]*(?:\/\d{4})?)/i.exec(
      text,
    )?.[1];
  const year = led && /^(\d{1,7})[-/]((?:19|20)\d{2})$/.exec(led);
  return year ? `S${Number(year[1])}-${year[2]}` : (led ?? null);
}

export type ReportWish = 'make' | 'follow';

export function reportWish(text: string): ReportWish | null {
  const wish = wishIn(bare(text), text);
  return wish && !OTHER.test(bare(text)) ? wish : null;
}

function wishIn(said: string, text: string): ReportWish | null {
  if (MY_REPORT.test(said) && (STATUS_WORDS.test(said) || reportIdIn(text) !== null) && !/\b(?:come si|come faccio|fare una)\b/.test(said))
    return 'follow';
  if (/^s ?\d{1,7} (?:19|20)\d{2}$/.test(said)) return 'follow';
  const told = !text.includes('?') && FAULT_WORD.test(said);
  const makes = REPORT.test(said) || (told && (THERE.test(said) || (OUT.test(said) && PLACE.test(said))));
  return makes && !GENERAL.test(said) ? 'make' : null;
}

const FAULTY = sieved(/\b(?:segnal(?:a|are|o|azione)|disserviz\w+|guast[oi])\b/);

/** The knowledge speaks of things that break: a report may be made. */
export const aboutReport = (text: string): boolean => {
  const said = plain(text);
  return (FAULT_WORD.test(said) || FAULTY.test(said)) && !OTHER.test(said);
};
