/**
 * The analysed collection: dictionaries, forward lists of every passage, and the statistics that both stages need.
 * Memory grows with the text (about 12 bytes a word beside the text itself, docs/performance.md).
 */
import type { Passage } from '../answering/question.ts';
import { builtInLexicon, type Lexicon } from '../lexicon/lexicon.ts';
import { wordsOf } from './analyzer.ts';
import type { Entry } from './collection/entry.ts';
import { fieldsOf } from './collection/fields.ts';
import type { FormFrequencies } from './collection/form-frequencies.ts';
import { createArena } from './collection/arena.ts';
import { HeldEntry, type Home, LISTS, type Titled } from './collection/held-entry.ts';
import { createRows, type Rows } from './collection/rows.ts';
import { createStatistics } from './collection/statistics.ts';
import { createTally } from './collection/tally.ts';
import { createVectorColumn, type VectorColumn } from './collection/vector-column.ts';
import { createVersions } from './collection/versions.ts';
import { createLanguageWords, type VocabularyWord } from './collection/words.ts';

export type { Entry, VocabularyWord };

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
  /** Mean number of content words in each field. O(passages that changed since it was last asked). */
  averageLengths(): Record<'title' | 'section' | 'text', number>;
  /** In how many passages each form and each concept of the lexicon stands. O(forms of the passages that changed since it was last asked). */
  formFrequencies(): FormFrequencies;
  /** Numbers of the passages, for what is built over all of them. */
  rows(): Rows<Entry>;
  /** Passages of the document version with this number. */
  passagesOf(document: number): readonly Entry[];
  /** Grows with every change of passages. */
  revision(): number;
  /** Grows with every vector that comes. */
  vectorRevision(): number;
  /** All vectors; a passage knows its place there. */
  vectors: VectorColumn;
}

/** `steadyFrom`: passages from which on their rows stay (collection/rows.ts). */
export function createCollection(lexicon: Lexicon = builtInLexicon(), steadyFrom?: number): Collection {
  const entries = new Set<Entry>();
  const byId = new Map<string, Entry>();
  const versions = createVersions<Entry>();
  const arena = createArena();
  const tally = createTally();
  const vectors = createVectorColumn();
  /** For one passage at a time. */
  let scratch = new Uint32Array(1 << 10);
  const homes = new Map<string, Home>();
  let lastTitle: { text: string; titled: Titled } | null = null;
  const stems = new Map<string, number>();
  const grams = new Map<number, number>();
  const surface = new Map<string, VocabularyWord>();
  let vocabulary: Map<number, VocabularyWord[]> | null = null;
  let languages: string[] | null = null;
  const rows = createRows(entries, steadyFrom);
  const statistics = createStatistics(entries, lexicon);
  let revision = 0;
  let vectorRevision = 0;

  function homeOf(lang: string): Home {
    let home = homes.get(lang);
    if (home === undefined) {
      home = { words: createLanguageWords({ lang, lexicon, stems, grams, surface }), lexicon, tally, arena, vectors };
      homes.set(lang, home);
    }
    return home;
  }

  function makeRoom(length: number): void {
    if (length <= scratch.length) return;
    const larger = new Uint32Array(2 * length);
    larger.set(scratch);
    scratch = larger;
  }

  /** Writes the slots of words whose numbers stand in the scratch, from `to` on; returns how many there are. */
  function writeSlots({ words }: Home, from: number, count: number, to: number): number {
    let found = 0;
    for (let i = from; i < from + count; i++) {
      const slot = words.slotOf(scratch[i] as number);
      if (slot >= 0) scratch[to + found++] = slot;
    }
    return found;
  }

  function titledOf(title: string, home: Home): Titled {
    const words = wordsOf(title);
    makeRoom(2 * words.length);
    home.words.number(words, scratch, 0);
    const count = writeSlots(home, 0, words.length, words.length);
    return { words: scratch.slice(0, words.length), slots: scratch.slice(words.length, words.length + count), forms: null, home };
  }

  /** Lengths of the four lists, then the lists (collection/held-entry.ts). */
  function keepLists(section: readonly string[], text: readonly string[], home: Home): number {
    makeRoom(LISTS + 2 * (section.length + text.length));
    const sectionSlots = LISTS + section.length + text.length;
    home.words.number(section, scratch, LISTS);
    home.words.number(text, scratch, LISTS + section.length);
    const inSection = writeSlots(home, LISTS, section.length, sectionSlots);
    const inText = writeSlots(home, LISTS + section.length, text.length, sectionSlots + inSection);
    scratch.set([section.length, text.length, inSection, inText]);
    for (let i = LISTS; i < sectionSlots; i++) home.words.count(scratch[i] as number);
    return arena.keep(scratch, sectionSlots + inSection + inText);
  }

  function analyse(passage: Passage, document: number): Entry {
    const home = homeOf(passage.lang);
    const texts = fieldsOf(passage);
    // Passages of one document share their title.
    if (lastTitle?.text !== texts.title || lastTitle.titled.home !== home)
      lastTitle = { text: texts.title, titled: titledOf(texts.title, home) };
    const { titled } = lastTitle;
    for (const number of titled.words) home.words.count(number);
    return new HeldEntry(passage, document, titled, keepLists(wordsOf(texts.section), wordsOf(texts.text), home));
  }

  function leave(entry: Entry): void {
    entries.delete(entry);
    rows.removed(entry);
    statistics.removed(entry);
    entry.dense = null;
  }

  return {
    entries,
    put(passages) {
      for (const passage of passages) {
        const known = byId.get(passage.id);
        if (known) {
          leave(known);
          versions.drop(known.passage.documentId, known.passage.version, known);
        }
        const version = versions.of(passage.documentId, passage.version);
        const entry = analyse(passage, version.number);
        version.entries.push(entry);
        entries.add(entry);
        rows.added(entry);
        statistics.added(entry);
        byId.set(passage.id, entry);
      }
      vocabulary = null;
      languages = null;
      revision++;
    },
    remove(documentId, version) {
      for (const entry of versions.remove(documentId, version)) {
        leave(entry);
        byId.delete(entry.passage.id);
      }
      languages = null;
      revision++;
    },
    read: (passages, document) => passages.map((passage) => analyse(passage, document)),
    addVectors(made) {
      for (const [id, vector] of made) {
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
    documents: versions.living,
    documentNumbers: versions.numbers,
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
    averageLengths: statistics.averageLengths,
    lexicon,
    formFrequencies: statistics.formFrequencies,
    rows: rows.current,
    passagesOf: versions.entriesOf,
    revision: () => revision,
    vectorRevision: () => vectorRevision,
    vectors,
  };
}
