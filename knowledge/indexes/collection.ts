/**
 * The analysed collection: dictionaries, forward lists of every passage, and the statistics that both stages need.
 * Memory grows with the text (about 8 bytes a word and 6 a character n-gram, beside the text itself).
 */
import type { Passage } from '../answering/question.ts';
import { foldAccents } from '../languages/reading/stem.ts';
import { readingOf } from '../languages/reading/read.ts';
import { builtInLexicon, type Lexicon } from '../lexicon/lexicon.ts';
import { gramsOf } from './analyzer.ts';
import { fieldsOf, withForms } from './collection/fields.ts';
import { countForms, type FormFrequencies } from './collection/form-frequencies.ts';
import { createTally } from './collection/tally.ts';

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
  /** Forms of the lexicon, in text order. */
  forms: { title: Uint32Array; section: Uint32Array; text: Uint32Array };
  /** Dense vector, quantised (embedded/dense.ts); null until an embedder has made it. */
  dense: Int8Array | null;
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
  /** Passages as they would be held, with the same dictionaries, under a document number of the caller's; holds none of them. */
  read(passages: Passage[], document: number): Entry[];
  /** Gives passages their vectors; those of passages that are not held are left out. */
  addVectors(vectors: ReadonlyMap<string, Int8Array>): void;
  get(passageId: string): Entry | undefined;
  /** Slot of a stem; undefined when no passage holds it. */
  slotOf(stem: string): number | undefined;
  gramSlotOf(code: number): number | undefined;
  /** Stems and n-gram codes in the order of their slots. */
  stems(): Iterable<string>;
  gramCodes(): Iterable<number>;
  /** Number of slots given out so far, for arrays indexed by slot. */
  slots(): number;
  gramSlots(): number;
  /** Living document versions. */
  documents(): number;
  /** Document numbers are below this; those of removed versions are given out again. */
  documentNumbers(): number;
  /** Languages of the passages, commonest first. */
  languages(): string[];
  /** Folded surface words by length, for spelling correction. */
  vocabulary(): Map<number, VocabularyWord[]>;
  /** Everyday and official words that mean the same. */
  lexicon: Lexicon;
  /** Mean number of content words in each field. O(1) after one count per change. */
  averageLengths(): Record<'title' | 'section' | 'text', number>;
  /** In how many passages each form and each concept of the lexicon stands. O(1) after one count per change. */
  formFrequencies(): FormFrequencies;
  /** Grows with every change of passages. */
  revision(): number;
  /** Grows with every vector that comes. */
  vectorRevision(): number;
}

/** What the collection knows of one word in one language; null = a stop word. */
type Known = { slot: number; grams: Uint32Array; surface: VocabularyWord } | null;

export function createCollection(lexicon: Lexicon = builtInLexicon()): Collection {
  const entries = new Set<Entry>();
  const byId = new Map<string, Entry>();
  const byDocument = new Map<string, Map<number, Set<Entry>>>();
  const versionNumbers = new Map<string, number>();
  const freeNumbers: number[] = [];
  const tally = createTally();
  const knownWords = new Map<string, Map<string, Known>>();
  const stems = new Map<string, number>();
  const grams = new Map<number, number>();
  const surface = new Map<string, VocabularyWord>();
  let vocabulary: Map<number, VocabularyWord[]> | null = null;
  let languages: string[] | null = null;
  let lengths: (Record<'title' | 'section' | 'text', number> & { revision: number }) | null = null;
  let frequencies: (FormFrequencies & { revision: number }) | null = null;
  let revision = 0;
  let vectorRevision = 0;

  const versionKey = (documentId: string, version: number) => `${version} ${documentId}`;

  /** Stems, folds and cuts a word once, however often it comes. */
  function learn(word: string, lang: string): Known {
    const reading = readingOf(lang);
    if (reading.stopWords.has(word) && !reading.lightWords.has(word)) return null;
    const stem = reading.stem(word);
    if (!stem) return null;
    const folded = foldAccents(word);
    const seen = surface.get(folded) ?? { word: folded, count: 0, mask: letterMask(folded) };
    surface.set(folded, seen);
    return { slot: numberIn(stems, stem), grams: Uint32Array.from(gramsOf(word), (code) => numberIn(grams, code)), surface: seen };
  }

  /** Slots of a text in order; its n-grams go to the tally. One look-up a word. */
  function slotsOf(words: string[], lang: string): Uint32Array {
    let known = knownWords.get(lang);
    if (!known) {
      known = new Map();
      knownWords.set(lang, known);
    }
    const slots: number[] = [];
    for (const word of words) {
      let seen = known.get(word);
      if (seen === undefined) {
        seen = learn(word, lang);
        known.set(word, seen);
      }
      if (seen === null) continue;
      slots.push(seen.slot);
      seen.surface.count++;
      for (const gram of seen.grams) tally.add(gram);
    }
    return Uint32Array.from(slots);
  }

  function numberOf(version: string): number {
    const known = versionNumbers.get(version);
    if (known !== undefined) return known;
    const number = freeNumbers.pop() ?? versionNumbers.size;
    versionNumbers.set(version, number);
    return number;
  }

  function analyse(passage: Passage, document = numberOf(versionKey(passage.documentId, passage.version))): Entry {
    const words = fieldsOf(passage);
    const title = slotsOf(words.title, passage.lang);
    const section = slotsOf(words.section, passage.lang);
    const text = slotsOf(words.text, passage.lang);
    return withForms({ passage, document, title, section, text, ...tally.take(), dense: null }, lexicon);
  }

  /** A version without passages gives its number back. */
  function drop(entry: Entry): void {
    const { id, documentId, version } = entry.passage;
    entries.delete(entry);
    byId.delete(id);
    const versions = byDocument.get(documentId);
    const siblings = versions?.get(version);
    siblings?.delete(entry);
    if (siblings?.size !== 0) return;
    versions?.delete(version);
    if (versions?.size === 0) byDocument.delete(documentId);
    versionNumbers.delete(versionKey(documentId, version));
    freeNumbers.push(entry.document);
  }

  function keep(entry: Entry): void {
    const { id, documentId, version } = entry.passage;
    entries.add(entry);
    byId.set(id, entry);
    const versions = byDocument.get(documentId) ?? new Map<number, Set<Entry>>();
    byDocument.set(documentId, versions);
    const siblings = versions.get(version) ?? new Set<Entry>();
    versions.set(version, siblings);
    siblings.add(entry);
  }

  return {
    entries,
    put(passages) {
      for (const passage of passages) {
        const known = byId.get(passage.id);
        if (known) drop(known);
        keep(analyse(passage));
      }
      vocabulary = null;
      revision++;
    },
    remove(documentId, version) {
      const versions = byDocument.get(documentId) ?? new Map<number, Set<Entry>>();
      const leaving = version === undefined ? [...versions.values()] : [versions.get(version) ?? []];
      for (const entry of leaving.flatMap((siblings) => [...siblings])) drop(entry);
      revision++;
    },
    read: (passages, document) => passages.map((passage) => analyse(passage, document)),
    addVectors(vectors) {
      for (const [id, vector] of vectors) {
        const entry = byId.get(id);
        if (entry) entry.dense = vector;
      }
      vectorRevision++;
    },
    get: (passageId) => byId.get(passageId),
    slotOf: (stem) => stems.get(stem),
    gramSlotOf: (code) => grams.get(code),
    stems: () => stems.keys(),
    gramCodes: () => grams.keys(),
    slots: () => stems.size,
    gramSlots: () => grams.size,
    documents: () => versionNumbers.size,
    documentNumbers: () => versionNumbers.size + freeNumbers.length,
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
    averageLengths() {
      if (lengths?.revision !== revision) {
        const mean = (field: 'title' | 'section' | 'text') => sum(entries, (entry) => entry[field].length) / Math.max(1, entries.size);
        lengths = { title: mean('title'), section: mean('section'), text: mean('text'), revision };
      }
      return lengths;
    },
    lexicon,
    formFrequencies() {
      if (frequencies?.revision !== revision) frequencies = { ...countForms(entries, lexicon), revision };
      return frequencies;
    },
    revision: () => revision,
    vectorRevision: () => vectorRevision,
  };
}

function sum(entries: Iterable<Entry>, size: (entry: Entry) => number): number {
  let total = 0;
  for (const entry of entries) total += size(entry);
  return total;
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
