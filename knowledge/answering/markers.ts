/**
 * Words that say a question may lie outside the documents: other bodies, other subjects, the citizen's own case, a premise.
 * Signals inside the score and of how a refusal is worded, never a veto: together they also stand in questions that can be answered.
 * Where a word begins and ends is asked of letters: `\b` knows none with an accent.
 */
import { sieved } from '../languages/reading/sieve.ts';
import { rememberingText } from '../languages/reading/text.ts';

/** Bodies whose business is not a municipality's. */
const OTHER_BODY =
  /(?<![\p{L}\d])(?:inps|inail|questura|prefettura|carabinieri|polizia di stato|polizia stradale|guardia di finanza|motorizzazione|agenzia delle entrate|catasto|asl|ausl|ats|usl|azienda sanitaria|pronto soccorso|ospedale|tribunale|giudice|procura|notaio|poste italiane|posta|banca|enel|eni|regione|provincia|ministero|consolato|ambasciata|camera di commercio|aci|pra|trenitalia|ferrovie|università|provveditorato|arpa|vigili del fuoco|aeroporto|agenzia delle dogane|centro per l'impiego|tim|vodafone|wind|iliad|fastweb|social security|dentista|farmacista|veterinari\p{L}+|avvocat\p{L}+|commercialista|caf|patronato|sindacat\p{L}+|parrocchia|diocesi|curia|amministratore di condominio|padrone di casa|datore di lavoro|assicurazion\p{L}+|concessionari\p{L}+|meccanic\p{L}+|autoscuola|corriere|ebay|alitalia|ita airways|ryanair|italo|flixbus|telepass|autostrad\p{L}+|siae|rai|agcom|antitrust|consob|banca d'italia|corte dei conti|tar|cassazione|parlamento|senato|camera dei deputati|governo|nato|onu|unione europea|commissione europea|esercito|marina|aeronautica|guardia costiera|capitaneria|protezione civile|croce rossa|misericordia|caritas|permesso di soggiorno|carta di soggiorno|nulla osta al lavoro|decreto flussi|(?:il|al|nel|del|mio|modello) 730|modello unico|dichiarazione dei redditi|precompilat\p{L}+|naspi|indennità di disoccupazione|pensione|invalidità civile|cassa integrazione|busta paga|visura catastale|planimetria catastale|successione|esame di guida|foglio rosa|revisione auto|passaporto|porto d'armi|casellario|carichi pendenti|immatricolazion\p{L}+|passaggio di proprietà|medico (?:di base|curante)|ticket sanitario|visita specialistica|fascicolo sanitario|guardia medica|canone tv|bolletta della luce|contatore|fibra|raccomandata|pacco|universit\p{L}+|tasse universitarie|concorso (?:docenti|scuola)|supplenz\p{L}+|11[3578]|tax office|police|hospital|bank|embassy|finanzamt|krankenhaus|polizei|botschaft)(?![\p{L}\d])/giu;
const NAMED_PLACE = /(?<![\p{L}\d])(?:comune|città|municipio|provincia|regione) di \p{Lu}[\p{L}']+/gu;

const OFF_TOPIC =
  /(?<![\p{L}\d])(?:ricett[ae]|cucin\p{L}+|pasta|pizza|torta|calcio|partita|campionato|serie a|juve\p{L}*|inter|milan|film|serie tv|netflix|canzon\p{L}+|cantante|oroscopo|meteo|che tempo fa|piove\p{L}*|temperatura|barzellett\p{L}+|poesia|traduci|traduzione|traduttore|capitale d\p{L}+|chi ha vinto|chi ha scritto|borsa|bitcoin|criptovalut\p{L}+|azioni|hotel|volo|voli|vacanza|fidanzat\p{L}+|innamorat\p{L}+|dieta|dimagr\p{L}+|palestra|videogioc\p{L}+|playstation|instagram|tiktok|facebook|whatsapp|youtube|amazon|chatgpt|programm\p{L}+ in|equazione|compiti|tesi|filosofi\p{L}+|pianet\p{L}+|storia d\p{L}+|guerra|presidente (?:della repubblica|degli stati)|sugo|carbonara|lasagn\p{L}+|tiramis\p{L}+|lievito|forno|antipast\p{L}+|vino|birra|cocktail|ristorante|pizzeria|trattoria|locale|discoteca|concert[oi] di|biglietti per|serie b|mondiali|olimpiadi|tennis|formula (?:1|uno)|motogp|calciatore|allenatore|scommess\p{L}+|lotto|superenalotto|gratta e vinci|segno zodiacale|tarocchi|sogn\p{L}+|amore|sposami|simpatic\p{L}+|quanti anni hai|come ti chiami|chi ti ha|intelligenza artificiale|robot|computer|portatile|iphone \d+ (?:pro|max)|stampante|excel|word|photoshop|windows|wifi di casa|modem|antivirus|virus del computer|javascript|python|html|riassum\p{L}+|scrivi(?:mi)? (?:un|una)|inventa\p{L}*|raccontami|consigli\p{L}+ (?:un|una)|miglior[ei]? (?:film|libro|telefono|auto|marca)|trucco|capelli|unghie|moda|scarpe|regalo|compleanno|ricorrenza|auguri|maglia|uncinetto|giardinaggio|pomodori|piante|cane di razza|gatt[oi] (?:che|non)|zanzare in casa|formiche|mal di (?:testa|pancia|schiena|denti)|ingrass\p{L}+|calorie|muscol\p{L}+|corsa|maratona|yoga|meditazione|psicolog\p{L}+|teorema|derivat\p{L}+|integrale|radice quadrata|quanto fa|capoluogo|fiume|montagna|oceano|dinosaur\p{L}+|impero romano|garibaldi era|napoleone|dante|manzoni|shakespeare|leonardo|einstein|universo|buco nero|alieni|dio|bibbia|papa|politic\p{L}+|elezioni americane|partito|borse|mutuo migliore|investi\p{L}+|oro|petrolio|benzina|prezzo della|traffico in autostrada|treno per|aereo per|autobus per|noleggi\p{L}+ auto|campeggio|spiaggia|mare|sci|neve in|corteggi\p{L}+|lasciat[oa] (?:dal|dalla)|tradimento|parrucchier\p{L}+|barbier\p{L}+|tatuagg\p{L}+|profum\p{L}+|aspirapolvere|lavatrice|lavastoviglie|frigorifero (?:non|fa)|materass\p{L}+ migliore|stirare|smacchi\p{L}+|macchia di|risotto|bistecc\p{L}+|zuppa|frittat\p{L}+|crostat\p{L}+|gelato|cioccolat\p{L}+|caffè|chitarra|pianoforte|karaoke|anime|manga|cartoni animati|attor[ei]|attrice|regista|festival di|pallavolo|basket|nuoto|pugilato|ciclismo|giro d'italia|scacchi|carte da gioco|indovinell\p{L}+|filastrocc\p{L}+|proverbi\p{L}*|sinonim\p{L}+|coniuga\p{L}*|grammatica|temi? d'esame|formula chimica|tabellina|percentuale di \d+|scheda video|console|streaming|abbonamento a|follower|youtuber|influencer|trading|azionist\p{L}+|etf|conto deposito|tasso di cambio|dollar[oi]|viaggio (?:in|a)|itinerario|crociera|fuso orario|vulcan\p{L}+|terremoto (?:in|del)|stell[ae] (?:cadent|polar)\p{L}*|luna|marte|recipe|weather|football|movie|song|joke|poem|rezept|wetter|fußball)(?![\p{L}\d])/iu;

const SIEVED = { otherBody: sieved(OTHER_BODY), namedPlace: sieved(NAMED_PLACE), offTopic: sieved(OFF_TOPIC) };

/** The citizen's own case needs the case itself, not a page. */
const PERSONAL = sieved(
  /(?<![\p{L}\d])(?:la mia (?:pratica|domanda|richiesta|multa|posizione|segnalazione|istanza|cartella|prenotazione)|il mio (?:caso|fascicolo|debito|saldo|pagamento|rimborso|bonifico|turno|appuntamento|bando|contributo|documento è)|mio figlio è stato|a che punto|è pronta|è pronto|è arrivat[ao]|è stat[ao] (?:accettat|approvat|accolt|respint|registrat|ricevut)\p{L}*|quanto devo(?: ancora)?|quanto mi (?:spetta|manca|resta)|mi (?:hanno|avete|ha) (?:approvat|respint|rispost|accettat|accredit|tolt|mandat|rifiutat)\p{L}*|quando mi (?:arriva|date|pagate|chiamate|rispondete)|perché non mi|perche non mi|controlla(?:te|mi)?|verifica(?:te|mi)?|pratica (?:n\.?|numero)? ?\d|(?:perché|perche|come mai) (?:il mio|la mia|i miei|le mie) (?:isee|importo|tassa|tari|imu|bolletta|punteggio|posto|rata)|(?:in che|quale|qual è il mio) (?:seggio|sezione|graduatoria)|(?:sono|risulto) (?:iscritt\p{L}+|registrat\p{L}+|in graduatoria|in regola|ammess\p{L}+)|ho (?:ancora )?(?:debiti|arretrati|pendenze|multe) da|il mio (?:seggio|punteggio|pin|conto)|puoi vedere|potete dirmi se|risulta a (?:mio|voi)|my (?:application|case|request|file)|have you received|mein antrag|ist mein\p{L}*)(?![\p{L}\d])/iu,
);

/** The question takes something for granted that the documents may not say. */
const PREMISE = sieved(
  /(?<![\p{L}\d])(?:visto che|dato che|siccome|ho (?:letto|sentito|saputo)|mi hanno detto|dicono che|è vero che|come mai|perché (?:avete|hanno|il comune|non si|bisogna|è obbligatori\p{L}+)|da quando (?:è|hanno|avete)|ora che|adesso che|il nuovo|la nuova|l'obbligo di|since|is it true|i heard|stimmt es|da ja)(?![\p{L}\d])/iu,
);

export interface Markers {
  otherBody: boolean;
  offTopic: boolean;
  personal: boolean;
  premise: boolean;
}

/** `held`: what the best passage says; a body or subject that they name themselves is no sign. */
export function markersIn(text: string, held: () => string): Markers {
  const { named, subject, personal, premise } = readMarkers(text);
  const said = named.length > 0 || subject !== undefined ? held().toLowerCase() : '';
  return {
    otherBody: named.some((name) => !said.includes(name)),
    offTopic: subject !== undefined && !said.includes(subject),
    personal,
    premise,
  };
}

/** What the text itself says, in small letters: asked of it before it is weighed and while it is. */
const readMarkers = rememberingText((text) => {
  // Asked alternative by alternative first: nearly always only the beginning of one stands in the text, and the whole pattern is long.
  const bodies = SIEVED.otherBody.test(text) ? text.match(OTHER_BODY) : null;
  const places = SIEVED.namedPlace.test(text) ? text.match(NAMED_PLACE) : null;
  return {
    named: [...(bodies ?? []), ...(places ?? [])].map((name) => name.toLowerCase()),
    subject: SIEVED.offTopic.test(text) ? OFF_TOPIC.exec(text)?.[0].toLowerCase() : undefined,
    personal: PERSONAL.test(text),
    premise: PREMISE.test(text),
  };
});
