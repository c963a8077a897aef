/**
 * Patterns that most texts do not fit, told apart before they run: somewhere a text must hold what a fit begins with. A pattern is taken apart into its
 * alternatives, one pass over a text says which of all patterns' alternatives it may fit, and only those run. What one may begin with is read from its own
 * source (beginnings.ts), never written by hand.
 */
import { alternativesOf, beginningsOf } from './beginnings.ts';
import { type Automaton, automatonOf, shapeOf } from './automaton.ts';

/** As a RegExp is asked. */
export interface Sieved {
  /** What `pattern.test` answers. */
  test(text: string): boolean;
  /** False = no part of the text fits. */
  mayFit(text: string): boolean;
}

/** By number of an alternative: what it may begin with, packed. Thousands of small strings and objects would stay in memory for nothing. */
const begun: string[] = [];
let automaton: Automaton | null = null;

interface Seen {
  text: string;
  /** A bit for each alternative; null = beyond what is told apart. */
  bits: Uint32Array | null;
  /** Kept to be written again. */
  room: Uint32Array;
}

/** The last texts: several readers ask about one, in several forms. */
const RECENT = 8;
const seen: Seen[] = [];
let oldest = 0;

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
    begun.push(shapeOf(beginnings));
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
    mayFit: (text) => rest !== null || nextOf(bitsOf(text), first, end) < end,
    test(text) {
      const bits = bitsOf(text);
      if (bits === null) return pattern.global ? new RegExp(pattern.source, flags).test(text) : pattern.test(text);
      for (let id = nextOf(bits, first, end); id < end; id = nextOf(bits, id + 1, end)) if (fits(id - first, text)) return true;
      return rest?.test(text) === true;
    },
  };
}

/** For many plain words (letters, digits, blanks and question marks): false = a text holds none of them. */
export function mayHold(words: readonly string[]): (text: string) => boolean {
  if (words.length === 0) return () => false;
  return sieved(new RegExp(words.map((word) => word.replaceAll('?', '\\?')).join('|'))).mayFit;
}

/** The first bit that is set, from `from` on; `end` when there is none before it. */
function nextOf(bits: Uint32Array | null, from: number, end: number): number {
  if (bits === null) return from;
  for (let id = from; id < end; ) {
    const left = (bits[id >> 5] as number) >>> (id & 31);
    if (left !== 0) return Math.min(end, id + 31 - Math.clz32(left & -left));
    id = (id | 31) + 1;
  }
  return end;
}

function bitsOf(text: string): Uint32Array | null {
  if (automaton === null) {
    automaton = automatonOf(begun);
    seen.length = 0;
    oldest = 0;
  }
  for (let i = 0; i < seen.length; i++) if ((seen[i] as Seen).text === text) return (seen[i] as Seen).bits;
  const room = seen[oldest]?.room ?? new Uint32Array((begun.length >> 5) + 1);
  const bits = automaton(text, room.fill(0)) ? room : null;
  seen[oldest] = { text, bits, room };
  oldest = (oldest + 1) % RECENT;
  return bits;
}
