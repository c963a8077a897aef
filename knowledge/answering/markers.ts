/**
 * Words that say a question may lie outside the documents: other bodies, other subjects, the citizen's own case, a premise.
 * Signals inside the score and of how a refusal is worded, never a veto: together they also stand in questions that can be answered.
 */

/** Bodies whose business is not a municipality's. */
const OTHER_BODY =
  /\b(?:inps|inail|questura|prefettura|carabinieri|polizia di stato|polizia stradale|guardia di finanza|motorizzazione|agenzia delle entrate|catasto|asl|ausl|ats|usl|azienda sanitaria|pronto soccorso|ospedale|tribunale|giudice|procura|notaio|poste italiane|posta|banca|enel|eni|regione|provincia|ministero|consolato|ambasciata|camera di commercio|aci|pra|trenitalia|ferrovie|università|provveditorato|arpa|vigili del fuoco|aeroporto|agenzia delle dogane|centro per l'impiego|tim|vodafone|wind|iliad|fastweb|social security|dentista|farmacista|veterinari\w+|avvocat\w+|commercialista|caf|patronato|sindacat\w+|parrocchia|diocesi|curia|amministratore di condominio|padrone di casa|datore di lavoro|assicurazion\w+|concessionari\w+|meccanic\w+|autoscuola|corriere|ebay|alitalia|ita airways|ryanair|italo|flixbus|telepass|autostrad\w+|siae|rai|agcom|antitrust|consob|banca d'italia|corte dei conti|tar|cassazione|parlamento|senato|camera dei deputati|governo|nato|onu|unione europea|commissione europea|esercito|marina|aeronautica|guardia costiera|capitaneria|protezione civile|croce rossa|misericordia|caritas|permesso di soggiorno|carta di soggiorno|nulla osta al lavoro|decreto flussi|730|modello unico|dichiarazione dei redditi|precompilat\w+|naspi|indennità di disoccupazione|pensione|invalidità civile|cassa integrazione|busta paga|visura catastale|planimetria catastale|successione|esame di guida|foglio rosa|revisione auto|passaporto|porto d'armi|casellario|carichi pendenti|immatricolazion\w+|passaggio di proprietà|medico (?:di base|curante)|ticket sanitario|visita specialistica|fascicolo sanitario|guardia medica|canone tv|bolletta della luce|contatore|fibra|raccomandata|pacco|universit\w+|tasse universitarie|concorso (?:docenti|scuola)|supplenz\w+|118|113|115|117|tax office|police|hospital|bank|embassy|finanzamt|krankenhaus|polizei|botschaft)\b/giu;
const NAMED_PLACE = /\b(?:comune|città|municipio|provincia|regione) di \p{Lu}[\p{L}']+/gu;

const OFF_TOPIC =
  /\b(?:ricett[ae]|cucin\w+|pasta|pizza|torta|calcio|partita|campionato|serie a|juve\w*|inter|milan|film|serie tv|netflix|canzon\w+|cantante|oroscopo|meteo|che tempo fa|piove\w*|temperatura|barzellett\w+|poesia|traduci|traduzione|traduttore|capitale d\w+|chi ha vinto|chi ha scritto|borsa|bitcoin|criptovalut\w+|azioni|hotel|volo|voli|vacanza|fidanzat\w+|innamorat\w+|dieta|dimagr\w+|palestra|videogioc\w+|playstation|instagram|tiktok|facebook|whatsapp|youtube|amazon|chatgpt|programm\w+ in|equazione|compiti|tesi|filosofi\w+|pianet\w+|storia d\w+|guerra|presidente (?:della repubblica|degli stati)|sugo|carbonara|lasagn\w+|tiramis\w+|lievito|forno|antipast\w+|vino|birra|cocktail|ristorante|pizzeria|trattoria|locale|discoteca|concert[oi] di|biglietti per|serie b|mondiali|olimpiadi|tennis|formula (?:1|uno)|motogp|calciatore|allenatore|scommess\w+|lotto|superenalotto|gratta e vinci|segno zodiacale|tarocchi|sogn\w+|amore|sposami|simpatic\w+|quanti anni hai|come ti chiami|chi ti ha|intelligenza artificiale|robot|computer|portatile|iphone \d+ (?:pro|max)|stampante|excel|word|photoshop|windows|wifi di casa|modem|antivirus|virus del computer|javascript|python|html|riassum\w+|scrivi(?:mi)? (?:un|una)|inventa\w*|raccontami|consigli\w+ (?:un|una)|miglior[ei]? (?:film|libro|telefono|auto|marca)|trucco|capelli|unghie|moda|scarpe|regalo|compleanno|ricorrenza|auguri|maglia|uncinetto|giardinaggio|pomodori|piante|cane di razza|gatt[oi] (?:che|non)|zanzare in casa|formiche|mal di (?:testa|pancia|schiena|denti)|ingrass\w+|calorie|muscol\w+|corsa|maratona|yoga|meditazione|psicolog\w+|teorema|derivat\w+|integrale|radice quadrata|quanto fa|capoluogo|fiume|montagna|oceano|dinosaur\w+|impero romano|garibaldi era|napoleone|dante|manzoni|shakespeare|leonardo|einstein|universo|buco nero|alieni|dio|bibbia|papa|politic\w+|elezioni americane|partito|borse|mutuo migliore|investi\w+|oro|petrolio|benzina|prezzo della|traffico in autostrada|treno per|aereo per|autobus per|noleggi\w+ auto|campeggio|spiaggia|mare|sci|neve in|corteggi\w+|lasciat[oa] (?:dal|dalla)|tradimento|parrucchier\w+|barbier\w+|tatuagg\w+|profum\w+|aspirapolvere|lavatrice|lavastoviglie|frigorifero (?:non|fa)|materass\w+ migliore|stirare|smacchi\w+|macchia di|risotto|bistecc\w+|zuppa|frittat\w+|crostat\w+|gelato|cioccolat\w+|caffè|chitarra|pianoforte|karaoke|anime|manga|cartoni animati|attor[ei]|attrice|regista|festival di|pallavolo|basket|nuoto|pugilato|ciclismo|giro d'italia|scacchi|carte da gioco|indovinell\w+|filastrocc\w+|proverbi\w*|sinonim\w+|coniuga\w*|grammatica|temi? d'esame|formula chimica|tabellina|percentuale di \d+|scheda video|console|streaming|abbonamento a|follower|youtuber|influencer|trading|azionist\w+|etf|conto deposito|tasso di cambio|dollar[oi]|viaggio (?:in|a)|itinerario|crociera|fuso orario|vulcan\w+|terremoto (?:in|del)|stell[ae] (?:cadent|polar)\w*|luna|marte|recipe|weather|football|movie|song|joke|poem|rezept|wetter|fußball)\b/iu;

/** The citizen's own case needs the case itself, not a page. */
const PERSONAL =
  /\b(?:la mia (?:pratica|domanda|richiesta|multa|posizione|segnalazione|istanza|cartella|prenotazione)|il mio (?:caso|fascicolo|debito|saldo|pagamento|rimborso|bonifico|turno|appuntamento|bando|contributo|documento è)|mio figlio è stato|a che punto|è pronta|è pronto|è arrivat[ao]|è stat[ao] (?:accettat|approvat|accolt|respint|registrat|ricevut)\w*|quanto devo(?: ancora)?|quanto mi (?:spetta|manca|resta)|mi (?:hanno|avete|ha) (?:approvat|respint|rispost|accettat|accredit|tolt|mandat|rifiutat)\w*|quando mi (?:arriva|date|pagate|chiamate|rispondete)|perché non mi|perche non mi|controlla(?:te|mi)?|verifica(?:te|mi)?|pratica (?:n\.?|numero)? ?\d|(?:perché|perche|come mai) (?:il mio|la mia|i miei|le mie) (?:isee|importo|tassa|tari|imu|bolletta|punteggio|posto|rata)|(?:in che|quale|qual è il mio) (?:seggio|sezione|graduatoria)|(?:sono|risulto) (?:iscritt\w+|registrat\w+|in graduatoria|in regola|ammess\w+)|ho (?:ancora )?(?:debiti|arretrati|pendenze|multe) da|il mio (?:seggio|punteggio|pin|conto)|puoi vedere|potete dirmi se|risulta a (?:mio|voi)|my (?:application|case|request|file)|have you received|mein antrag|ist mein\w*)\b/iu;

/** The question takes something for granted that the documents may not say. */
const PREMISE =
  /\b(?:visto che|dato che|siccome|ho (?:letto|sentito|saputo)|mi hanno detto|dicono che|è vero che|come mai|perché (?:avete|hanno|il comune|non si|bisogna|è obbligatori\w+)|da quando (?:è|hanno|avete)|ora che|adesso che|il nuovo|la nuova|l'obbligo di|since|is it true|i heard|stimmt es|da ja)\b/iu;

export interface Markers {
  otherBody: boolean;
  offTopic: boolean;
  personal: boolean;
  premise: boolean;
}

/** `held`: what the best passage says; a body or subject that they name themselves is no sign. */
export function markersIn(text: string, held: () => string): Markers {
  const named = [...(text.match(OTHER_BODY) ?? []), ...(text.match(NAMED_PLACE) ?? [])];
  const subject = OFF_TOPIC.exec(text)?.[0].toLowerCase();
  const said = named.length > 0 || subject !== undefined ? held().toLowerCase() : '';
  return {
    otherBody: named.some((name) => !said.includes(name.toLowerCase())),
    offTopic: subject !== undefined && !said.includes(subject),
    personal: PERSONAL.test(text),
    premise: PREMISE.test(text),
  };
}
