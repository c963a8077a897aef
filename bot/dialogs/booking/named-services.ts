/** Which of the office's services everyday words name: the services' own names and words are the data, with a small bridge from other languages. */
import { foldAccents } from '../../../knowledge/languages/reading/stem.ts';
import { createGenerations } from '../../../knowledge/languages/reading/generations.ts';
import { readingOf } from '../../../knowledge/languages/reading/read.ts';
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
  stems: string[];
  /** Their first letters: `same` allows a slip in none of them. */
  letters: number;
  weight: number;
}
/** A word alone that many services name as a thing to bring ("document") says less. */
const NAME = 3;
const BROUGHT = 4;
/** "Certificate of residence": the word that governs the other one counts more. */
const HEAD = 6;
const known = new WeakMap<Named[], { service: Named; phrases: Phrase[] }[]>();

/** The best-named services: one when the words are clear, several when they fit alike, none when nothing fits. Cost: words × phrases. */
export function namedServices<T extends Named>(text: string, services: T[]): T[] {
  const said = stemsOf(inItalian(text)).map((stem): SaidWord => ({ stem, rest: GLUED.test(stem) ? stem.slice(1) : null }));
  let begun = 0;
  for (const { stem, rest } of said) begun |= letterOf(stem, 0) | (rest === null ? 0 : letterOf(rest, 0));
  const matches: { service: T; score: number; last: number; first: number }[] = [];
  for (const { service, phrases } of phrasesOf(services)) {
    for (const { stems, letters, weight } of phrases) {
      // Most phrases begin with letters that no word does.
      if ((letters & ~begun) !== 0) continue;
      const places = placesIn(said, stems);
      if (places) matches.push({ service, score: weight, last: Math.max(...places), first: Math.min(...places) });
    }
  }
  for (const match of matches)
    if (matches.some((other) => other.service !== match.service && other.first === match.last + 1)) match.score += HEAD;
  const best = Math.max(0, ...matches.map(({ score }) => score));
  return [...new Set(matches.filter(({ score }) => score === best).map(({ service }) => service))];
}

/** A bit of 32 for a letter; letters may share one. */
const letterOf = (word: string, at: number): number => 1 << (word.charCodeAt(at) & 31);

interface SaidWord {
  stem: string;
  /** Without the article that an apostrophe left out has glued to it; null = none has. */
  rest: string | null;
}

/** Where each stem of a phrase is said; null as soon as one is not, which is the rule. */
function placesIn(said: readonly SaidWord[], stems: readonly string[]): number[] | null {
  let places: number[] | null = null;
  for (const wanted of stems) {
    const place = said.findIndex(({ stem, rest }) => same(wanted, stem) || (rest !== null && same(wanted, rest)));
    if (place < 0) return null;
    if (places === null) places = [place];
    else places.push(place);
  }
  return places;
}

function phrasesOf<T extends Named>(services: T[]): { service: T; phrases: Phrase[] }[] {
  const made = known.get(services) as { service: T; phrases: Phrase[] }[] | undefined;
  if (made) return made;
  const brought = new Set(services.flatMap(({ bring = [] }) => bring.flatMap(stemsOf)));
  const all = services.map((service) => ({
    service,
    phrases: [service.name, ...service.words].flatMap((words, index): Phrase[] => {
      const stems = stemsOf(words);
      if (stems.length === 0) return [];
      const faint = index > 0 && stems.length === 1 && brought.has(stems[0] ?? '');
      return [
        {
          stems,
          letters: stems.reduce((all, stem) => all | letterOf(stem, 0), 0),
          weight: stems.length * 10 + (index === 0 ? NAME : 0) - (faint ? BROUGHT : 0),
        },
      ];
    }),
  }));
  known.set(services, all);
  return all;
}

function stemsOf(text: string): string[] {
  const words = foldAccents(text.toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !italian.stopWords.has(word) && !EMPTY.has(word) && word.length > 1).map(stemOf);
}

const STEMS_KEPT = 5_000;
const stems = createGenerations<string>(STEMS_KEPT);

/** Kept, since messages repeat their words and stemming costs most. Not the index's: there some of these are stop words. */
function stemOf(word: string): string {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = italian.stem(word);
    // Numbers come once each, and have no ending to be worked out.
    if (!/\d/.test(word)) stems.set(word, stem);
  }
  return stem;
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
  if (!ANY_FOREIGN.test(out)) return out;
  for (const [foreign, word] of BRIDGE) out = out.replace(foreign, ` ${word} `);
  return out;
}
