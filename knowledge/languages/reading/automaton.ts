/**
 * All beginnings of all patterns looked for in one pass over a text: an automaton that takes one step a sign, however many beginnings there are (Aho and
 * Corasick). A text is read as signs of a small alphabet: letters as small ones, every number as one digit, every run of others as one blank. That finds more,
 * never less, keeps the table small, and makes most forms in which a message is looked at (as written, folded, without punctuation) one and the same.
 */
import type { Beginning } from './beginnings.ts';

/** Signs beyond these have other forms in small letters, or are rare: such a text may fit anything. */
const PLAIN_END = 0x100;
const OTHERS = '’‘“”–—…€';

/**
 * Marks the alternatives whose beginnings stand among the first `count` signs, a bit each, from the word `at` of `bits` on. O(signs), allocates nothing.
 */
export type Automaton = (signs: Uint8Array, count: number, bits: Uint32Array, at: number) => void;

const ALPHABET = ' abcdefghijklmnopqrstuvwxyz0^';
const BLANK = 0;
const DIGIT = ALPHABET.indexOf('0');
const START = ALPHABET.indexOf('^');
/** A row of the table has room for 32 signs: with two bytes each it is what a processor fetches at once. */
const ROW_BITS = 5;
/** By code of a sign. A blank is where a word begins: without the underscore, which some patterns take for the end of a word. */
const signOf = Uint8Array.from({ length: PLAIN_END }, (_, code) => {
  if (code >= 48 && code <= 57) return DIGIT;
  const letter = code < 0x80 ? String.fromCharCode(code).toLowerCase() : ' ';
  return letter >= 'a' && letter <= 'z' ? ALPHABET.indexOf(letter) : BLANK;
});

/** Signs that a text of so many letters is read as, at most. */
export const roomFor = (letters: number): number => letters + 2;

/** Writes a text as signs, between blanks, and gives their number; −1 = the text is beyond what is told apart. O(letters). */
export function signsOf(text: string, into: Uint8Array): number {
  into[0] = BLANK;
  let last = BLANK;
  let count = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= PLAIN_END && !OTHERS.includes(text[at] as string)) return -1;
    const sign = code < PLAIN_END ? (signOf[code] as number) : BLANK;
    if (sign === last && (sign === BLANK || sign === DIGIT)) continue;
    into[count++] = sign;
    last = sign;
  }
  if (last !== BLANK) into[count++] = BLANK;
  return count;
}

const isPlain = (sign: string): boolean => sign.charCodeAt(0) < PLAIN_END || OTHERS.includes(sign);
const BETWEEN = '|';

/** Beginnings of one alternative as the automaton reads them, in one string: a blank before one that stands where a word begins. No plain text holds the others. */
export function shapeOf(beginnings: Beginning[]): string {
  const shapes = beginnings.filter(({ text }) => [...text].every(isPlain)).map(shapeOfOne);
  return [...new Set(shapes)].join(BETWEEN);
}

function shapeOfOne({ text, atWord, atStart }: Beginning): string {
  const signs = [...text].map((sign) => ALPHABET[signOf[sign.charCodeAt(0)] ?? BLANK]).join('');
  const read = ((atWord || atStart ? ' ' : '') + signs).replace(/ +/g, ' ').replace(/0+/g, '0');
  return atStart ? `^${read}` : read;
}

/** The highest bit of a step: beginnings end here. */
const ENDS = 1 << 15;
const NODE = ENDS - 1;

/** `shapes`: by number of an alternative, from `shapeOf`. */
export function automatonOf(shapes: readonly string[]): Automaton {
  const all = shapes
    .flatMap((joined, id) => joined.split(BETWEEN).map((shape) => ({ shape, id })))
    .filter(({ shape }) => shape !== '')
    .sort((a, b) => (a.shape < b.shape ? -1 : a.shape > b.shape ? 1 : 0));
  const ids = Uint16Array.from(all, ({ id }) => id);
  const { trie, ends } = trieOf(all.map(({ shape }) => shape));
  const count = ends.length;
  if (count > NODE) throw new RangeError('More beginnings than a table has places for');
  /** Node and sign → node. Level by level, so that what is read most stands together. */
  const next = new Uint16Array(count << ROW_BITS);
  /** By node: the longest that ends as it does; the nearest on that way that is a beginning, 0 = none; where its alternatives stand in `ids`. */
  const fallback = new Uint16Array(count);
  const nearest = new Uint16Array(count);
  const from = new Uint16Array(count);
  const to = new Uint16Array(count);
  const order = new Uint16Array(count);
  for (let place = 0, placed = 1; place < count; place++) {
    const node = order[place] as number;
    [from[place], to[place]] = ends[node] as [number, number];
    const back = fallback[place] as number;
    nearest[place] = (from[place] as number) < (to[place] as number) ? place : (nearest[back] as number);
    for (let sign = 0; sign < ALPHABET.length; sign++) {
      const shorter = place === 0 ? 0 : (next[(back << ROW_BITS) + sign] as number);
      const child = trie[(node << ROW_BITS) + sign] as number;
      next[(place << ROW_BITS) + sign] = child === 0 ? shorter : placed;
      if (child === 0) continue;
      fallback[placed] = shorter;
      order[placed++] = child;
    }
  }
  for (let i = 0; i < next.length; i++) if (nearest[next[i] as number] !== 0) next[i] = (next[i] as number) | ENDS;
  const begin = (next[START] as number) & NODE;
  /** By node, side by side, since each is far from the next in memory: next on the way of those that are beginnings; from where to where its alternatives stand; the pass that met it last. */
  const held = new Uint16Array(count << HELD_BITS);
  for (let node = 0; node < count; node++)
    held.set([nearest[fallback[node] as number] as number, from[node] as number, to[node] as number], node << HELD_BITS);
  let pass = 0;
  return (signs, length, bits, at) => {
    if (pass === PASSES) for (let at = MET; at < held.length; at += 1 << HELD_BITS) held[at] = 0;
    pass = pass === PASSES ? 1 : pass + 1;
    let node = begin;
    for (let place = 0; place < length; place++) {
      const step = next[(node << ROW_BITS) + (signs[place] as number)] as number;
      node = step & NODE;
      if ((step & ENDS) === 0) continue;
      // What ends here ends again and again in a text, and is marked once, with all that it ends in.
      for (let one = nearest[node] as number; one !== 0; one = held[one << HELD_BITS] as number) {
        const record = one << HELD_BITS;
        if (held[record + MET] === pass) break;
        held[record + MET] = pass;
        const end = held[record + 2] as number;
        for (let i = held[record + 1] as number; i < end; i++) {
          const id = ids[i] as number;
          bits[at + (id >> 5)] = (bits[at + (id >> 5)] as number) | (1 << (id & 31));
        }
      }
    }
  };
}

const HELD_BITS = 2;
const MET = 3;
const PASSES = 0xffff;

/** `sorted`: what the tree holds, each perhaps several times. `ends`: by node, from where to where its words stand in `sorted`. */
function trieOf(sorted: string[]): { trie: Uint16Array; ends: [number, number][] } {
  const ends: [number, number][] = [[0, 0]];
  const path = [0];
  const steps: [node: number, sign: number, child: number][] = [];
  let before = '';
  for (const [place, word] of sorted.entries()) {
    let shared = 0;
    while (shared < before.length && before[shared] === word[shared]) shared++;
    path.length = shared + 1;
    for (let at = shared; at < word.length; at++) {
      const child = ends.push([place, place]) - 1;
      steps.push([path[at] as number, ALPHABET.indexOf(word[at] as string), child]);
      path.push(child);
    }
    (ends[path[word.length] as number] as [number, number])[1] = place + 1;
    before = word;
  }
  const trie = new Uint16Array(ends.length << ROW_BITS);
  for (const [node, sign, child] of steps) trie[(node << ROW_BITS) + sign] = child;
  return { trie, ends };
}
