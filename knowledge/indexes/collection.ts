/**
 * The analysed collection: dictionaries, forward lists of every passage, and the statistics that both stages need.
 * Memory grows with the text (about 8 bytes a word and 6 a character n-gram, beside the text itself).
 */
import type { Passage } from '../answering/question.ts';
import { builtInLexicon, type Lexicon } from '../lexicon/lexicon.ts';
import { wordsOf } from './analyzer.ts';
import { fieldsOf, withForms } from './collection/fields.ts';
import { countForms, type FormFrequencies } from './collection/form-frequencies.ts';
import { createArena } from './collection/arena.ts';
import { createTally } from './collection/tally.ts';
import { createLanguageWords, type LanguageWords, type VocabularyWord } from './collection/words.ts';

export type { VocabularyWord };

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

export function createCollection(lexicon: Lexicon = builtInLexicon()): Collection {
  const entries = new Set<Entry>();
  const byId = new Map<string, Entry>();
  const byDocument = new Map<string, Map<number, Set<Entry>>>();
  const versionNumbers = new Map<string, number>();
  const freeNumbers: number[] = [];
  const arena = createArena();
  /** What is held only until a passage's forms are read. */
  const passing = createArena();
  /** For one text at a time. */
  let scratch = new Uint32Array(1 << 10);
  const tally = createTally(arena);
  const wordsByLang = new Map<string, LanguageWords>();
  let lastTitle: { text: string; words: LanguageWords | null; numbers: Uint32Array } = {
    text: '',
    words: null,
    numbers: new Uint32Array(),
  };
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

  function wordsIn(lang: string): LanguageWords {
    let words = wordsByLang.get(lang);
    if (words === undefined) {
      words = createLanguageWords({ lang, lexicon, stems, grams, surface, arena: passing });
      wordsByLang.set(lang, words);
    }
    return words;
  }

  /** Slots of a text in order; its n-grams go to the tally. */
  function slotsOf(numbers: Uint32Array, words: LanguageWords): Uint32Array {
    if (numbers.length > scratch.length) scratch = new Uint32Array(2 * numbers.length);
    let count = 0;
    for (let i = 0; i < numbers.length; i++) {
      const known = words.known(numbers[i] as number);
      if (known === null) continue;
      scratch[count++] = known.slot;
      known.surface.count++;
      tally.addAll(known.grams);
    }
    return arena.words(scratch, count);
  }

  function numberOf(version: string): number {
    const known = versionNumbers.get(version);
    if (known !== undefined) return known;
    const number = freeNumbers.pop() ?? versionNumbers.size;
    versionNumbers.set(version, number);
    return number;
  }

  function analyse(passage: Passage, document = numberOf(versionKey(passage.documentId, passage.version))): Entry {
    const words = wordsIn(passage.lang);
    const texts = fieldsOf(passage);
    // Passages of one document share their title.
    if (lastTitle.text !== texts.title || lastTitle.words !== words)
      lastTitle = { text: texts.title, words, numbers: words.numbersOf(wordsOf(texts.title)) };
    const fields = {
      title: lastTitle.numbers,
      section: words.numbersOf(wordsOf(texts.section)),
      text: words.numbersOf(wordsOf(texts.text)),
    };
    const title = slotsOf(fields.title, words);
    const section = slotsOf(fields.section, words);
    const text = slotsOf(fields.text, words);
    return withForms({ passage, document, title, section, text, ...tally.take(), dense: null }, fields, words, lexicon);
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
