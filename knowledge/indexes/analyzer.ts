/** Text → stems, positions and character n-grams. The same analysis serves every index, so that they rank alike. */
import { foldAccents } from '../languages/reading/stem.ts';
import { type Reading, readingOf } from '../languages/reading/read.ts';
import { latinWords } from '../languages/reading/words.ts';

const WORD = /[\p{L}\p{N}]+/gu;
const STEMS_KEPT = 50_000;
const NINE = 57;
const GRAM = 4;

/** Ukrainian writes it inside words. */
const INNER_APOSTROPHE = /(?<=\p{Script=Cyrillic})['’ʼ](?=\p{Script=Cyrillic})/gu;
/** Signs below these are composed as they are. */
const COMPOSABLE = /[\u0300-\uffff]/;
const HAN = /\p{Script=Han}/u;
let segmenter: Intl.Segmenter | null = null;

/** Scripts up to Greek, and punctuation. */
const COMMON_END = 0x3000;
let letters: Uint8Array | null = null;

/** 1 for each letter or digit below COMMON_END: what WORD matches, ten times as fast. */
function letterTable(): Uint8Array {
  if (letters) return letters;
  letters = new Uint8Array(COMMON_END);
  for (let code = 0; code < COMMON_END; code++) if (/[\p{L}\p{N}]/u.test(String.fromCharCode(code))) letters[code] = 1;
  return letters;
}

/** Words of common scripts; null when there is a letter of another. */
function commonWords(lower: string): string[] | null {
  const isLetter = letterTable();
  const words: string[] = [];
  let from = -1;
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if (code >= 0x400 && (code < 0x2000 || code >= COMMON_END)) return null;
    if (isLetter[code] === 1) {
      if (from < 0) from = i;
    } else if (from >= 0) {
      words.push(lower.slice(from, i));
      from = -1;
    }
  }
  if (from >= 0) words.push(lower.slice(from));
  return words;
}

/** Lower-case words in order; an apostrophe ends a word, so elided articles stand alone and fall out as stop words. Chinese is cut into its words. */
export function wordsOf(text: string): readonly string[] {
  for (let i = 0; i < recent.length; i++) {
    const { text: known, words } = recent[i] as Cut;
    if (known === text) return words;
  }
  const words = wordsIn(text);
  if (text.length > LONGEST_KEPT) return words;
  recent[oldest] = { text, words };
  oldest = (oldest + 1) % recent.length;
  return words;
}

interface Cut {
  text: string;
  words: readonly string[];
}

/** One question is cut by several readers, between whom others cut theirs. */
const LONGEST_KEPT = 1_000;
const recent: Cut[] = Array.from({ length: 4 }, () => ({ text: '', words: [] }));
let oldest = 0;

/** Longer ones are mostly passages: their words would drive out those of messages. */
const LONGEST_MESSAGE = 200;

function wordsIn(text: string): readonly string[] {
  const latin = text.length <= LONGEST_MESSAGE ? latinWords(text) : null;
  if (latin) return latin.map((word) => word.text);
  const lower = (COMPOSABLE.test(text) ? text.normalize('NFC') : text).toLowerCase();
  const common = commonWords(lower);
  if (common) return common;
  const words = lower.replace(INNER_APOSTROPHE, '').match(WORD) ?? [];
  return HAN.test(lower) ? words.flatMap((word) => (HAN.test(word) ? cut(word) : [word])) : words;
}

function cut(run: string): string[] {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
  return Array.from(segmenter.segment(run), ({ segment }) => segment);
}

type StemCache = Map<string, string | null>;
const caches = new Map<string, StemCache>();
/** Of the language that was read last: one word after the other. */
let last = { code: '', cache: new Map() as StemCache };

function cacheOf(code: string): StemCache {
  if (last.code === code) return last.cache;
  let cache = caches.get(code);
  if (!cache) {
    cache = new Map();
    caches.set(code, cache);
  }
  last = { code, cache };
  return cache;
}

/** Stem of a lower-cased word in a language; null for a stop word. Kept, since a corpus repeats its words. */
export function stemOf(word: string, reading: Reading): string | null {
  // Numbers are stems as they are, and too many to keep.
  if (word.charCodeAt(0) <= NINE) return stemIn(word, reading);
  const cache = cacheOf(reading.code);
  let stem = cache.get(word);
  if (stem === undefined) {
    stem = stemIn(word, reading);
    if (cache.size >= STEMS_KEPT) cache.clear();
    cache.set(word, stem);
  }
  return stem;
}

function stemIn(word: string, reading: Reading): string | null {
  return reading.stopWords.has(word) && !reading.lightWords.has(word) ? null : reading.stem(word);
}

/** Stems of a text's content words, in order. */
export function stemsOf(text: string, lang: string): string[] {
  const reading = readingOf(lang);
  const stems: string[] = [];
  for (const word of wordsOf(text)) {
    const stem = stemOf(word, reading);
    if (stem) stems.push(stem);
  }
  return stems;
}

/** Codes of the character 4-grams of one word with edge marks (`_tari_` → _tar, tari, ari_); a shorter word is one gram. */
export function gramsOf(word: string): number[] {
  const marked = `_${foldAccents(word)}_`;
  if (marked.length <= GRAM) return [codeOf(marked, 0, marked.length)];
  const codes: number[] = [];
  for (let i = 0; i + GRAM <= marked.length; i++) codes.push(codeOf(marked, i, GRAM));
  return codes;
}

/** Seven bits a character: letters and digits exactly, other scripts folded into the same space. */
function codeOf(text: string, at: number, length: number): number {
  let code = 0;
  for (let i = at; i < at + length; i++) code = code * 128 + (text.charCodeAt(i) & 127);
  return code;
}

/** Qdrant's token id: absolute value of murmur3-32 (seed 0) of the UTF-8 token. */
export function tokenId(token: string): number {
  const bytes = Buffer.from(token, 'utf8');
  let hash = 0;
  const whole = bytes.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    hash ^= scramble(bytes.readInt32LE(i));
    hash = Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64;
  }
  let rest = 0;
  for (let i = bytes.length - 1; i >= whole; i--) rest = (rest << 8) | (bytes[i] ?? 0);
  if (bytes.length > whole) hash ^= scramble(rest);
  hash ^= bytes.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return Math.abs((hash ^ (hash >>> 16)) | 0);
}

function scramble(block: number): number {
  const mixed = Math.imul(block, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
