/** What questions are scored with: inverted lists over the rows of a collection, and what a filter admits of them. */
import type { Collection, Entry } from '../collection.ts';
import type { IndexFilter, WeightedSlot } from '../contract.ts';
import { admit } from './admit.ts';
import { readDocuments } from './documents.ts';
import { NO_ROW } from './nearest.ts';
import { buildPostings, countIn, type Postings } from './postings.ts';
import type { Factors, Lists, Shard } from './scoring.ts';
import { roomFor } from './weight-column.ts';
import { countGrams, countWords, idfOf, tellingGrams, weighConcepts, weighGrams, weighWords } from './weights.ts';

/** From so many rows on other threads may be asked, so that what they need is where they see it. */
export const SHARED_FROM = 20_000;
const FILTERS_KEPT = 16;

export interface Built {
  revision: number;
  entries: Entry[];
  lists: Lists;
  /** By row: number of the document. */
  documentOf: Uint32Array;
  /** How many there were: the collection may change while a question waits. */
  documentCount: number;
  documents: Postings;
  /** By document; lent to one question at a time. */
  documentScores: Float32Array;
  shared: boolean;
  /** By filter: what it admits. Asked day after day by everybody, so a few are kept. */
  admitted: Map<string, Admitted>;
  /** Sums of all rows in this thread, made when first needed. */
  shard?: Shard;
  /** Row of each entry, made when first asked for. */
  rows?: Map<Entry, number>;
}

export interface Admitted {
  /** By row: 1 where the filter admits it. */
  rows: Uint8Array;
  /** By place of a vector: the admitted row whose vector it is, else NO_ROW; as far as vectors had come at a revision. */
  places?: { revision: number; rows: Uint32Array };
}

/** Cost grows with the text of the whole collection (some 20 ms at 2,000 passages). */
export function build(collection: Collection, sharedFrom = SHARED_FROM): Built {
  const entries = [...collection.entries];
  const shared = entries.length >= sharedFrom;
  const slots = collection.slots();
  const grams = countGrams(entries, collection.gramSlots());
  const documents = readDocuments(entries, collection.documentNumbers(), slots);
  const { concepts } = collection.lexicon;
  return {
    revision: collection.revision(),
    entries,
    documentOf: Uint32Array.from(entries, ({ document }) => document),
    documentCount: collection.documents(),
    lists: {
      rows: entries.length,
      words: buildPostings(slots, weighWords(entries, slots), countWords(entries, slots), shared),
      grams: buildPostings(collection.gramSlots(), weighGrams(entries, grams), tellingGrams(grams), shared),
      concepts: buildPostings(concepts.length, weighConcepts(entries, collection.lexicon), collection.formFrequencies().concepts, shared),
    },
    documents: buildPostings(slots, documents.weigh, documents.df),
    documentScores: new Float32Array(collection.documentNumbers()),
    shared,
    admitted: new Map(),
  };
}

/** Questions of one day ask with the same filter: which rows it admits is kept until the collection changes. */
export function admittedRows(built: Built, filter: IndexFilter): Admitted {
  const key = JSON.stringify(filter);
  const known = built.admitted.get(key);
  if (known) return known;
  const admits = admit(filter);
  const rows = new Uint8Array(roomFor(built.entries.length, built.shared));
  for (let row = 0; row < rows.length; row++) if (admits(built.entries[row] as Entry)) rows[row] = 1;
  if (built.admitted.size >= FILTERS_KEPT) built.admitted.clear();
  const made = { rows };
  built.admitted.set(key, made);
  return made;
}

/** Which rows' vectors stand where. O(passages) after vectors have come. */
export function admittedPlaces(built: Built, admitted: Admitted, collection: Collection): Uint32Array {
  const revision = collection.vectorRevision();
  if (admitted.places?.revision !== revision) {
    const rows = new Uint32Array(roomFor(4 * collection.vectors.places(), built.shared)).fill(NO_ROW);
    for (let row = 0; row < built.entries.length; row++) {
      const { place } = built.entries[row] as Entry;
      if (place >= 0 && admitted.rows[row] === 1) rows[place] = row;
    }
    admitted.places = { revision, rows };
  }
  return admitted.places.rows;
}

/** What a posting's weight is multiplied with. */
export function factorsOf(postings: Postings, slots: WeightedSlot[], rows: number): Factors {
  return {
    slots: slots.map(({ slot }) => slot),
    factors: slots.map(({ slot, weight }) => weight * idfOf(rows, countIn(postings, slot))),
  };
}
