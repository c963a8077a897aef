/** What a question is about, apart from what it asks of it: "quanto costa la carta d'identità" is about carta, identità. */
import { stemOf, wordsOf } from '../indexes/analyzer.ts';
import { createGenerations } from '../languages/reading/generations.ts';
import { readingOf } from '../languages/reading/read.ts';
import { remembering } from '../languages/reading/remembering.ts';
import { rememberingText } from '../languages/reading/text.ts';
import { isNumber } from '../lexicon/match.ts';
import type { Topic } from './question.ts';
import { BEGINNING, beginningOf, numberKnown, wordNumbers } from './word-numbers.ts';

/** Words that ask or help along in five languages; they name no topic. */
const HELPING =
  /^(?:cost\p{L}*|pag(?:o|a|are|hi|ano|hiamo|ato|amento)|prezz\p{L}*|tariff\p{L}*|import[oi]|quant\p{L}*|spend\p{L}*|soldi|euro|gratis|orari\p{L}*|apert\p{L}*|apr[eo]\p{L}*|chiu\p{L}*|quand\p{L}*|scad\p{L}*|termin\p{L}*|entro|giorn[oi]|mes[ei]|ann[oi]|temp[oi]|or[ae]|serv(?:e|ono|iva|irebbe)|document[oi]|bisogn\p{L}*|port(?:o|are)|far[eò]?|(?:far|aver|dar)(?:lo|la|li|le|ne)|fatt[oai]|fann?o?|facci\p{L}*|dev\p{L}*|dobb\p{L}*|poss\p{L}*|puo|può|vogl\p{L}*|vorr\p{L}*|chied\p{L}*|richied\p{L}*|otten\p{L}*|dove|sapere|info\p{L}*|dire|dimmi|grazie|ciao|salve|buongiorno|danno|dann\p{L}*|mio|mia|cosa|come|funzion\p{L}*|pass[ao]|passano|trov\p{L}*|numero|telefono|mail|email|indirizzo|avviene|avere|mett(?:e|ono|ete|iamo)|vuol\p{L}*|vogliono|impieg(?:a|ano|ate)|succed\p{L}*|how|much|many|does|cost|costs|price|fees?|when|where|what|which|need|have|get|open\p{L}*|clos\p{L}*|hours?|time|documents?|long|pay|due|kost\p{L}*|viel|wann|wie|wo|brauch\p{L}*|unterlagen|gebühr\p{L}*|öffn\p{L}*|muss|kann|bekomm\p{L}*|combien|coût\p{L}*|quand|faut|horaires?|documents|payer|cuánto|cuesta\p{L}*|cuándo|dónde|necesito|horario|pagar)$/iu;

/** For whom, and the act of asking for it: "come iscrivo mio figlio al nido" is about the nursery. */
const FAINT =
  /^(?:figli[oaei]?|bambin[oaei]|bimb[oaei]|marito|moglie|compagn[oa]|mamma|madre|papà|padre|nonn[oaie]|genitor[ei]|sorella|fratello|iscriv(?:o|ere|iamo|ermi|erlo|erla)|prenot(?:o|are|iamo|armi)|present(?:o|are|iamo)|ritir(?:o|are|iamo)|compil(?:o|are|iamo)|scaric(?:o|are)|invi(?:o|are)|mand(?:o|are)|us(?:o|are)|prend(?:o|ere|iamo)|son|daughter|child(?:ren)?|kids?|husband|wife|mother|father|sohn|tochter|kind(?:er)?|mann|frau|mutter|vater|fils|fille|enfants?|mari|femme|hij[oa]s?|niñ[oa]s?|marido|esposa)$/iu;
const FAINT_WEIGHT = 0.4;

/** A word as it is met in questions of one language: looked up once in each, for all who read it. */
export interface MetWord {
  readonly text: string;
  /** Null = it says nothing by itself. */
  readonly stem: string | null;
  /** Whether it names a topic. */
  readonly names: boolean;
  /** Of its stem among the words that passages hold, below 0 while none holds it; as it was when so many words had a number. */
  number: number;
  numbered: number;
  /** What it weighs in a topic, and for whom. */
  weighed: TopicWord | null;
  weighedFor: TopicParts['mark'] | null;
}

export type TopicWord = Topic['words'][number];

/** With what they weigh some kilobyte each. */
const WORDS_KEPT = 2_500;
const NINE = 57;

function meetIn(lang: string): (word: string) => MetWord {
  const { get, set } = createGenerations<MetWord>(WORDS_KEPT);
  const reading = readingOf(lang);
  const { stopWords } = reading;
  const meet = (text: string, names: boolean): MetWord => ({
    text,
    stem: stemOf(text, reading),
    names,
    number: -1,
    numbered: 0,
    weighed: null,
    weighedFor: null,
  });
  return (word) => {
    // Numbers ask nothing and help nothing, and are too many to keep.
    if (word.charCodeAt(0) <= NINE) return meet(word, !stopWords.has(word));
    let met = get(word);
    if (met === undefined) {
      met = meet(word, !stopWords.has(word) && !HELPING.test(word) && (word.length > 2 || /\d/.test(word)));
      set(word, met);
    }
    return met;
  };
}

interface LanguageReaders {
  met: (text: string) => readonly MetWord[];
  topics: (text: string) => readonly string[];
}

/** What was asked in the last turns of the conversations in hand is read again with each question. */
const TEXTS_KEPT = 2_000;
const readers = new Map<string, LanguageReaders>();

function readersIn(lang: string): LanguageReaders {
  let known = readers.get(lang);
  if (known === undefined) {
    const meet = meetIn(lang);
    const met = rememberingText((text: string): readonly MetWord[] => wordsOf(text).map(meet));
    const topics = remembering((text) => met(text).flatMap(({ names, text }) => (names ? [text] : NO_WORDS)), TEXTS_KEPT);
    known = { met, topics };
    readers.set(lang, known);
  }
  return known;
}

const NO_WORDS: readonly string[] = [];

/** All words of a text, in order. */
export function metWords(text: string, lang: string): readonly MetWord[] {
  return readersIn(lang).met(text);
}

/** Number of a word's stem among the words that passages hold; below 0 when none that was read holds it. */
export function numberOfStem(word: MetWord): number {
  const numbers = wordNumbers();
  if (word.number < 0 && word.numbered !== numbers) {
    word.number = word.stem === null ? -1 : (numberKnown(word.stem) ?? -1);
    word.numbered = numbers;
  }
  return word.number;
}

/** Words of a text that name a topic, in order. */
export function topicWords(text: string, lang: string): readonly string[] {
  return readersIn(lang).topics(text);
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
  /** Theirs alone, so that a word knows whom it was weighed for without holding on to them. */
  mark: object;
}

/** The topic words of a text, each weighed once for the same parts. O(words). */
export function topicOf(text: string, parts: TopicParts): TopicWord[] {
  const { mark } = parts;
  const weighed: TopicWord[] = [];
  for (const word of metWords(text, parts.languages[0] as string)) {
    if (!word.names) continue;
    if (word.weighed === null || word.weighedFor !== mark) {
      word.weighed = topicWord(word.text, parts);
      word.weighedFor = mark;
    }
    weighed.push(word.weighed);
  }
  return weighed;
}

/** One topic word, weighed. It depends on nothing but the word while the collection stays as it is. */
export function topicWord(text: string, { languages, rarity, rarest, cousins }: Omit<TopicParts, 'mark'>): TopicWord {
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
    // It is its own stem in all of them.
    if (isNumber(text)) break;
  }
  const weight = (FAINT.test(text) ? FAINT_WEIGHT : 1) * (most ?? UNKNOWN * rarest);
  return { text, stems, near, cousins: cousins(text), weight };
}
