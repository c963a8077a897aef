/** Which of the office's services everyday words name: the services' own names and words are the data, with a small bridge from other languages. */
import { foldAccents } from '../../../knowledge/languages/reading/stem.ts';
import { createGenerations } from '../../../knowledge/languages/reading/generations.ts';
import { readingOf } from '../../../knowledge/languages/reading/read.ts';
import { plain } from '../../conversation/filling/control.ts';
import { sieved } from '../../../knowledge/languages/reading/sieve.ts';
import { BRIDGE } from './bridge.ts';

const italian = readingOf('it');
/** Say nothing of which service is meant. */
const EMPTY = new Set('ufficio sportello servizio servizi comune appuntamento prenotare pratica altro'.split(' '));

/** What has a name and other words for it: a service, a line. */
export interface Named {
  id: string;
  name: string;
  words: string[];
  /** What to bring. */
  bring?: string[];
}

interface Phrase {
  /** Numbers of its stems among all that the list's phrases hold. */
  stems: number[];
  weight: number;
}

/** What the words of a list's services say. */
interface Listed<T> {
  services: { service: T; phrases: Phrase[] }[];
  /** Numbers of the stems that a word says; null = it says nothing and takes no place. */
  hitsOf(word: string): readonly number[] | null;
}

/** A word alone that many services name as a thing to bring ("document") says less. */
const NAME = 3;
const BROUGHT = 4;
/** "Certificate of residence": the word that governs the other one counts more. */
const HEAD = 6;
/** Kept, since messages repeat their words: stemming one and comparing it with every phrase costs most. */
const WORDS_KEPT = 2_000;
const NONE: readonly number[] = [];
const NUMBERED = /\d/;
const NUMBER = /^\d+$/;
const known = new WeakMap<Named[], Listed<Named>>();

/** The best-named services: one when the words are clear, several when they fit alike, none when nothing fits. Cost: words, and phrases where a word is theirs. */
export function namedServices<T extends Named>(text: string, services: T[]): T[] {
  const listed = listedOf(services);
  /** By number of a stem: where it is said first. */
  let places: Map<number, number> | null = null;
  let place = 0;
  for (const word of wordsOf(text)) {
    const hits = listed.hitsOf(word);
    if (hits === null) continue;
    for (const stem of hits) {
      places ??= new Map();
      if (!places.has(stem)) places.set(stem, place);
    }
    place++;
  }
  return places === null ? [] : bestOf(listed, places);
}

function areSaid(stems: readonly number[], said: ReadonlyMap<number, number>): boolean {
  for (let at = 0; at < stems.length; at++) if (!said.has(stems[at] as number)) return false;
  return true;
}

function bestOf<T>({ services }: Listed<T>, said: ReadonlyMap<number, number>): T[] {
  const matches: { service: T; score: number; last: number; first: number }[] = [];
  for (const { service, phrases } of services) {
    for (const { stems, weight } of phrases) {
      if (!areSaid(stems, said)) continue;
      const places = stems.map((stem) => said.get(stem) as number);
      matches.push({ service, score: weight, last: Math.max(...places), first: Math.min(...places) });
    }
  }
  for (const match of matches)
    if (matches.some((other) => other.service !== match.service && other.first === match.last + 1)) match.score += HEAD;
  const best = Math.max(0, ...matches.map(({ score }) => score));
  return [...new Set(matches.filter(({ score }) => score === best).map(({ service }) => service))];
}

function listedOf<T extends Named>(services: T[]): Listed<T> {
  const made = known.get(services) as Listed<T> | undefined;
  if (made) return made;
  const brought = new Set(services.flatMap(({ bring = [] }) => bring.flatMap(stemsOf)));
  const wanted: string[] = [];
  const numberOf = (stem: string): number => (wanted.includes(stem) ? wanted.indexOf(stem) : wanted.push(stem) - 1);
  const all = services.map((service) => ({
    service,
    phrases: [service.name, ...service.words].flatMap((words, index): Phrase[] => {
      const stems = stemsOf(words);
      if (stems.length === 0) return [];
      const faint = index > 0 && stems.length === 1 && brought.has(stems[0] ?? '');
      return [{ stems: stems.map(numberOf), weight: stems.length * 10 + (index === 0 ? NAME : 0) - (faint ? BROUGHT : 0) }];
    }),
  }));
  const listed = { services: all, hitsOf: hitsIn(wanted) };
  known.set(services, listed);
  return listed;
}

function hitsIn(wanted: readonly string[]): Listed<unknown>['hitsOf'] {
  const kept = createGenerations<readonly number[] | 'nothing'>(WORDS_KEPT);
  const anyNumbered = wanted.some((one) => NUMBERED.test(one));
  const read = (word: string): readonly number[] | 'nothing' => {
    if (!says(word)) return 'nothing';
    // A number is its own stem, begins with no letter and comes once.
    if (!anyNumbered && NUMBER.test(word)) return NONE;
    const stem = italian.stem(word);
    const rest = GLUED.test(stem) ? stem.slice(1) : null;
    const hits: number[] = [];
    for (const [number, one] of wanted.entries()) if (same(one, stem) || (rest !== null && same(one, rest))) hits.push(number);
    return hits.length === 0 ? NONE : hits;
  };
  return (word) => {
    let hits = kept.get(word);
    if (hits === undefined) {
      hits = read(word);
      // Numbers come once each.
      if (!NUMBERED.test(word)) kept.set(word, hits);
    }
    return hits === 'nothing' ? null : hits;
  };
}

const says = (word: string): boolean => !italian.stopWords.has(word) && !EMPTY.has(word) && word.length > 1;

/** Of words in Italian: a service's own. */
function stemsOf(text: string): string[] {
  return (foldAccents(text.toLowerCase()).match(WORDS) ?? []).filter(says).map((word) => italian.stem(word));
}

const WORDS = /[\p{L}\p{N}]+/gu;
const BLANK = 0x20;
const QUESTION_MARK = 0x3f;

/** Folded words of a message, those of other languages as the Italian ones. */
function wordsOf(text: string): string[] {
  const said = plain(text);
  // Whatever is foreign in the text as it was written is so in its plain words too, which most readers look at.
  if (ANY_FOREIGN.test(said)) return inItalian(text).match(WORDS) ?? [];
  const words: string[] = [];
  let from = 0;
  for (let at = 0; at <= said.length; at++) {
    const code = at < said.length ? said.charCodeAt(at) : BLANK;
    if (code !== BLANK && code !== QUESTION_MARK) continue;
    if (at > from) words.push(said.slice(from, at));
    from = at + 1;
  }
  return words;
}

/** "Didentità": the apostrophe left out. */
const GLUED = /^[dl][aeiou]\w{4}/;

/** One slip of the finger in a longer word. */
function same(a: string, b: string): boolean {
  if (a === b) return true;
  if (a[0] !== b[0] || a.length < 5 || Math.abs(a.length - b.length) > 1) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  const [x, y] = [a.slice(i), b.slice(i)];
  return x.slice(1) === y.slice(1) || x.slice(1) === y || x === y.slice(1) || (x[0] === y[1] && x[1] === y[0] && x.slice(2) === y.slice(2));
}

const ANY_FOREIGN = sieved(new RegExp(BRIDGE.map(([foreign]) => foreign.source).join('|')));

function inItalian(text: string): string {
  let out = foldAccents(text.toLowerCase());
  for (const [foreign, word] of BRIDGE) out = out.replace(foreign, ` ${word} `);
  return out;
}
