/** How easy a text is to read: Gulpease, long sentences, words of the office and what to say instead. Our own list, from general knowledge of plain Italian. */

export interface Phrase {
  said: string;
  instead: string;
  /** Where in the text it begins. */
  at: number;
}

/** Below this a page is worth rewriting; below the other it is hard for people with a lower secondary education, and no publication makes it so. */
export const WORTH_REWRITING = 50;
export const READABLE = 40;

/** Beginning of what is said → what to say. `~` stands for any ending. */
const OFFICE_WORDS: [string, string][] = [
  ['nelle more d~', 'mentre si aspetta'],
  ['ad uopo', 'per questo'],
  ['all’uopo', 'per questo'],
  ['espletar~', 'fare'],
  ['espletament~', 'svolgimento, oppure il verbo «fare»'],
  ['istanz~', 'domanda'],
  ['inoltrar~ istanza', 'fare domanda'],
  ['procedere all’annullamento', 'annullare'],
  ['procedere al pagamento', 'pagare'],
  ['effettuare il pagamento', 'pagare'],
  ['effettuare la registrazione', 'registrarsi'],
  ['presentare richiesta', 'chiedere'],
  ['ai sensi e per gli effetti', 'secondo'],
  ['ai sensi d~', 'secondo'],
  ['a seguito d~', 'dopo'],
  ['al fine d~', 'per'],
  ['in ordine a~', 'su'],
  ['in merito a~', 'su'],
  ['in riferimento a~', 'su'],
  ['in ottemperanza a~', 'come dice'],
  ['in conformità a~', 'secondo'],
  ['per il tramite d~', 'con, attraverso'],
  ['per quanto concerne', 'per'],
  ['per quanto attiene', 'per'],
  ['a far data da~', 'dal'],
  ['a decorrere da~', 'dal'],
  ['entro e non oltre', 'entro'],
  ['è fatto obbligo', 'si deve'],
  ['è fatto divieto', 'è vietato'],
  ['è facoltà d~', 'può'],
  ['fatto salvo', 'tranne'],
  ['fatti salvi', 'tranne'],
  ['mediante', 'con'],
  ['tramite', 'con'],
  ['previa presentazione', 'dopo aver presentato'],
  ['previo appuntamento', 'su appuntamento'],
  ['apposito modulo', 'modulo'],
  ['apposita domanda', 'domanda'],
  ['suddett~', 'questo'],
  ['sopracitat~', 'questo'],
  ['succitat~', 'questo'],
  ['predett~', 'questo'],
  ['di cui sopra', 'scritto prima'],
  ['di cui all’', 'dell’'],
  ['di cui al', 'del'],
  ['qualora', 'se'],
  ['laddove', 'se, dove'],
  ['altresì', 'anche'],
  ['nonché', 'e'],
  ['ovvero', 'oppure, cioè'],
  ['ove', 'se, dove'],
  ['onde', 'per'],
  ['pertanto', 'quindi'],
  ['medesim~', 'stesso'],
  ['corresponsion~', 'pagamento'],
  ['corrispondere la somma', 'pagare'],
  ['ammontar~ a', 'essere di'],
  ['oblazion~', 'pagamento'],
  ['esibir~', 'mostrare'],
  ['recarsi', 'andare'],
  ['ubicat~', 'che si trova'],
  ['domiciliat~ presso', 'che abita da'],
  ['coniug~', 'marito o moglie'],
  ['germani', 'fratelli e sorelle'],
  ['nominativ~', 'nome'],
  ['generalità', 'nome e cognome'],
  ['decedut~', 'morto'],
  ['nubendi', 'chi si sposa'],
  ['utenza', 'persone'],
  ['fruitor~', 'chi usa'],
  ['fruire', 'usare'],
  ['usufruire', 'usare'],
  ['beneficiar~', 'avere'],
  ['erogazion~', 'servizio, pagamento'],
  ['attestant~', 'che prova'],
  ['comprovant~', 'che prova'],
  ['vigent~', 'in vigore'],
  ['reperibil~', 'che si trova'],
  ['reperire', 'trovare'],
  ['pervenire', 'arrivare'],
  ['trasmettere', 'mandare'],
  ['trasmission~', 'invio'],
  ['ottemperar~', 'rispettare'],
  ['adempimento', 'cosa da fare'],
  ['adempimenti', 'cose da fare'],
  ['diniego', 'rifiuto'],
  ['rigett~', 'rifiuto'],
  ['obliterar~', 'timbrare'],
  ['ivi', 'lì'],
  ['quivi', 'lì'],
  ['codest~', 'questo'],
  ['giusta delibera', 'secondo la delibera'],
  ['in essere', 'in corso'],
  ['porre in essere', 'fare'],
  ['provvedere a', 'fare'],
  ['la scrivente amministrazione', 'il Comune'],
];

const PATTERNS = OFFICE_WORDS.map(([said, instead]) => {
  const source = said.replace(/[’']/g, "['’]").replace(/ /g, '\\s+').replace(/~/g, '\\p{L}*');
  return { pattern: new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'giu'), instead };
});

/** Every phrase of the office in the text, in order. O(text × list). */
export function officePhrases(text: string): Phrase[] {
  const found = PATTERNS.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map((match) => ({ said: match[0], instead, at: match.index })),
  );
  found.sort((a, b) => a.at - b.at || b.said.length - a.said.length);
  return found.filter((phrase, i) => i === 0 || phrase.at >= (found[i - 1] as Phrase).at + (found[i - 1] as Phrase).said.length);
}

/** 89 + (300 × sentences − 10 × letters) ÷ words, 0–100, higher is easier (Lucisano and Piemontese, 1988). 0 without words. */
export function gulpease(text: string): number {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0) return 0;
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const sentences = Math.max(1, sentencesOf(text).length);
  return Math.round(Math.max(0, Math.min(100, 89 + (300 * sentences - 10 * letters) / words.length)));
}

/** The text of a version without its headings, which would count as very short sentences. */
export function proseOf({ text, passages }: { text: string; passages: { start: number; end: number }[] }): string {
  return passages.map(({ start, end }) => text.slice(start, end)).join('\n');
}

/** Sentences of more than `most` words. */
export function longSentences(text: string, most = 25): string[] {
  return sentencesOf(text).filter((sentence) => (sentence.match(/[\p{L}\p{N}]+/gu) ?? []).length > most);
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?;:])\s+|\n+/).filter((piece) => /\p{L}/u.test(piece));
}
