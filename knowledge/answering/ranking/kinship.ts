/** How candidates stand to one another: pages that belong together, and passages that say what the best ones say. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Entry } from '../../indexes/collection.ts';
import type { KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';

export interface Kin {
  /** Score of the best of its family, itself included. */
  best: number[];
  /** 1 for the first of its family, 1/2 for the second, … */
  order: number[];
  /** How many of the first ten are of its family, 0–1. */
  crowd: number[];
  /** Size of its family among the candidates, as 1 − 1/n. */
  size: number[];
}

/** Passages of one document are a family, and so are those of pages that bear one title. `scores`: best first. O(candidates). */
export function readKin(entries: Entry[], scores: number[]): Kin {
  const families = entries.map(familyOf);
  const best = new Map<string, number>();
  const crowd = new Map<string, number>();
  const size = new Map<string, number>();
  const order = families.map((family, i) => {
    if (!best.has(family)) best.set(family, Math.max(0, scores[i] as number));
    if (i < 10) crowd.set(family, (crowd.get(family) ?? 0) + 0.1);
    size.set(family, (size.get(family) ?? 0) + 1);
    return 1 / (size.get(family) as number);
  });
  return {
    best: families.map((family) => best.get(family) ?? 0),
    order,
    crowd: families.map((family) => crowd.get(family) ?? 0),
    size: families.map((family) => 1 - 1 / (size.get(family) as number)),
  };
}

export function familyOf({ document, passage }: Entry): string {
  return passage.title === '' ? `${document}` : passage.title;
}

/** By slot; lent to one question at a time. */
let lent = new Float64Array(1024);

/** Cosine, 0–1, of every passage with the words of the first `size` (itself left out), each weighed by its score. `slots`: of the collection. O(words of the passages). */
export function likenessToBest(vectors: Vector[], scores: number[], size: number, slots: number): number[] {
  makeRoom(slots);
  const top = scores[0] || 1;
  const weights = vectors.slice(0, size).map((_, i) => Math.max(0, scores[i] as number) / top);
  for (const [i, weight] of weights.entries()) add(vectors[i] as Vector, weight);
  let norm = 0;
  for (const [i] of weights.entries()) for (const slot of (vectors[i] as Vector).slots) norm = Math.max(norm, lent[slot] as number);
  const likeness = vectors.map((vector, i) => {
    const own = weights[i] ?? 0;
    let product = 0;
    for (const [k, slot] of vector.slots.entries())
      product += (vector.values[k] as number) * ((lent[slot] as number) - own * (vector.values[k] as number));
    const others = weights.reduce((sum, weight) => sum + weight, 0) - own;
    return others <= 0 ? 0 : product / others;
  });
  for (const [i] of weights.entries()) for (const slot of (vectors[i] as Vector).slots) lent[slot] = 0;
  return likeness;
}

/** Cosine, 0–1, of every passage with these words: unlike a sum over them, it asks how much else the passage says. O(words of the passages). */
export function likenessToWords(vectors: Vector[], words: WeightedSlot[], index: KnowledgeIndex): number[] {
  makeRoom(index.collection.slots());
  const rows = index.collection.entries.size;
  for (const { slot, weight } of words) lent[slot] = weight * idfOf(rows, index.frequency(slot));
  const norm = Math.hypot(...words.map(({ slot }) => lent[slot] as number)) || 1;
  const likeness = vectors.map(({ slots, values }) =>
    slots.reduce((sum, slot, k) => sum + ((lent[slot] as number) * (values[k] as number)) / norm, 0),
  );
  for (const { slot } of words) lent[slot] = 0;
  return likeness;
}

function makeRoom(slots: number): void {
  if (lent.length < slots) lent = new Float64Array(slots * 2);
}

/** A passage's distinct words with their weights, of length 1 together. */
export interface Vector {
  slots: number[];
  values: number[];
}

function add(vector: Vector, weight: number): void {
  for (const [k, slot] of vector.slots.entries()) lent[slot] = (lent[slot] as number) + weight * (vector.values[k] as number);
}

/** Words with their rarity and saturated counts. O(words of the passages). */
export function vectorsOf(entries: Entry[], index: KnowledgeIndex): Vector[] {
  const rows = index.collection.entries.size;
  return entries.map((entry) => vectorOf(entry, rows, index));
}

function vectorOf(entry: Entry, rows: number, index: KnowledgeIndex): Vector {
  const counts = new Map<number, number>();
  for (const field of [entry.title, entry.section, entry.text]) for (const slot of field) counts.set(slot, (counts.get(slot) ?? 0) + 1);
  const slots = [...counts.keys()];
  const values = slots.map((slot) => idfOf(rows, index.frequency(slot)) * (1 + Math.log(counts.get(slot) as number)));
  const norm = Math.hypot(...values) || 1;
  return { slots, values: values.map((value) => value / norm) };
}
