/** Entries as Qdrant points. Slots and concept numbers hold in one process only; here they become ids that hold for ever. */
import { createHash } from 'node:crypto';
import type { Schemas } from '@qdrant/js-client-rest';
import type { Passage } from '../../answering/question.ts';
import { tokenId } from '../analyzer.ts';
import type { Collection, Entry } from '../collection.ts';
import type { IndexQuery, WeightedSlot } from '../contract.ts';
import type { EachWeight } from '../embedded/postings.ts';
import { averageForms, averageWords, countGrams, weighConcepts, weighGrams, weighWords } from '../embedded/weights.ts';
import { dateTime, type Signal, type SparseVector } from './schema.ts';

export interface Stamp {
  id: string;
  /** Fingerprint of the payload and of every token: another text, analyser or lexicon gives another one. */
  print: string;
}

export interface Points {
  stamp(entry: Entry): Stamp;
  /** Points of some entries, weighed by the averages of `all`. */
  make(entries: Entry[], weighed: Weighing): Schemas['PointStruct'][];
  query(query: IndexQuery): Record<Signal, SparseVector>;
  /** A dense vector as Qdrant takes it: the quantised numbers, since a cosine does not see their scale. */
  dense(vector: Int8Array | null | undefined): number[] | undefined;
}

/** Statistics of the whole collection, taken once for many points. O(text). */
export type Weighing = ReturnType<typeof weighing>;

export function weighing(collection: Collection) {
  const all = [...collection.entries];
  return { among: all.length, words: averageWords(all), forms: averageForms(all), grams: countGrams(all, collection.gramSlots()) };
}

/** `dimension`: of dense vectors; null = the collection holds none. */
export function createPoints(collection: Collection, tenant: string, dimension: number | null = null): Points {
  const stamps = new WeakMap<Entry, Stamp & { dense: Int8Array | null }>();
  const concepts = Uint32Array.from(collection.lexicon.concepts, ({ name }) => tokenId(name));
  let stems = new Uint32Array(0);
  let grams = new Uint32Array(0);

  /** Slots are only ever added, so longer tables replace shorter ones. */
  function learnSlots(): void {
    if (stems.length < collection.slots()) stems = Uint32Array.from(collection.stems(), tokenId);
    // An n-gram's code is a whole number of 28 bits already.
    if (grams.length < collection.gramSlots()) grams = Uint32Array.from(collection.gramCodes());
  }

  function printOf(entry: Entry): string {
    learnSlots();
    const hash = createHash('sha1').update(JSON.stringify(payloadOf(entry.passage, tenant)));
    const add = (ids: Uint32Array) => hash.update(new Uint8Array(ids.buffer)).update('|');
    const { forms } = entry;
    for (const field of ['title', 'section', 'text'] as const) {
      add(entry[field].map((slot) => stems[slot] as number));
      add(
        Uint32Array.from(
          [...forms[field]].flatMap((form) => collection.lexicon.conceptsOf(form)),
          (number) => concepts[number] as number,
        ),
      );
    }
    const { slots, counts } = entry.grams();
    add(slots.map((slot) => grams[slot] as number));
    hash.update(counts);
    if (dense(entry.dense)) hash.update('|').update(entry.dense as Int8Array);
    return hash.digest('hex').slice(0, 16);
  }

  function dense(vector: Int8Array | null | undefined): number[] | undefined {
    return vector && vector.length === dimension ? [...vector] : undefined;
  }

  function stamp(entry: Entry): Stamp {
    let known = stamps.get(entry);
    if (!known || known.dense !== entry.dense) {
      known = { id: known?.id ?? pointId(`${tenant} ${entry.passage.id}`), print: printOf(entry), dense: entry.dense };
      stamps.set(entry, known);
    }
    return known;
  }

  return {
    stamp,
    dense,
    make(entries, weighed) {
      learnSlots();
      const words = vectors(entries.length, weighWords(entries, collection.slots(), weighed.words), stems);
      const ngrams = vectors(entries.length, weighGrams(entries, weighed.grams), grams);
      const meant = vectors(entries.length, weighConcepts(entries, collection.lexicon, weighed.forms), concepts);
      return entries.map((entry, row) => {
        const { id, print } = stamp(entry);
        const vector = { words: words[row], grams: ngrams[row], concepts: meant[row] };
        const near = dense(entry.dense);
        const held = Object.fromEntries(Object.entries(vector).filter(([, sparse]) => sparse && sparse.indices.length > 0));
        return {
          id,
          vector: { ...(held as Record<string, SparseVector>), ...(near ? { dense: near } : {}) },
          payload: { ...payloadOf(entry.passage, tenant), print, among: weighed.among },
        };
      });
    },
    query(query) {
      learnSlots();
      return { words: sparse(query.words, stems), grams: sparse(query.grams, grams), concepts: sparse(query.concepts, concepts) };
    },
  };
}

function payloadOf(passage: Passage, tenant: string): Record<string, string | number> {
  return {
    tenant,
    passage: passage.id,
    document: passage.documentId,
    version: passage.version,
    lang: passage.lang,
    audience: passage.audience,
    office: passage.office,
    ...(passage.validFrom === null ? {} : { valid_from: dateTime(passage.validFrom) }),
    ...(passage.validUntil === null ? {} : { valid_until: dateTime(passage.validUntil) }),
  };
}

/** UUID (version 5 layout) of a name. */
export function pointId(name: string): string {
  const bytes = createHash('sha1').update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function vectors(rows: number, each: EachWeight, ids: Uint32Array): SparseVector[] {
  const sums = Array.from({ length: rows }, () => new Map<number, number>());
  each((slot, row, weight) => addTo(sums[row] as Map<number, number>, ids[slot] as number, weight));
  return sums.map(toSparse);
}

function sparse(slots: WeightedSlot[], ids: Uint32Array): SparseVector {
  const sums = new Map<number, number>();
  for (const { slot, weight } of slots) if (ids[slot] !== undefined) addTo(sums, ids[slot], weight);
  return toSparse(sums);
}

/** Indices must be unique: tokens whose ids collide (some two pairs among 100,000) count as one. */
function addTo(sums: Map<number, number>, id: number, weight: number): void {
  sums.set(id, (sums.get(id) ?? 0) + weight);
}

/** Six digits are what Qdrant's 32-bit weights hold; more would only make the request longer. */
function toSparse(sums: Map<number, number>): SparseVector {
  return { indices: [...sums.keys()], values: Array.from(sums.values(), (weight) => Number(weight.toPrecision(6))) };
}
