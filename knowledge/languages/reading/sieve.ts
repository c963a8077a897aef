/**
 * Patterns that most texts do not fit, told apart before they run: somewhere a text must hold what a fit begins with. A pattern is taken apart into its
 * alternatives, one pass over a text says which of all patterns' alternatives it may fit, and only those run. What one may begin with is read from its own
 * source (beginnings.ts), never written by hand.
 */
import { alternativesOf, type Beginning, beginningsOf } from './beginnings.ts';
import { type Automaton, automatonOf, roomFor, shapeOf, signsOf } from './automaton.ts';
import { LONGEST_SHARED, sharedText } from './text.ts';

/** As a RegExp is asked. */
export interface Sieved {
  /** What `pattern.test` answers. */
  test(text: string): boolean;
  /** False = no part of the text fits. */
  mayFit(text: string): boolean;
  /** Numbers of its alternatives: from, and up to without. */
  ids: readonly [number, number];
  /** Not all of it is told apart: it is always run. */
  always: boolean;
}

/** By number of an alternative: what it may begin with, packed. Thousands of small strings and objects would stay in memory for nothing. */
const begun: string[] = [];
let automaton: Automaton | null = null;
let automata = 0;

/** What was found in a text: a bit for each alternative that it may fit, from the word `at` of `bits` on; null = any. Of which automaton: its number, so that none stays in memory for what it found. */
interface Found {
  by: number;
  bits: Uint32Array | null;
  at: number;
}

/** The last texts as signs: the forms of a message are several texts and mostly the same signs. */
interface Seen {
  hash: number;
  signs: Uint8Array;
  from: number;
  count: number;
  found: Found;
}
const RECENT = 64;
const seen: Seen[] = [];
let oldest = 0;
const room = new Uint8Array(roomFor(LONGEST_SHARED));
/** Many texts share one piece of memory: asking for one each costs more than finding what stands in it. */
const SIGNS_A_CHUNK = 1 << 13;
const TEXTS_A_CHUNK = 64;
let signsChunk = new Uint8Array(0);
let signsUsed = 0;
let bitsChunk = new Uint32Array(0);
let bitsUsed = 0;

/** `pattern`: not sticky. */
export function sieved(pattern: RegExp): Sieved {
  if (pattern.sticky) throw new Error('A pattern that remembers where it was cannot be asked out of turn');
  const flags = pattern.flags.replace('g', '');
  const told: string[] = [];
  const untold: string[] = [];
  const first = begun.length;
  for (const source of alternativesOf(pattern.source)) {
    const beginnings = beginningsOf(source, pattern.ignoreCase);
    if (!beginnings) {
      untold.push(source);
      continue;
    }
    told.push(source);
    begun.push(shapesOf(beginnings, pattern));
  }
  automaton = null;
  const made: RegExp[] = [];
  const fits = (at: number, text: string): boolean => {
    made[at] ??= new RegExp(told[at] as string, flags);
    return (made[at] as RegExp).test(text);
  };
  const rest = untold.length > 0 ? new RegExp(untold.join('|'), flags) : null;
  const end = first + told.length;
  return {
    ids: [first, end],
    always: rest !== null,
    mayFit: (text) => rest !== null || nextOf(foundIn(text), first, end) < end,
    test(text) {
      const found = foundIn(text);
      if (found.bits === null) return pattern.global ? new RegExp(pattern.source, flags).test(text) : pattern.test(text);
      for (let id = nextOf(found, first, end); id < end; id = nextOf(found, id + 1, end)) if (fits(id - first, text)) return true;
      return rest?.test(text) === true;
    },
  };
}

/** Several patterns asked of one text at once: which of them fit, by their places in the list. */
export interface Together {
  first(text: string): number | null;
  all(text: string): number[];
}

/** `patterns`: made one right after the other. */
export function together(patterns: readonly Sieved[]): Together {
  const from = patterns[0]?.ids[0] ?? 0;
  const end = patterns.at(-1)?.ids[1] ?? 0;
  const owners = Uint16Array.from(patterns.flatMap(({ ids }, place) => Array.from({ length: ids[1] - ids[0] }, () => place)));
  if (owners.length !== end - from) throw new Error('Patterns with others between them cannot be asked together');
  const none = patterns.length;
  /** By place: the next one that is always run. */
  const always = patterns.map((_, place) => {
    const next = patterns.findIndex((pattern, at) => at >= place && pattern.always);
    return next < 0 ? none : next;
  });
  const find = (text: string, most: number): number[] => {
    const found: number[] = [];
    const begins = foundIn(text);
    for (let place = 0; place < none && found.length < most; place++) {
      const id = nextOf(begins, (patterns[place] as Sieved).ids[0], end);
      place = Math.min(id < end ? (owners[id - from] as number) : none, always[place] as number);
      if (place < none && (patterns[place] as Sieved).test(text)) found.push(place);
    }
    return found;
  };
  return { first: (text) => find(text, 1)[0] ?? null, all: (text) => find(text, none) };
}

/** The same for a pattern that is run as it is, told from so many letters of its beginning at most: false = no part of the text fits. */
export function mayFit(pattern: RegExp, letters: number): (text: string) => boolean {
  const beginnings = beginningsOf(pattern.source, pattern.ignoreCase, letters);
  if (!beginnings) return () => true;
  const id = begun.push(shapesOf(beginnings, pattern)) - 1;
  automaton = null;
  return (text) => nextOf(foundIn(text), id, id + 1) === id;
}

/** For many plain words (letters, digits, blanks and question marks): false = a text holds none of them. */
export function mayHold(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => false;
  return sieved(new RegExp(words.map((word) => word.replaceAll('?', '\\?')).join('|'))).mayFit;
}

/** Where each line has a beginning, none stands where the text begins. */
const shapesOf = (beginnings: Beginning[], { multiline }: RegExp): string =>
  shapeOf(multiline ? beginnings.map((one) => ({ ...one, atStart: false })) : beginnings);

/** The first bit that is set, from `from` on; `end` when there is none before it. */
function nextOf({ bits, at }: Found, from: number, end: number): number {
  if (bits === null) return from;
  for (let id = from; id < end; ) {
    const left = (bits[at + (id >> 5)] as number) >>> (id & 31);
    if (left !== 0) return Math.min(end, id + 31 - Math.clz32(left & -left));
    id = (id | 31) + 1;
  }
  return end;
}

function foundIn(text: string): Found {
  if (automaton === null) {
    automaton = automatonOf(begun);
    automata++;
    seen.length = 0;
    oldest = 0;
  }
  if (text.length > LONGEST_SHARED) return foundInLong(text, automaton);
  const shared = sharedText(text);
  let found = shared.held as Found | undefined;
  if (found?.by !== automata) {
    found = find(text, automaton);
    shared.held = found;
  }
  return found;
}

function find(text: string, search: Automaton): Found {
  const count = signsOf(text, room);
  if (count < 0) return { by: automata, bits: null, at: 0 };
  const hash = hashOf(room, count);
  for (let i = 0; i < seen.length; i++) {
    const one = seen[i] as Seen;
    if (one.hash === hash && one.count === count && isSame(one, room)) return one.found;
  }
  const found = noBits();
  search(room, count, found.bits, found.at);
  if (signsUsed + count > signsChunk.length) {
    signsChunk = new Uint8Array(SIGNS_A_CHUNK);
    signsUsed = 0;
  }
  for (let at = 0; at < count; at++) signsChunk[signsUsed + at] = room[at] as number;
  seen[oldest] = { hash, signs: signsChunk, from: signsUsed, count, found };
  signsUsed += count;
  oldest = (oldest + 1) % RECENT;
  return found;
}

function noBits(): Found & { bits: Uint32Array } {
  const words = (begun.length >> 5) + 1;
  if (bitsUsed + words > bitsChunk.length) {
    bitsChunk = new Uint32Array(words * TEXTS_A_CHUNK);
    bitsUsed = 0;
  }
  bitsUsed += words;
  return { by: automata, bits: bitsChunk, at: bitsUsed - words };
}

/** The last long text: several readers ask about it, one after the other. */
let long: { text: string; found: Found } | null = null;

function foundInLong(text: string, search: Automaton): Found {
  if (long?.found.by === automata && long.text === text) return long.found;
  const signs = new Uint8Array(roomFor(text.length));
  const count = signsOf(text, signs);
  const found = count < 0 ? { by: automata, bits: null, at: 0 } : noBits();
  if (found.bits) search(signs, count, found.bits, found.at);
  long = { text, found };
  return found;
}

function hashOf(signs: Uint8Array, count: number): number {
  let hash = count;
  for (let at = 0; at < count; at++) hash = (Math.imul(hash, 31) + (signs[at] as number)) | 0;
  return hash;
}

function isSame({ signs, from, count }: Seen, other: Uint8Array): boolean {
  for (let at = 0; at < count; at++) if (signs[from + at] !== other[at]) return false;
  return true;
}
