/** What is said to the form itself: yes, no, back, leave, later, a question in between. All languages at once; written so that doubt is no yes. */
import { foldedWords } from '../../../knowledge/languages/reading/folded.ts';
import { foldAccents } from '../../../knowledge/languages/reading/stem.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';
import { rememberingText } from '../../../knowledge/languages/reading/text.ts';

const list = (text: string) => new Set(text.split(' ').map(foldAccents));
/** "Si", "da" and "no" belong to several languages with the same meaning. */
const STRONG = list(
  'si sisi sine confermo conferma confermi confermato confermata confermiamo confermare certo certamente esatto esattamente giusto corretto perfetto procedi procedete procediamo yes yep yeah confirm confirmed correct sure exactly ja jawohl bestatige bestatigen stimmt richtig gerne oui confirme je confirmer exact parfait confirmar confirmo confirmado exacto claro correcto prenota prenotalo prenotate book buchen reserve reserver reservar da seveda potrjujem potrdi drzi sigur desigur confirm نعم أجل أكيد أؤكد صحيح 是 是的 对 确认 确定 так підтверджую звісно авжеж tak',
);
const WEAK = list(
  'ok okay okey oki bene benissimo va vabbe vabene d daccordo accordo apposto posto fine good gut gern vale bueno bien dale einverstanden dobro redu prav velja bine موافق حسنا تمام طيب 好 好的 可以 行 добре гаразд згода',
);
const FILLER = list(
  'grazie mille tante la ringrazio lo le li il l per favore pure tutto tutti cosi quello quella solo e ci mi dai allora dunque avanti andiamo vai facciamo appuntamento prenotazione che questo questa please thanks thank you it the do go ahead that is bitte danke das ist so der termin s il vous plait merci c est por gracias muchas es cita favor assolutamente prego anche v va rog multumesc hvala prosim شكرا من فضلك 谢谢 请 дякую будь ласка ora adesso signora signore bravo ottimo vorrei voglio perche no ecco ah eh esta right',
);
const NO =
  /^(?:no+|nono|non? va bene|sbagliato|e sbagliato|non e giusto|nope|wrong|nein|falsch|non merci|non|nu|ne(?= hvala|$))\b|^(?:لا|كلا|不|不是|不要|没有|否|ні)(?= |$)/;
const LEAVE = sieved(
  /\b(?:annull\w*(?: tutto| la prenotazione| l appuntamento)?|lascia(?:mo)? (?:stare|perdere)|lasci (?:stare|perdere)|lasciate (?:stare|perdere)|non mi serve piu|non (?:lo |la )?voglio piu|non mi interessa piu|rinuncio|ci rinuncio|niente da fare|fa niente|non fa niente|basta cosi|stop|esci|cancella(?: tutto)?|elimina tutto|ci ho ripensato|ho cambiato idea|non se ne fa (?:niente|nulla)|cancel|never ?mind|forget it|quit|abbrechen|vergiss es|lass es|doch nicht|laisse(?:z)? tomber|annule[rz]?|cancela(?:r)?|dejalo|olvidalo|renunt|anulea(?:za|za-l)|preklic\w*|odpovej|ne rabim vec)\b|(?:^| )(?:скасува\p{L}*|скасуи\p{L}*|відмін\p{L}*|إلغاء|الغاء|ألغ\p{L}*|الغ\p{L}{0,2}|取消|算了|不要了)(?= |$)/u,
);
const BARE_LEAVE = /^(?:basta|niente|no niente|no grazie|no,? niente grazie|nulla|no thanks|nein danke)$/;
const BACK = sieved(
  /\b(?:torn\w* (?:indietro|al passo)|indietro|passo (?:precedente|prima)|domanda (?:precedente|prima)|go back|previous|zuruck|vorherige|retour|revenir|atras|volver)\b/,
);
const LATER = sieved(
  /\b(?:(?:continu\w+|riprend\w+|finisc\w+|complet\w+|fini\w+) (?:dopo|piu tardi|domani|un altra volta)|salva(?:re|la|lo|mi|telo)?|metti(?:amo)? in pausa|ci vediamo dopo|save (?:it|this)|(?:continue|finish) later|spater (?:weiter|fertig)|speichern|plus tard|mas tarde)\b/,
);
const RESUME = sieved(
  /\b(?:riprend\w+|continu(?:a|o|iamo|are)|dove eravamo|resume|continue|weitermachen|fortsetzen|reprendre|reprenons|reanudar|seguir|seguimos|reanudar)\b/,
);
const ASKS =
  /^(?:(?:e|ma|ed|pero|scusi|scusa|scusate|senta|senti|una domanda|un attimo|aspetta|aspetti|prima|and|but|sorry|und|aber|entschuldigung|et|mais|pardon|y|pero|perdone) )*(?:siete (?:aperti|chiusi)|fate orario|quant[oaie]|cosa|che cosa|che (?:documenti|devo|serve|ci vuole|orari?)|quali?|come|dove|chi|perche|come mai|(?:cosa )?(?:devo|serve|servono|bisogna|occorre|ci vuole|posso portare)|what|how|where|why|who|which|do i (?:need|have)|was|wie|wo|warum|wer|welche\w*|brauche ich|muss ich|combien|quoi|comment|ou|pourquoi|qui|que(?:l|lle)s?|dois je|cuanto|como|donde|por que|quien|que)\b/;
/** "When are you open?": asked of the office, whatever day or hour it names. */
const HOURS = sieved(
  /\b(?:(?:siete|e|sono|state|restate|rimanete|sarete|resta(?:no)?|sara(?:nno)?) (?:\p{L}+ ){0,2}?(?:apert|chius)[oaie]|(?:apr|riapr|chiud|richiud)(?:e|ete|ono|ite)|orari[oi]? (?:fate|avete|osservate|fa|hanno|di (?:apertura|chiusura|sportello)|d apertura)|(?:are|is) (?:you|it|the \p{L}+) (?:\p{L}+ ){0,2}?(?:open|closed)|(?:do|does) (?:you|it|the \p{L}+) (?:open|close)|(?:off(?:net|nen)|schlie(?:ss|ß)t|schlie(?:ss|ß)en) (?:sie|ihr|das|der|die)|(?:sie|ihr|das \p{L}+|der \p{L}+) (?:\p{L}+ ){0,2}?(?:geoffnet|geschlossen)|(?:ouvrez|fermez)(?: vous)?|(?:etes|est) (?:vous|il|elle) (?:\p{L}+ ){0,2}?(?:ouvert|ferme)\w*|(?:abr|cierr)(?:en|e|is|ais)|estan? (?:\p{L}+ ){0,2}?(?:abiert|cerrad)[oa]s?)\b/u,
);
/** A request that is put as a question: "could you mend it?". */
const POLITE = sieved(
  /^(?:per favore |please |bitte )?(?:(?:mi |ci |lo |la )?(?:pot(?:ete|reste|resti)|puo(?:i)?|riuscite|potrebbe)|(?:can|could|would) you|konnen sie|konnten sie|pouvez vous|pourriez vous|pueden?|podrian?)\b/,
);
/** Questions that are the form's own: is there room, may I come. */
const ROOM = sieved(
  /\b(?:posso venire|potrei venire|venire|c e posto|ci sono posti|posti?|liber[oaie]|disponibil\w*|possibile|si puo fare|va bene|andrebbe|riusciamo|facciamo|appuntament\w*|orari liberi|available|free|possible|frei|moglich|libre|disponible|posible)\b/,
);
const ORDINALS: [RegExp, number][] = [
  [
    /^(?:(?:il|la|l|the|der|die|das|le|el|direi|prendo|scelgo|va bene|facciamo|ok|si) )*(?:prim[oa]|first(?: one)?|erste[rns]?|premiere?|primer[oa]?)(?: (?:che hai detto|che c e|che avete|che ha|orario|giorno|posto|libero|disponibile|va bene|grazie))*$/,
    0,
  ],
  [
    /^(?:(?:il|la|l|the|der|die|das|le|el|direi|prendo|scelgo|va bene|facciamo|ok|si) )*(?:second[oa]|second(?: one)?|zweite[rns]?|deuxieme|segund[oa])(?: (?:che c e|che avete|che ha|orario|giorno|posto|libero|disponibile|va bene|grazie))*$/,
    1,
  ],
  [
    /^(?:(?:il|la|l|the|der|die|das|le|el|direi|prendo|scelgo|va bene|facciamo|ok|si) )*(?:terz[oa]|third(?: one)?|dritte[rns]?|troisieme|tercer[oa]?)(?: (?:che c e|che avete|che ha|orario|giorno|posto|libero|disponibile|va bene|grazie))*$/,
    2,
  ],
  [
    /^(?:(?:il|la|l|the|der|die|das|le|el|direi|prendo|scelgo|va bene|facciamo|ok|si) )*(?:ultim[oa]|last(?: one)?|letzte[rns]?|derniere?)(?: (?:che c e|che avete|che ha|orario|giorno|posto|libero|disponibile|va bene|grazie))*$/,
    -1,
  ],
];

/** Lower case, no accents, no punctuation, single spaces. */
export const plain = rememberingText((text) => foldedWords(text, true).join(' '));

/** The same without question marks, the blanks around them as they are; several dialogs read it so, and mostly it is what `bare` gives. */
export const unasked = rememberingText((text) => plain(text).replaceAll('?', ''));

/** The same without question marks: what is asked and what is told in the same words. */
export const bare = rememberingText((text) => {
  const said = unasked(text);
  return said.includes('  ') ? said.replace(/ {2,}/g, ' ').trim() : said.trim();
});

export type Yes = 'strong' | 'weak' | null;

/** `strong` names the act or says yes; `weak` is "ok", "fine". Null when any word is none of these: doubt is no yes. `extra`: words of the form's own, `free`: words already understood as values. */
export function yesIn(text: string, extra?: RegExp, free?: RegExp): Yes {
  if (text.includes('?')) return null;
  let said = plain(text);
  if (NO.test(said)) return null;
  const own = extra?.test(said) ?? false;
  if (extra) said = said.replace(new RegExp(extra.source, `${extra.flags.replace('g', '')}g`), ' ');
  if (free) said = said.replace(new RegExp(free.source, `${free.flags.replace('g', '')}g`), ' ');
  const words = said.split(' ').filter(Boolean).map(unstretched);
  const strong = own || words.some((word) => STRONG.has(word));
  const weak = words.some((word) => WEAK.has(word));
  if (!strong && !weak) return null;
  if (words.some((word) => !STRONG.has(word) && !WEAK.has(word) && !FILLER.has(word))) return null;
  if (/\b(?:non|not|nicht|pas)\b/.test(said)) return null;
  return strong ? 'strong' : 'weak';
}

/** "Sii", "okk": a letter held down. */
const unstretched = (word: string): string => (STRONG.has(word) || WEAK.has(word) ? word : word.replace(/(.)\1+$/, '$1'));

export const saysNo = (text: string): boolean => NO.test(plain(text));

export function leaves(text: string, own?: RegExp): boolean {
  const said = plain(text);
  if (BARE_LEAVE.test(said)) return true;
  return LEAVE.test(own ? said.replace(new RegExp(own.source, 'g'), ' ') : said);
}

export const goesBack = (text: string): boolean => BACK.test(plain(text));
export const postpones = (text: string): boolean => LATER.test(plain(text)) && !text.includes('?');
export const resumes = (text: string): boolean => RESUME.test(plain(text));

/** `sure`: opens with a question word and does not ask for room; `maybe`: has a question mark. */
export const asks = (text: string): 'sure' | 'maybe' | null => asked(text).how;

/** Asked of a message by several dialogs. */
const asked = rememberingText((text) => ({ how: readAsked(text) }));

function readAsked(text: string): 'sure' | 'maybe' | null {
  const said = plain(text);
  if ((ASKS.test(unasked(text)) && !ROOM.test(said)) || asksHours(text)) return 'sure';
  return text.includes('?') ? 'maybe' : null;
}

/** A statement ("the gate is closed") asks nothing: without a question mark it must begin as a question does. */
const ASKED = sieved(
  /^(?:(?:e|ma|scusi|scusa|senta|buongiorno|salve|ciao|sapete|mi (?:sa|puo|potete) dire) )*(?:a che ora|che orari\w*|quando|fino a (?:che ora|quando)|da che ora|in che giorni|che giorni|quali (?:giorni|orari)|siete|aprite|chiudete|state|what time|when|are you|do you|is the|um wie viel|wann|haben sie|sind sie|a quelle heure|quand|etes|ouvrez|a que hora|cuando|estan|abren)\b/,
);

/** Asks when the office is open, and not whether there is room. */
export function asksHours(text: string): boolean {
  const said = plain(text);
  return HOURS.test(said) && (text.includes('?') || ASKED.test(said)) && !ROOM.test(said.replaceAll('orari', ''));
}

/** One question and nothing else: where any words will do, it is none of them. */
export const onlyAsks = (text: string): boolean => /^[^.!;?\n]+\?\s*$/.test(text.trim()) && !POLITE.test(plain(text));

/** Asks whether there is room, or whether one may come: a question that belongs to an appointment. */
export const asksForRoom = (text: string): boolean => ROOM.test(plain(text));

/** "The phone number is wrong", "change the day": something read back is to be said again. */
export const corrects = (text: string): boolean =>
  saysNo(text) ||
  /\b(?:sbagliat\w*|errat\w*|cambi\w+|corregg\w+|modific\w+|wrong|change|correct|falsch|andern|korrigier\w*|faux|fausse|changer|mal|incorrect\w*)\b/.test(
    plain(text),
  );

/** Courtesy, laughter, "all right, let's go on": nothing to take and nothing to complain about. */
export function acknowledges(text: string): boolean {
  const words = plain(text).split(' ').filter(Boolean);
  const courtesy =
    /^(?:ah+|a+h|eh+|oh+|ahah\w*|haha\w*|lol|capito|ho|capisco|grazie|chiaro|scusi|scusa|scusate|ops|buongiorno|ciao|salve|hello|hi|danke|merci|hmm*|mh+|beh|bo+h?|ecco|aspetta|aspetti|attimo|un|momento|subito|certo|prego|thanks)$/;
  return words.length > 0 && words.every((word) => STRONG.has(word) || WEAK.has(word) || FILLER.has(word) || courtesy.test(word));
}

/** "The second one" → the choice itself. */
export function chosen(text: string, offered: string[]): string {
  if (offered.length === 0) return text;
  const said = plain(text);
  for (const [pattern, index] of ORDINALS) if (pattern.test(said)) return offered.at(index) ?? text;
  return text;
}
