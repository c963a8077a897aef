/** What a Qdrant collection of ours looks like, and the filters over it. A change here makes a new collection behind the alias. */
import { createHash } from 'node:crypto';
import type { Schemas } from '@qdrant/js-client-rest';
import type { IndexFilter } from '../contract.ts';

/** Named sparse vectors, and their share in the fused order (as in the embedded index). */
export const SIGNALS = { words: 1, grams: 0.4, concepts: 0.6 } as const;
export type Signal = keyof typeof SIGNALS;
/** The named dense vector, and its share. */
const DENSE = 'dense';
const DENSE_SHARE = 0.8;

/** Raised when the meaning of stored vectors changes although their names do not. */
const EDITION = 1;
/** Most points that one request may ask for. */
export const MOST_ASKED = 1_000;
/** Each signal proposes at least as many, so that a passage fair in all of them is found too. */
const LEAST_PROPOSED = 100;
/** Qdrant's own default is 2, which lets the first places decide nearly alone. */
const RRF_K = 60;

export interface Shape {
  /** Alias that queries use. One for each body. */
  alias: string;
  shards: number;
  replicas: number;
  /** Length of dense vectors; null = no embedder. */
  dimension: number | null;
  /** Whose vectors they are; another model's are filled beside them, behind the alias. */
  model?: string;
}

export function collectionOf({ shards, replicas, dimension }: Shape) {
  return {
    ...(dimension === null ? {} : { vectors: { [DENSE]: { size: dimension, distance: 'Cosine' as const } } }),
    sparse_vectors: Object.fromEntries(Object.keys(SIGNALS).map((name) => [name, { modifier: 'idf' as const }])),
    shard_number: shards,
    replication_factor: replicas,
    write_consistency_factor: 1,
    strict_mode_config: {
      enabled: true,
      unindexed_filtering_retrieve: false,
      unindexed_filtering_update: false,
      max_query_limit: MOST_ASKED,
    },
  };
}

export const PAYLOAD_INDEXES: Record<string, Schemas['PayloadFieldSchema']> = {
  tenant: { type: 'keyword', is_tenant: true },
  document: 'keyword',
  version: 'integer',
  lang: 'keyword',
  audience: 'keyword',
  office: 'keyword',
  valid_from: 'datetime',
  valid_until: 'datetime',
};

/** The same shape has the same name, so that an interrupted filling goes on where it was. */
export function physicalName(shape: Shape): string {
  const described = JSON.stringify([EDITION, collectionOf(shape), PAYLOAD_INDEXES, ...(shape.model ? [shape.model] : [])]);
  return `${shape.alias}_${createHash('sha1').update(described).digest('hex').slice(0, 8)}`;
}

/** True for a name that `physicalName` gives for this alias: such a collection is ours to delete. */
export function isPhysicalName(name: string, alias: string): boolean {
  return name.startsWith(`${alias}_`) && /^[0-9a-f]{8}$/.test(name.slice(alias.length + 1));
}

export function isTenant(tenant: string): Schemas['FieldCondition'] {
  return { key: 'tenant', match: { value: tenant } };
}

export function filterOf(filter: IndexFilter, tenant: string): Schemas['Filter'] {
  const must: Schemas['Condition'][] = [isTenant(tenant)];
  if (filter.audience !== 'staff') must.push({ key: 'audience', match: { value: 'citizen' } });
  if (filter.langs) must.push({ key: 'lang', match: { any: filter.langs } });
  if (filter.office !== null) must.push({ key: 'office', match: { value: filter.office } });
  if (filter.at !== null) {
    const at = dateTime(filter.at);
    must.push(
      { should: [{ is_empty: { key: 'valid_from' } }, { key: 'valid_from', range: { lte: at } }] },
      { should: [{ is_empty: { key: 'valid_until' } }, { key: 'valid_until', range: { gte: at } }] },
    );
  }
  return { must };
}

/** Days are compared as their first instant in UTC, first and last day included. */
export function dateTime(day: string): string {
  return `${day}T00:00:00Z`;
}

export interface SparseVector {
  indices: number[];
  values: number[];
}

/**
 * One request: each signal proposes its best, and fusion only joins them. The limit holds all of them, so nothing is cut by rank;
 * the scores that count are made in process.
 */
export function queryOf(
  signals: Partial<Record<Signal, SparseVector>>,
  filter: IndexFilter,
  tenant: string,
  limit: number,
  dense?: number[],
) {
  const used = (Object.keys(SIGNALS) as Signal[]).filter((name) => (signals[name]?.indices.length ?? 0) > 0);
  const asked = used.length + (dense ? 1 : 0);
  const each = Math.min(Math.max(limit, LEAST_PROPOSED), Math.floor(MOST_ASKED / Math.max(1, asked)));
  const matches = filterOf(filter, tenant);
  const sparse = used.map((name) => ({
    query: signals[name] as SparseVector,
    using: name,
    filter: matches,
    limit: each,
    params: { idf: { corpus: { must: [isTenant(tenant)] } } },
  }));
  return {
    prefetch: dense ? [...sparse, { query: dense, using: DENSE, filter: matches, limit: each }] : sparse,
    query: { rrf: { k: RRF_K, weights: [...used.map((name) => SIGNALS[name]), ...(dense ? [DENSE_SHARE] : [])] } },
    filter: matches,
    limit: each * asked,
    with_payload: ['passage'],
  };
}
