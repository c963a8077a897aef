/**
 * The analysed collection: dictionaries, forward lists of every passage, and the statistics that both stages need.
 * Memory grows with the text (about 8 bytes a word and 6 a character n-gram, beside the text itself).
 */
import type { Passage } from '../answering/question.ts';
import { foldAccents } from '../languages/reading/stem.ts';
import { readingOf } from '../languages/reading/read.ts';
import { gramsOf, stemOf, wordsOf } from './analyzer.ts';

/** One passage as the second stage reads it. Slots stand in text order. */
export interface Entry {
  passage: Passage;
  /** Number of the document version it belongs to. */
  document: number;
  title: Uint32Array;
  section: Uint32Array;
  text: Uint32Array;
  /** Distinct n-grams and how often each occurs. */
  grams: Uint32Array;
  gramCounts: Uint8Array;
  gramTotal: number;
}

export interface VocabularyWord {
  word: string;
  /** Occurrences in the collection. */
  count: number;
  /** Bit per letter, to reject unlike words without comparing them. */
  mask: number;
}

export interface Collection {
  entries: ReadonlySet<Entry>;
  put(passages: Passage[]): void;
  remove(documentId: string, version?: number): void;
  get(passageId: string): Entry | undefined;
  /** Slot of a stem; undefined when no passage holds it. */
  slotOf(stem: string): number | undefined;
  gramSlotOf(code: number): number | undefined;
  /** Number of slots given out so far, for arrays indexed by slot. */
  slots(): number;
  gramSlots(): number;
  documents(): number;
  /** Languages of the passages, commonest first. */
  languages(): string[];
  /** Folded surface words by length, for spelling correction. */
  vocabulary(): Map<number, VocabularyWord[]>;
  /** Grows with every change. */
  revision(): number;
}

export function createCollection(): Collection {
  const entries = new Set<Entry>();
  const byId = new Map<string, Entry>();
  const byVersion = new Map<string, Set<Entry>>();
  const versionNumbers = new Map<string, number>();
  const stems = new Map<string, number>();
  const grams = new Map<number, number>();
  const surface = new Map<string, VocabularyWord>();
  let vocabulary: Map<number, VocabularyWord[]> | null = null;
  let languages: string[] | null = null;
  let revision = 0;

  const versionKey = (documentId: string, version: number) => `${version} ${documentId}`;

  function slotsOf(text: string, lang: string, gramCounts: Map<number, number> | null): Uint32Array {
    const reading = readingOf(lang);
    const slots: number[] = [];
    for (const word of wordsOf(text)) {
      const stem = stemOf(word, reading);
      if (!stem) continue;
      slots.push(numberIn(stems, stem));
      countSurface(foldAccents(word));
      if (gramCounts) for (const code of gramsOf(word)) gramCounts.set(code, (gramCounts.get(code) ?? 0) + 1);
    }
    return Uint32Array.from(slots);
  }

  function countSurface(word: string): void {
    const known = surface.get(word);
    if (known) known.count++;
    else surface.set(word, { word, count: 1, mask: letterMask(word) });
  }

  function analyse(passage: Passage): Entry {
    const gramCounts = new Map<number, number>();
    const key = versionKey(passage.documentId, passage.version);
    const document = numberIn(versionNumbers, key);
    const title = slotsOf(passage.title, passage.lang, gramCounts);
    const section = slotsOf(passage.headings.join(' '), passage.lang, gramCounts);
    const text = slotsOf(passage.text, passage.lang, gramCounts);
    const codes = new Uint32Array(gramCounts.size);
    const counts = new Uint8Array(gramCounts.size);
    let i = 0;
    let gramTotal = 0;
    for (const [code, count] of gramCounts) {
      codes[i] = numberIn(grams, code);
      counts[i++] = Math.min(255, count);
      gramTotal += count;
    }
    return { passage, document, title, section, text, grams: codes, gramCounts: counts, gramTotal };
  }

  function drop(entry: Entry): void {
    entries.delete(entry);
    byId.delete(entry.passage.id);
    byVersion.get(versionKey(entry.passage.documentId, entry.passage.version))?.delete(entry);
  }

  return {
    entries,
    put(passages) {
      for (const passage of passages) {
        const known = byId.get(passage.id);
        if (known) drop(known);
        const entry = analyse(passage);
        entries.add(entry);
        byId.set(passage.id, entry);
        const key = versionKey(passage.documentId, passage.version);
        const version = byVersion.get(key);
        if (version) version.add(entry);
        else byVersion.set(key, new Set([entry]));
      }
      vocabulary = null;
      languages = null;
      revision++;
    },
    remove(documentId, version) {
      const keys =
        version === undefined
          ? [...byVersion.keys()].filter((key) => key.slice(key.indexOf(' ') + 1) === documentId)
          : [versionKey(documentId, version)];
      for (const key of keys) {
        for (const entry of [...(byVersion.get(key) ?? [])]) drop(entry);
        byVersion.delete(key);
      }
      languages = null;
      revision++;
    },
    get: (passageId) => byId.get(passageId),
    slotOf: (stem) => stems.get(stem),
    gramSlotOf: (code) => grams.get(code),
    slots: () => stems.size,
    gramSlots: () => grams.size,
    documents: () => versionNumbers.size,
    languages() {
      if (languages) return languages;
      const counts = new Map<string, number>();
      for (const entry of entries) counts.set(entry.passage.lang, (counts.get(entry.passage.lang) ?? 0) + 1);
      languages = [...counts].sort((a, b) => b[1] - a[1]).map(([lang]) => lang);
      return languages;
    },
    vocabulary() {
      if (vocabulary) return vocabulary;
      vocabulary = new Map();
      for (const word of surface.values()) {
        const same = vocabulary.get(word.word.length);
        if (same) same.push(word);
        else vocabulary.set(word.word.length, [word]);
      }
      return vocabulary;
    },
    revision: () => revision,
  };
}

/** The key's number, given out in order of first sight. */
function numberIn<K>(numbers: Map<K, number>, key: K): number {
  const known = numbers.get(key);
  if (known !== undefined) return known;
  numbers.set(key, numbers.size);
  return numbers.size - 1;
}

export function letterMask(word: string): number {
  let mask = 0;
  for (let i = 0; i < word.length; i++) mask |= 1 << (word.charCodeAt(i) & 31);
  return mask;
}
