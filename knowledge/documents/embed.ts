/**
 * Keeps vectors equal to what is published. There is no queue that could be lost: what is to be embedded is always what the index holds without a vector.
 * A publication never waits for an embedder, and an embedder that is away costs no answer: words alone find it meanwhile.
 */
import type { Database } from '../../connectors/databases/contract.ts';
import { createBreaker } from '../composers/model/breaker.ts';
import type { Embedder } from '../embedders/contract.ts';
import type { Entry } from '../indexes/collection.ts';
import type { KnowledgeIndex } from '../indexes/contract.ts';
import { quantise } from '../indexes/embedded/dense.ts';
import { hashOfText, pruneVectors, readVectors, storeVectors, textToEmbed } from './stored-vectors.ts';

/** Texts between two writes: what a failure or a stop may cost. */
const BATCH = 128;
/** Passages whose texts and vectors are in hand at once: those of a large collection together would be as much memory again as its index. */
const GROUP = 16 * BATCH;
const RETRY_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** `degraded`: passages are waiting for their vectors; `down`: not asked for a while after repeated failures. */
export type EmbedderState = 'off' | 'up' | 'degraded' | 'down';

export interface Vectors {
  /** Gives the index what the database holds. Asks no embedder. */
  load(): Promise<void>;
  /** Embeds what has no vector yet; never rejects. After a failure it tries again by itself. Runs once for all who ask meanwhile. */
  settle(): Promise<void>;
  /** The vector of a question; null when there is none in time. */
  ofQuestion(text: string): Promise<Int8Array | null>;
  state(): EmbedderState;
  /** Resolves when nothing more will be written. */
  stop(): Promise<void>;
}

export interface VectorsParts {
  database: Database;
  index: KnowledgeIndex;
  embedder: Embedder;
  onSurprise(error: unknown): void;
  /** First pause before passages are tried again; it doubles up to a minute. */
  retryMs?: number;
  now?(): number;
}

export function createVectors({ database, index, embedder, onSurprise, retryMs = RETRY_MS, now = Date.now }: VectorsParts): Vectors {
  const { model, dimension } = embedder;
  const off = dimension === 0;
  const breaker = createBreaker(now);
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let again = false;
  let failed = false;
  let pruned = false;
  /** Texts that the model would not take; asked again by the next process. */
  const refused = new Set<string>();
  /** The text that failed alone, until another one shows whose fault it was. */
  let suspect: string | null = null;
  let pause = retryMs;
  let timer: NodeJS.Timeout | null = null;

  /** Passages that have no vector, in groups; one that gets it meanwhile is left out. */
  function* missing(): Generator<Entry[]> {
    const entries = [...index.collection.entries].filter((entry) => entry.dense === null);
    for (let from = 0; from < entries.length; from += GROUP) {
      const group = entries.slice(from, from + GROUP).filter((entry) => entry.dense === null);
      if (group.length > 0) yield group;
    }
  }

  /** Hash → text and the passages that say it: a text that stands in several places is embedded once. */
  function byHash(entries: Entry[]): Map<string, { text: string; ids: string[] }> {
    const texts = new Map<string, { text: string; ids: string[] }>();
    for (const { passage } of entries) {
      const text = textToEmbed(passage);
      const hash = hashOfText(text);
      const known = texts.get(hash);
      if (known) known.ids.push(passage.id);
      else texts.set(hash, { text, ids: [passage.id] });
    }
    return texts;
  }

  /** Resolves with the texts that the database has no vector for. */
  async function loadGroup(entries: Entry[]): Promise<Map<string, { text: string; ids: string[] }>> {
    const texts = byHash(entries);
    const stored = await readVectors(database, embedder, [...texts.keys()]);
    await give(stored, texts);
    for (const hash of stored.keys()) texts.delete(hash);
    return texts;
  }

  async function load(): Promise<void> {
    for (const group of missing()) await loadGroup(group);
  }

  async function give(vectors: ReadonlyMap<string, Int8Array>, texts: Map<string, { ids: string[] }>): Promise<void> {
    const byId = new Map<string, Int8Array>();
    for (const [hash, vector] of vectors) for (const id of texts.get(hash)?.ids ?? []) byId.set(id, vector);
    if (byId.size > 0) await index.addVectors(byId);
  }

  async function run(): Promise<void> {
    try {
      do {
        again = false;
        await load();
        for (const group of missing()) {
          // Once more, for what an earlier group said too.
          const texts = await loadGroup(group);
          const hashes = [...texts.keys()].filter((hash) => !refused.has(hash));
          for (let from = 0; from < hashes.length && !stopping.signal.aborted; from += BATCH)
            await embedBatch(hashes.slice(from, from + BATCH), texts);
        }
        if (suspect !== null) throw new Error('the embedder refused a passage');
        if (!again) await prune();
      } while (again && !stopping.signal.aborted);
      failed = false;
      pause = retryMs;
    } catch (error) {
      retry(error);
    }
    running = null;
  }

  /** A text that a model will not take (too long, say) must not keep the others waiting: a batch that fails is halved until it stands alone. */
  async function embedBatch(hashes: string[], texts: Map<string, { text: string; ids: string[] }>): Promise<void> {
    let vectors: Float32Array[];
    try {
      vectors = await embedder.embed(
        hashes.map((hash) => texts.get(hash)?.text ?? ''),
        'passage',
        stopping.signal,
      );
    } catch (error) {
      if (stopping.signal.aborted || (hashes.length === 1 && suspect !== null)) throw error;
      if (hashes.length === 1) {
        suspect = hashes[0] as string;
        return;
      }
      const half = Math.ceil(hashes.length / 2);
      await embedBatch(hashes.slice(0, half), texts);
      return embedBatch(hashes.slice(half), texts);
    }
    // One failed alone and another passed after it: it is the text. Two in a row: it is the embedder.
    if (suspect !== null) refused.add(suspect);
    suspect = null;
    breaker.succeeded();
    const made = new Map(hashes.map((hash, i) => [hash, quantise(vectors[i] as Float32Array)]));
    await storeVectors(database, model, made);
    await give(made, texts);
  }

  /** Once a process, when everything has its vector: until then an operator may still go back to the model before. */
  async function prune(): Promise<void> {
    if (pruned || stopping.signal.aborted) return;
    pruned = true;
    const kept = new Set<string>();
    for (const { passage } of index.collection.entries) kept.add(hashOfText(textToEmbed(passage)));
    await pruneVectors(database, model, kept);
  }

  function retry(error: unknown): void {
    suspect = null;
    if (stopping.signal.aborted) return;
    if (!failed) onSurprise(error);
    failed = true;
    timer ??= setTimeout(() => {
      timer = null;
      void settle();
    }, pause);
    timer.unref();
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  function settle(): Promise<void> {
    if (off || stopping.signal.aborted) return Promise.resolve();
    again = true;
    running ??= run();
    return running;
  }

  return {
    async load() {
      if (!off) await load();
    },
    settle,
    async ofQuestion(text) {
      if (off || !breaker.allows()) return null;
      try {
        const [vector] = await embedder.embed([text], 'query');
        breaker.succeeded();
        return quantise(vector as Float32Array);
      } catch (error) {
        if (breaker.state() === 'up') onSurprise(error);
        breaker.failed();
        return null;
      }
    },
    state() {
      if (off) return 'off';
      if (breaker.state() !== 'up') return breaker.state();
      return failed || index.collection.vectors.held() < index.collection.entries.size ? 'degraded' : 'up';
    },
    async stop() {
      stopping.abort();
      if (timer) clearTimeout(timer);
      await running;
    },
  };
}
