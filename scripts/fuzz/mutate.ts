/** Inputs that nobody would send, made from ones that people do send: the same for the same seed and number on every machine. */
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { mutateXml } from './mutate-xml.ts';
import type { Random } from './random.ts';

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;

/** Signs that end a thought in some parser. */
const SIGNS = [
  '<',
  '>',
  '"',
  "'",
  '&',
  '\\',
  '/',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\u200b',
  '\u202e',
  '\ufeff',
  '😀',
  'ß',
  'İ',
  '١',
  ' ',
  '0',
  '-1',
  '1e999',
  '99999999999999999999',
  '%',
  '{}',
  '[]',
  '()',
  '__proto__',
  'a'.repeat(200),
  '('.repeat(60),
  '> '.repeat(40),
];
const MOST_SIGNS = 20_000;

/** One to `most` changes: cut, doubled, moved, replaced, spliced with another seed, a word of the format or a hostile sign put in. */
export function mutateText(random: Random, text: string, words: readonly string[], others: readonly string[], most = 8): string {
  let now = text;
  for (let i = 1 + random(most); i > 0; i--) {
    const at = random(now.length + 1);
    const to = Math.min(now.length, at + 1 + random(random(4) === 0 ? 200 : 8));
    const kind = random(8);
    if (kind === 0) now = now.slice(0, at) + now.slice(to);
    else if (kind === 1) now = now.slice(0, to) + now.slice(at, to).repeat(1 + random(random(10) === 0 ? 50 : 3)) + now.slice(to);
    else if (kind === 2) now = now.slice(0, at);
    else if (kind === 3)
      now = now.slice(0, at) + String.fromCodePoint(pick(random, [random(128), random(0x2fff), 0x1f600 + random(80)])) + now.slice(to);
    else if (kind === 4) {
      const other = pick(random, others);
      const from = random(other.length + 1);
      now = now.slice(0, at) + other.slice(from, from + random(120)) + now.slice(at);
    } else now = now.slice(0, at) + pick(random, kind === 5 ? SIGNS : words.length > 0 ? words : SIGNS) + now.slice(kind === 7 ? to : at);
    if (now.length > MOST_SIGNS) now = now.slice(0, MOST_SIGNS);
  }
  return now;
}

/** The same for bytes, with flipped bits and numbers at the edge of what fits. */
export function mutateBytes(random: Random, bytes: Uint8Array): Uint8Array {
  let now = bytes.slice();
  for (let i = 1 + random(8); i > 0; i--) {
    const at = random(now.length + 1);
    const kind = random(5);
    if (kind === 0 && at < now.length) now[at] = (now[at] as number) ^ (1 << random(8));
    else if (kind === 1) now = now.slice(0, at);
    else if (kind === 2) {
      const piece = now.slice(at, at + random(64));
      now = Uint8Array.from([...now.slice(0, at), ...piece, ...now.slice(at)]);
    } else if (kind === 3 && at + 4 < now.length)
      new DataView(now.buffer).setUint32(at, pick(random, [0, 1, 0x7fffffff, 0xffffffff, 0xffff]), random(2) === 0);
    else if (at < now.length) now[at] = pick(random, [0, 255, 10, 32, 40, 41, 47, 60, 62, 91, 93, random(256)]);
  }
  return now;
}

const ODD: unknown[] = [
  null,
  true,
  0,
  -1,
  2 ** 53,
  1e308,
  '',
  ' ',
  '\0',
  'x'.repeat(5_000),
  [],
  {},
  [[[[]]]],
  { __proto__: 1 },
  '__proto__',
  'constructor',
];

/** A JSON value with some of its parts replaced, dropped, doubled or hung elsewhere. */
export function mutateJson(random: Random, value: unknown): unknown {
  const copy = structuredClone(value);
  for (let i = 1 + random(4); i > 0; i--) {
    let inside: unknown = copy;
    for (let depth = random(6); depth > 0 && inside && typeof inside === 'object'; depth--) {
      const next: unknown = pick(random, Object.values(inside).length > 0 ? Object.values(inside) : [inside]);
      if (next && typeof next === 'object') inside = next;
    }
    if (!inside || typeof inside !== 'object') continue;
    const held = inside as Record<string, unknown>;
    const key = pick(random, [...Object.keys(held), 'zzz']);
    const kind = random(5);
    if (kind === 0) delete held[key];
    else if (kind === 1) held[key] = structuredClone(pick(random, ODD));
    else if (kind === 2) held[pick(random, Object.keys(held).length > 0 ? Object.keys(held) : ['a'])] = structuredClone(held[key]);
    else if (kind === 3) held[key] = String(held[key]) + pick(random, SIGNS);
    else held[key] = [held[key]];
  }
  return copy;
}

/** An archive with one of its parts changed inside, so that the change is met by the reader and not by a checksum: half of them XML still, else changed once or twice as text (more is hardly ever XML); else its own bytes. */
export function mutateArchive(random: Random, bytes: Uint8Array, words: readonly string[]): Uint8Array {
  if (random(4) === 0) return mutateBytes(random, bytes);
  const parts = unzipSync(bytes);
  const name = pick(random, Object.keys(parts));
  const text = strFromU8(parts[name] ?? new Uint8Array());
  if (random(12) === 0) delete parts[name];
  else if (random(3) > 0) parts[name] = strToU8(mutateXml(random, text));
  else {
    const others = Object.values(parts).map((part) => strFromU8(part));
    parts[name] = strToU8(mutateText(random, text, words, others, 2));
  }
  return zipSync(parts, { level: 0, mtime: '2026-01-01T12:00:00' });
}
