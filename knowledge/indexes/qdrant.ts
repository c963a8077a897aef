/**
 * Plug: Qdrant proposes the candidates; this process scores them with the embedded index's own postings, so that both rank alike,
 * and answers alone whenever Qdrant is away or slow (docs/decisions/0008-qdrant.md).
 */
import { z } from 'zod';
import type { Entry } from './collection.ts';
import type { KnowledgeIndex } from './contract.ts';
import { createEmbedded } from './embedded.ts';
import { createPoints } from './qdrant/points.ts';
import { queryOf, type Shape } from './qdrant/schema.ts';
import { createQdrantServer } from './qdrant/server.ts';
import { createSync } from './qdrant/sync.ts';

const DEADLINE_MS = 800;
const RETRY_MS = 1_000;

const count = (most: number) => {
  const words = `a whole number from 1 to ${most}`;
  return z.coerce.number(words).int(words).min(1, words).max(most, words);
};

export const settings = z.object({
  QDRANT_URL: z
    .url({ protocol: /^https?$/, error: 'an http:// or https:// address' })
    .describe('Address of Qdrant, e.g. http://127.0.0.1:6333; without a port, 6333. Needed with INDEX=qdrant.'),
  QDRANT_API_KEY: z.string().default('').describe('Key of Qdrant; empty = none.'),
  QDRANT_COLLECTION: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,60}$/, 'up to 60 letters, digits, - or _')
    .default('sportello')
    .describe('Name of the Qdrant alias that holds this body’s passages; another one for each body.'),
  QDRANT_SHARDS: count(100).default(1).describe('Shards of the Qdrant collection; a change re-indexes behind the alias.'),
  QDRANT_REPLICAS: count(10).default(1).describe('Copies of each shard; a change re-indexes behind the alias.'),
});

export interface QdrantIndex extends KnowledgeIndex {
  /** Name of a snapshot that Qdrant made of the collection. Rejects when Qdrant does not answer. */
  snapshot(): Promise<string>;
}

export interface QdrantParts {
  onSurprise?(error: unknown): void;
  /** How long a question waits for Qdrant before this process answers alone. */
  deadlineMs?: number;
  /** First pause before Qdrant is tried again; it doubles up to 30 s. */
  retryMs?: number;
  /** Length of dense vectors, when an embedder makes them. */
  dimension?: number;
  /** Name of the embedder's model. */
  model?: string;
}

export default function open(given: z.infer<typeof settings>, parts: QdrantParts = {}): QdrantIndex {
  const shape: Shape = {
    alias: given.QDRANT_COLLECTION,
    shards: given.QDRANT_SHARDS,
    replicas: given.QDRANT_REPLICAS,
    dimension: parts.dimension || null,
    ...(parts.model ? { model: parts.model } : {}),
  };
  const embedded = createEmbedded();
  const { collection } = embedded;
  const server = createQdrantServer({ url: given.QDRANT_URL, apiKey: given.QDRANT_API_KEY }, shape, parts.deadlineMs ?? DEADLINE_MS);
  const points = createPoints(collection, shape.alias, shape.dimension);
  const sync = createSync({
    collection,
    points,
    server,
    async probe() {
      await server.ask(queryOf({ words: { indices: [0], values: [1] } }, anything, shape.alias, 1));
    },
    onSurprise: parts.onSurprise ?? (() => {}),
    retryMs: parts.retryMs ?? RETRY_MS,
  });
  let filled = false;

  /** While the server is away nobody waits for it: what changed is written when it is back. */
  const follow = (): Promise<void> => (filled && sync.reachable() ? sync.settle() : Promise.resolve());

  return {
    ...embedded,
    async put(passages) {
      collection.put(passages);
      sync.expect(passages.map((passage) => passage.id));
      await follow();
    },
    async addVectors(vectors) {
      collection.addVectors(vectors);
      await follow();
    },
    async remove(documentId, version) {
      collection.remove(documentId, version);
      await follow();
    },
    async query(query) {
      if (!sync.up()) return embedded.query(query);
      const request = queryOf(points.query(query), query.filter, shape.alias, query.limit, points.dense(query.dense));
      if (request.prefetch.length === 0) return [];
      try {
        const found = await server.ask(request);
        const candidates = new Set<Entry>(sync.pending());
        for (const id of found) {
          const entry = collection.get(id);
          if (entry) candidates.add(entry);
        }
        return embedded.score(query, candidates);
      } catch (error) {
        sync.fail(error);
        return embedded.query(query);
      }
    },
    state: () => (sync.up() ? 'up' : 'degraded'),
    settle() {
      filled = true;
      return sync.settle();
    },
    snapshot: () => server.snapshot(),
    async close() {
      sync.stop();
      await embedded.close();
    },
  };
}

const anything = { at: null, audience: 'staff', langs: null, office: null } as const;
