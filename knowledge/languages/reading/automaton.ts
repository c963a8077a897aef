/**
 * All beginnings of all patterns looked for in one pass over a text: an automaton that takes one step a sign, however many beginnings there are (Aho and
 * Corasick). Letters are read as small ones, and what is no letter from a to z and no digit as a blank: that finds more, never less, and keeps the table small.
 */
import type { Beginning } from './beginnings.ts';

/** Signs beyond these have other forms in small letters, or are rare: such a text may fit anything. */
const PLAIN_END = 0x100;
const SIGNS = '’‘“”–—…€';

/** Marks the alternatives whose beginnings a text holds, a bit each; false = the text is beyond what is told apart. O(signs), allocates nothing. */
export type Automaton = (text: string, bits: Uint32Array) => boolean;

const COLUMNS = ' abcdefghijklmnopqrstuvwxyz0123456789';
const WIDTH = COLUMNS.length;
/** By code of a sign. A blank is where a word begins: without the underscore, which some patterns take for the end of a word. */
const columnOf = Uint8Array.from({ length: PLAIN_END }, (_, code) =>
  code < 0x80 ? Math.max(0, COLUMNS.indexOf(String.fromCharCode(code).toLowerCase())) : 0,
);

const isPlain = (sign: string): boolean => sign.charCodeAt(0) < PLAIN_END || SIGNS.includes(sign);
const BETWEEN = '|';

/** Beginnings of one alternative as the automaton reads them, in one string: a blank before one that stands where a word begins. No plain text holds the others. */
export function shapeOf(beginnings: Beginning[]): string {
  const shapes = beginnings
    .filter(({ text }) => [...text].every(isPlain))
    .map(({ text, atWord }) => (atWord ? ' ' : '') + [...text].map((sign) => COLUMNS[columnOf[sign.charCodeAt(0)] ?? 0]).join(''));
  return [...new Set(shapes)].join(BETWEEN);
}

/** `shapes`: by number of an alternative, from `shapeOf`. */
export function automatonOf(shapes: readonly string[]): Automaton {
  const all = shapes
    .flatMap((joined, id) => joined.split(BETWEEN).map((shape) => ({ shape, id })))
    .filter(({ shape }) => shape !== '')
    .sort((a, b) => (a.shape < b.shape ? -1 : a.shape > b.shape ? 1 : 0));
  const ids = Uint16Array.from(all, ({ id }) => id);
  const { trie, ends } = trieOf(all.map(({ shape }) => shape));
  const count = ends.length;
  if (count > 1 << 16) throw new RangeError('More beginnings than a table has places for');
  /** Node and sign → node. Level by level, so that what is read most stands together. */
  const next = new Uint16Array(count * WIDTH);
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
    for (let column = 0; column < WIDTH; column++) {
      const shorter = place === 0 ? 0 : (next[back * WIDTH + column] as number);
      const child = trie[node * WIDTH + column] as number;
      next[place * WIDTH + column] = child === 0 ? shorter : placed;
      if (child === 0) continue;
      fallback[placed] = shorter;
      order[placed++] = child;
    }
  }
  const begin = next[0] as number;
  return (text, bits) => {
    let node = begin;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code >= PLAIN_END && !SIGNS.includes(text[at] as string)) return false;
      node = next[node * WIDTH + (code < PLAIN_END ? (columnOf[code] as number) : 0)] as number;
      for (let held = nearest[node] as number; held !== 0; held = nearest[fallback[held] as number] as number)
        for (let i = from[held] as number; i < (to[held] as number); i++) {
          const id = ids[i] as number;
          bits[id >> 5] = (bits[id >> 5] as number) | (1 << (id & 31));
        }
    }
    return true;
  };
}

/** `sorted`: what the tree holds, each perhaps several times. `ends`: by node, from where to where its words stand in `sorted`. */
function trieOf(sorted: string[]): { trie: Uint16Array; ends: [number, number][] } {
  const ends: [number, number][] = [[0, 0]];
  const path = [0];
  const steps: [node: number, column: number, child: number][] = [];
  let before = '';
  for (const [place, word] of sorted.entries()) {
    let shared = 0;
    while (shared < before.length && before[shared] === word[shared]) shared++;
    path.length = shared + 1;
    for (let at = shared; at < word.length; at++) {
      const child = ends.push([place, place]) - 1;
      steps.push([path[at] as number, COLUMNS.indexOf(word[at] as string), child]);
      path.push(child);
    }
    (ends[path[word.length] as number] as [number, number])[1] = place + 1;
    before = word;
  }
  const trie = new Uint16Array(ends.length * WIDTH);
  for (const [node, column, child] of steps) trie[node * WIDTH + column] = child;
  return { trie, ends };
}
