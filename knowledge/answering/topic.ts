/** What a question is about, apart from what it asks of it: "quanto costa la carta d'identità" is about carta, identità. */
import { stemOf, wordsOf } from '../indexes/analyzer.ts';
import { readingOf } from '../languages/reading/read.ts';
import type { Topic, UnderstoodQuestion } from './question.ts';

/** Words that ask or help along in five languages; they name no topic. */
const HELPING =
  /^(?:cost\p{L}*|pag(?:o|a|are|hi|ano|hiamo|ato|amento)|prezz\p{L}*|tariff\p{L}*|import[oi]|quant\p{L}*|spend\p{L}*|soldi|euro|gratis|orari\p{L}*|apert\p{L}*|apr[eo]\p{L}*|chiu\p{L}*|quand\p{L}*|scad\p{L}*|termin\p{L}*|entro|giorn[oi]|mes[ei]|ann[oi]|temp[oi]|or[ae]|serv(?:e|ono|iva|irebbe)|document[oi]|bisogn\p{L}*|port(?:o|are)|far[eò]?|fatt[oai]|fann?o?|facci\p{L}*|dev\p{L}*|dobb\p{L}*|poss\p{L}*|puo|può|vogl\p{L}*|vorr\p{L}*|chied\p{L}*|richied\p{L}*|otten\p{L}*|dove|sapere|info\p{L}*|dire|dimmi|grazie|ciao|salve|buongiorno|danno|dann\p{L}*|mio|mia|cosa|come|funzion\p{L}*|pass[ao]|passano|trov\p{L}*|numero|telefono|mail|email|indirizzo|avviene|avere|how|much|many|does|cost|costs|price|fees?|when|where|what|which|need|have|get|open\p{L}*|clos\p{L}*|hours?|time|documents?|long|pay|due|kost\p{L}*|viel|wann|wie|wo|brauch\p{L}*|unterlagen|gebühr\p{L}*|öffn\p{L}*|muss|kann|bekomm\p{L}*|combien|coût\p{L}*|quand|faut|horaires?|documents|payer|cuánto|cuesta\p{L}*|cuándo|dónde|necesito|horario|pagar)$/iu;

/** Words of a text that name a topic, in order. */
export function topicWords(text: string, lang: string): string[] {
  const reading = readingOf(lang);
  return wordsOf(text).filter((word) => !reading.stopWords.has(word) && !HELPING.test(word) && (word.length > 2 || /\d/.test(word)));
}

/** Their stems in one language, numbers left out. */
export function topicStems(text: string, lang: string): Set<string> {
  const reading = readingOf(lang);
  return new Set(topicWords(text, lang).flatMap((word) => (/\d/.test(word) ? [] : (stemOf(word, reading) ?? []))));
}

/** A word that no passage holds may be a slip or a name that matters: it weighs less than the rarest known one. */
const UNKNOWN = 0.7;

/** Stems of words that mean the same, from the lexicon. */
export type Cousins = (word: string) => string[];

/** `rarity`: inverse document frequency of a stem in the collection, or null for one it does not hold; `rarest`: the highest there is. */
export function topicOf(
  question: UnderstoodQuestion,
  languages: string[],
  rarity: (stem: string) => number | null,
  rarest: number,
  cousins: Cousins = () => [],
): Topic {
  const readings = [...new Set([question.lang, ...languages])].map(readingOf);
  const words: Topic['words'] = [];
  for (const text of topicWords(question.standalone, question.lang)) {
    const stems = [...new Set(readings.map((reading) => stemOf(text, reading)).filter((stem) => stem !== null))];
    const known = stems.map(rarity).filter((value) => value !== null);
    words.push({
      text,
      stems,
      near: stems.filter((stem) => stem.length >= BEGINNING).map(beginningOf),
      cousins: cousins(text),
      weight: known.length > 0 ? Math.max(...known) : UNKNOWN * rarest,
    });
  }
  return { words };
}

/** Words to be looked for: stems, and for the longer ones their beginnings, marked so that no stem is one. */
export type Holder = ReadonlySet<string>;

/** Stems that share this many first letters are cousins. */
const BEGINNING = 6;

export function holderOf(stems: string[]): Holder {
  const held = new Set(stems);
  for (const stem of stems) if (stem.length >= BEGINNING) held.add(beginningOf(stem));
  return held;
}

function beginningOf(stem: string): string {
  return `^${stem.slice(0, BEGINNING)}`;
}

/** A word that means the same. */
const SAME = 0.8;
/** A word that begins alike. */
const COUSIN = 0.5;

/** How each topic word stands among some words: 1 held, .8 another that means the same is, .5 a cousin is, 0 not. */
export type Held = number[];

export function heldOf(topic: Topic, holder: Holder): Held {
  const sought = soughtBy(topic);
  const held: Held = new Array(topic.words.length).fill(0);
  for (const stem of holder) {
    for (let one = sought.get(stem); one; one = one.next) if (one.worth > (held[one.word] as number)) held[one.word] = one.worth;
  }
  return held;
}

/** A stem may stand for several words of a topic. */
interface Sought {
  word: number;
  worth: number;
  next: Sought | undefined;
}

const soughtByTopic = new WeakMap<Topic, Map<string, Sought>>();

/** Every stem that stands for a word of the topic: many pieces are held against one topic. */
function soughtBy(topic: Topic): Map<string, Sought> {
  const known = soughtByTopic.get(topic);
  if (known) return known;
  const sought = new Map<string, Sought>();
  const seek = (keys: string[], word: number, worth: number) => {
    for (const key of keys) sought.set(key, { word, worth, next: sought.get(key) });
  };
  for (const [word, { stems, near, cousins }] of topic.words.entries()) {
    seek(stems, word, 1);
    seek(cousins, word, SAME);
    seek(near, word, COUSIN);
  }
  soughtByTopic.set(topic, sought);
  return sought;
}

/** Weighted share of the topic's words that are held in the one or the other; 0 when the question names no topic. */
export function shareOf(topic: Topic, held: Held, other?: Held): number {
  let all = 0;
  let found = 0;
  for (let i = 0; i < held.length; i++) {
    const { weight } = topic.words[i] as Topic['words'][number];
    all += weight;
    found += weight * Math.max(held[i] as number, other?.[i] ?? 0);
  }
  return all === 0 ? 0 : found / all;
}
