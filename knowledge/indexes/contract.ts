/** Socket: indexes. `embedded.ts` (in process) · `qdrant.ts`. First stage only: some 200 candidates; our second stage (answering/retrieve.ts) ranks them. */
import type { Passage } from '../answering/question.ts';
import type { Collection, Entry } from './collection.ts';

/** A slot of the collection's dictionary and how much it counts in the query. */
export interface WeightedSlot {
  slot: number;
  weight: number;
}

export interface IndexFilter {
  /** Day the passage must be in force, `YYYY-MM-DD`; null = any day (evaluation on foreign corpora). */
  at: string | null;
  audience: 'citizen' | 'staff';
  /** null = any language. */
  langs: string[] | null;
  office: string | null;
}

export interface IndexQuery {
  /** Stems with their weights (history and spelling weigh less). */
  words: WeightedSlot[];
  /** Character n-grams. */
  grams: WeightedSlot[];
  /** Concepts of the lexicon that the question means; `slot` is the concept's number. */
  concepts: WeightedSlot[];
  /** Vector of the question, quantised; absent without an embedder, or when it did not answer in time. */
  dense?: Int8Array;
  filter: IndexFilter;
  limit: number;
}

export interface IndexHit {
  entry: Entry;
  /** Its place among the collection's entries when it was found. */
  row: number;
  /** BM25F over title, headings and text. */
  words: number;
  /** BM25 of character n-grams. */
  grams: number;
  /** BM25F of the question's concepts, by whatever words the passage says them. */
  concepts: number;
  /** BM25 of the whole document for the same words. */
  document: number;
  /** How near its vector is to the question's: 1 for the nearest passage, falling to 0 at the hundredth; 0 without vectors. */
  dense: number;
  /** Cosine of the two vectors; 0 without them. */
  cosine: number;
}

export interface KnowledgeIndex {
  /** Adds passages; one with a known id replaces it. Effective for the next query. */
  put(passages: Passage[]): Promise<void>;
  /** Removes a document, or one version of it. */
  remove(documentId: string, version?: number): Promise<void>;
  /** Gives passages their dense vectors, whenever these come. Effective for the next query. */
  addVectors(vectors: ReadonlyMap<string, Int8Array>): Promise<void>;
  /** Best candidates first, by words, n-grams, concepts and vectors together; at once where nobody else has to be asked. Cost grows with the postings of the query's words, O(Σ df), and with a vector by passages × dimension. */
  query(query: IndexQuery): IndexHit[] | Promise<IndexHit[]>;
  /** BM25 of whole documents for other words, by document number. O(Σ df). */
  scoreDocuments(words: WeightedSlot[]): Float32Array;
  /** In how many passages a stem's slot occurs. */
  frequency(slot: number): number;
  /** Dictionary, statistics and forward lists of what is indexed. */
  collection: Collection;
  /** `degraded`: answers come from this process alone, since the server is away, too slow or still being filled. */
  state(): 'up' | 'degraded';
  /** Says that the collection is filled, and waits until the server holds it or has failed to; never rejects. From then on `put` and `remove` wait likewise. */
  settle(): Promise<void>;
  close(): Promise<void>;
}
