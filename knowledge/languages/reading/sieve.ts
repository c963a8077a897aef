/**
 * Patterns that most texts do not fit, told apart before they run: somewhere a text must hold what a fit begins with. A pattern is taken apart into its
 * alternatives, one pass over a text says which of all patterns' alternatives it may fit, and only those run. What one may begin with is read from its own
 * source (beginnings.ts), never written by hand.
 */
import { alternativesOf, type Beginning, beginningsOf } from './beginnings.ts';

/** As a RegExp is asked. */
export interface Sieved {
  /** What `pattern.test` answers. */
  test(text: string): boolean;
  /** False = no part of the text fits. */
  mayFit(text: string): boolean;
}

/** Signs beyond these have other forms in small letters, or are rare: such a text may fit anything. */
const PLAIN_END = 0x100;
const SIGNS = '’‘“”–—…€';

/** Beginnings of all alternatives as a tree: a row of the table a node, a column a sign. */
interface Tree {
  /** By code: column of a sign, 0 = begins and continues nothing. */
  columns: Uint8Array;
  width: number;
  next: Uint16Array;
  /** By node: where the alternatives stand in `ids` that a text which has come so far may fit; one more, where they end. */
  from: Uint32Array;
  ids: Uint16Array;
}

interface Group {
  /** Letters are as they are, or all small. */
  small: boolean;
  beginnings: (Beginning & { id: number })[];
  count: number;
  /** Those that fit where a word begins, and those that fit anywhere; made when first asked. */
  trees: { atWord: Tree; anywhere: Tree } | null;
  /** The last texts: several readers ask about one. */
  seen: Seen[];
  oldest: number;
}

interface Seen {
  text: string;
  /** A bit for each alternative; null = beyond what is told apart. */
  bits: Uint32Array | null;
}

const RECENT = 4;
const groupOf = (small: boolean): Group => ({ small, beginnings: [], count: 0, trees: null, seen: [], oldest: 0 });
const written = groupOf(false);
const small = groupOf(true);

/** `pattern`: not sticky. */
export function sieved(pattern: RegExp): Sieved {
  if (pattern.sticky) throw new Error('A pattern that remembers where it was cannot be asked out of turn');
  const group = pattern.ignoreCase ? small : written;
  const flags = pattern.flags.replace('g', '');
  const told: string[] = [];
  const untold: string[] = [];
  const first = group.count;
  for (const source of alternativesOf(pattern.source)) {
    const begun = beginningsOf(source, group.small);
    if (!begun) untold.push(source);
    else for (const beginning of begun) group.beginnings.push({ ...beginning, id: first + told.length });
    if (begun) told.push(source);
  }
  group.count += told.length;
  group.trees = null;
  const made: RegExp[] = [];
  const fits = (at: number, text: string): boolean => {
    made[at] ??= new RegExp(told[at] as string, flags);
    return (made[at] as RegExp).test(text);
  };
  const rest = untold.length > 0 ? new RegExp(untold.join('|'), flags) : null;
  const end = first + told.length;
  return {
    mayFit: (text) => rest !== null || someOf(bitsOf(text, group), first, end, () => true),
    test(text) {
      const bits = bitsOf(text, group);
      if (bits === null) return pattern.global ? new RegExp(pattern.source, flags).test(text) : pattern.test(text);
      return someOf(bits, first, end, (id) => fits(id - first, text)) || rest?.test(text) === true;
    },
  };
}

/** Whether some bit from `first` to `end` is set whose number passes. */
function someOf(bits: Uint32Array | null, first: number, end: number, passes: (id: number) => boolean): boolean {
  if (bits === null) return true;
  for (let word = first >> 5; word << 5 < end; word++) {
    const set = bits[word] as number;
    if (set === 0) continue;
    for (let id = Math.max(first, word << 5); id < Math.min(end, (word + 1) << 5); id++)
      if ((set & (1 << (id & 31))) !== 0 && passes(id)) return true;
  }
  return false;
}

function bitsOf(text: string, group: Group): Uint32Array | null {
  const { seen } = group;
  if (group.trees === null) {
    seen.length = 0;
    group.oldest = 0;
  }
  for (let i = 0; i < seen.length; i++) if ((seen[i] as Seen).text === text) return (seen[i] as Seen).bits;
  const bits = look(text, group);
  seen[group.oldest] = { text, bits };
  group.oldest = (group.oldest + 1) % RECENT;
  return bits;
}

function look(text: string, group: Group): Uint32Array | null {
  group.trees ??= {
    atWord: grow(group.beginnings.filter(({ atWord }) => atWord)),
    anywhere: grow(group.beginnings.filter(({ atWord }) => !atWord)),
  };
  const { atWord, anywhere } = group.trees;
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= PLAIN_END && !SIGNS.includes(text[at] as string)) return null;
  const read = group.small ? text.toLowerCase() : text;
  const bits = new Uint32Array((group.count >> 5) + 1);
  let within = false;
  for (let at = 0; at < read.length; at++) {
    if (!within) walk(read, at, atWord, bits);
    within = isWordLetter(read.charCodeAt(at));
    walk(read, at, anywhere, bits);
  }
  return bits;
}

/** Without the underscore, which some patterns take for the end of a word. */
function isWordLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
}

function walk(text: string, start: number, { columns, width, next, from, ids }: Tree, bits: Uint32Array): void {
  let node = 0;
  for (let at = start; at < text.length; at++) {
    const column = columns[text.charCodeAt(at)] as number;
    node = column === 0 ? 0 : (next[node * width + column] as number);
    if (node === 0) return;
    const end = from[node + 1] as number;
    for (let i = from[node] as number; i < end; i++) {
      const id = ids[i] as number;
      bits[id >> 5] = (bits[id >> 5] as number) | (1 << (id & 31));
    }
  }
}

function grow(beginnings: { text: string; id: number }[]): Tree {
  const signs = [...new Set(beginnings.flatMap(({ text }) => [...text]))];
  const columns = new Uint8Array(1 << 16);
  for (const [i, sign] of signs.entries()) columns[sign.charCodeAt(0)] = i + 1;
  const width = signs.length + 1;
  const nodes: number[][] = [new Array<number>(width).fill(0)];
  const held: number[][] = [[]];
  for (const { text, id } of beginnings) {
    let node = 0;
    for (let at = 0; at < text.length; at++) {
      const column = columns[text.charCodeAt(at)] as number;
      const row = nodes[node] as number[];
      if (row[column] === 0) {
        row[column] = nodes.push(new Array<number>(width).fill(0)) - 1;
        held.push([]);
      }
      node = row[column] as number;
    }
    (held[node] as number[]).push(id);
  }
  if (nodes.length > 1 << 16) throw new RangeError('More beginnings than a tree has places for');
  // Level by level: nearly all walks end after a sign or two, so that what they read stands together.
  const order = [0];
  for (let at = 0; at < order.length; at++) for (const node of nodes[order[at] as number] as number[]) if (node !== 0) order.push(node);
  const placeOf = new Uint16Array(nodes.length);
  for (const [place, node] of order.entries()) placeOf[node] = place;
  const next = new Uint16Array(nodes.length * width);
  const from = new Uint32Array(nodes.length + 1);
  const ids: number[] = [];
  for (const [place, node] of order.entries()) {
    for (const [column, to] of (nodes[node] as number[]).entries()) next[place * width + column] = placeOf[to] as number;
    ids.push(...(held[node] as number[]));
    from[place + 1] = ids.length;
  }
  return { columns, width, next, from, ids: Uint16Array.from(ids) };
}
