/** What a question is about, apart from what it asks of it: "quanto costa la carta d'identità" is about carta, identità. */
import { stemOf, wordsOf } from '../indexes/analyzer.ts';
import { readingOf } from '../languages/reading/read.ts';
import { remembering } from '../languages/reading/remembering.ts';
import { latinWords, rememberingWord } from '../languages/reading/words.ts';
import type { Topic } from './question.ts';
import { BEGINNING, beginningOf } from './word-numbers.ts';

/** Words that ask or help along in five languages; they name no topic. */
const HELPING =
  /^(?:cost\p{L}*|pag(?:o|a|are|hi|ano|hiamo|ato|amento)|prezz\p{L}*|tariff\p{L}*|import[oi]|quant\p{L}*|spend\p{L}*|soldi|euro|gratis|orari\p{L}*|apert\p{L}*|apr[eo]\p{L}*|chiu\p{L}*|quand\p{L}*|scad\p{L}*|termin\p{L}*|entro|giorn[oi]|mes[ei]|ann[oi]|temp[oi]|or[ae]|serv(?:e|ono|iva|irebbe)|document[oi]|bisogn\p{L}*|port(?:o|are)|far[eò]?|(?:far|aver|dar)(?:lo|la|li|le|ne)|fatt[oai]|fann?o?|facci\p{L}*|dev\p{L}*|dobb\p{L}*|poss\p{L}*|puo|può|vogl\p{L}*|vorr\p{L}*|chied\p{L}*|richied\p{L}*|otten\p{L}*|dove|sapere|info\p{L}*|dire|dimmi|grazie|ciao|salve|buongiorno|danno|dann\p{L}*|mio|mia|cosa|come|funzion\p{L}*|pass[ao]|passano|trov\p{L}*|numero|telefono|mail|email|indirizzo|avviene|avere|mett(?:e|ono|ete|iamo)|vuol\p{L}*|vogliono|impieg(?:a|ano|ate)|succed\p{L}*|how|much|many|does|cost|costs|price|fees?|when|where|what|which|need|have|get|open\p{L}*|clos\p{L}*|hours?|time|documents?|long|pay|due|kost\p{L}*|viel|wann|wie|wo|brauch\p{L}*|unterlagen|gebühr\p{L}*|öffn\p{L}*|muss|kann|bekomm\p{L}*|combien|coût\p{L}*|quand|faut|horaires?|documents|payer|cuánto|cuesta\p{L}*|cuándo|dónde|necesito|horario|pagar)$/iu;

/** For whom, and the act of asking for it: "come iscrivo mio figlio al nido" is about the nursery. */
const FAINT =
  /^(?:figli[oaei]?|bambin[oaei]|bimb[oaei]|marito|moglie|compagn[oa]|mamma|madre|papà|padre|nonn[oaie]|genitor[ei]|sorella|fratello|iscriv(?:o|ere|iamo|ermi|erlo|erla)|prenot(?:o|are|iamo|armi)|present(?:o|are|iamo)|ritir(?:o|are|iamo)|compil(?:o|are|iamo)|scaric(?:o|are)|invi(?:o|are)|mand(?:o|are)|us(?:o|are)|prend(?:o|ere|iamo)|son|daughter|child(?:ren)?|kids?|husband|wife|mother|father|sohn|tochter|kind(?:er)?|mann|frau|mutter|vater|fils|fille|enfants?|mari|femme|hij[oa]s?|niñ[oa]s?|marido|esposa)$/iu;
const FAINT_WEIGHT = 0.4;

const NINE = 57;

/** Whether a word names a topic. */
function namingIn(lang: string): (word: string) => boolean {
  const { stopWords } = readingOf(lang);
  // Numbers ask nothing and help nothing.
  return (word) => !stopWords.has(word) && (word.charCodeAt(0) <= NINE || (!HELPING.test(word) && (word.length > 2 || /\d/.test(word))));
}

/** What was asked in the last turns of the conversations in hand is read again with each question. */
const TEXTS_KEPT = 2_000;
const readers = new Map<string, (text: string) => readonly string[]>();

/** Words of a text that name a topic, in order. */
export function topicWords(text: string, lang: string): readonly string[] {
  let read = readers.get(lang);
  if (!read) {
    const names = namingIn(lang);
    // Kept, since questions repeat their words and the pattern is long.
    const named = rememberingWord(({ text }) => names(text));
    read = remembering(
      (said) =>
        latinWords(said)
          ?.filter(named)
          .map((word) => word.text) ?? wordsOf(said).filter(names),
      TEXTS_KEPT,
    );
    readers.set(lang, read);
  }
  return read(text);
}

/** Their stems in one language, numbers left out. */
export function topicStems(text: string, lang: string): Set<string> {
  const reading = readingOf(lang);
  return new Set(topicWords(text, lang).flatMap((word) => (/\d/.test(word) ? [] : (stemOf(word, reading) ?? []))));
}

/** A word that no passage holds may be a slip or a name that matters: it weighs less than the rarest known one. */
const UNKNOWN = 0.7;

export interface TopicParts {
  /** Language of the question, then those of the collection. */
  languages: string[];
  /** Inverse document frequency of a stem in the collection, or null for one it does not hold. */
  rarity(stem: string): number | null;
  /** The highest there is. */
  rarest: number;
  /** Stems of words that mean the same, from the lexicon. */
  cousins(word: string): string[];
}

/** One topic word, weighed. It depends on nothing but the word while the collection stays as it is. */
export function topicWord(text: string, { languages, rarity, rarest, cousins }: TopicParts): Topic['words'][number] {
  const stems: string[] = [];
  const near: string[] = [];
  let most: number | null = null;
  for (const language of languages) {
    const stem = stemOf(text, readingOf(language));
    if (stem === null || stems.includes(stem)) continue;
    stems.push(stem);
    if (stem.length >= BEGINNING) near.push(beginningOf(stem));
    const known = rarity(stem);
    if (known !== null && (most === null || known > most)) most = known;
  }
  const weight = (FAINT.test(text) ? FAINT_WEIGHT : 1) * (most ?? UNKNOWN * rarest);
  return { text, stems, near, cousins: cousins(text), weight };
}
