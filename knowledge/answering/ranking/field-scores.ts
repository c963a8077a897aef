/** BM25F of a few passages for several queries at once, from their forward lists: what the trained re-ranker looks at. */
import { FIELDS, idfOf, K1 } from '../../indexes/embedded/weights.ts';
import type { Entry } from '../../indexes/collection.ts';
import type { KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';

export interface FieldScores {
  /** BM25F over all fields. */
  all: number;
  text: number;
  section: number;
  title: number;
  /** Weighted share of the query's words that stand anywhere in the passage. */
  share: number;
}

const NAMES = ['title', 'section', 'text'] as const;

/** One row per query, one value per entry. O(words of the entries × 1 + distinct query words × entries). */
export function scoreFields(entries: Entry[], queries: WeightedSlot[][], index: KnowledgeIndex): FieldScores[][] {
  const average = index.collection.averageLengths();
  const rows = index.collection.entries.size;
  const places = new Map<number, number>();
  const idf: number[] = [];
  const asked = queries.map((query) => {
    const at = new Int32Array(query.length);
    const values = new Float64Array(query.length);
    for (const [k, { slot, weight }] of query.entries()) {
      let place = places.get(slot);
      if (place === undefined) {
        place = places.size;
        places.set(slot, place);
        idf.push(idfOf(rows, index.frequency(slot)));
      }
      at[k] = place;
      values[k] = weight * (idf[place] as number);
    }
    return { at, values, total: values.reduce((sum, value) => sum + value, 0) || 1 };
  });
  const result: FieldScores[][] = queries.map(() => []);
  const tf = new Float64Array(places.size * NAMES.length);
  for (const entry of entries) {
    tf.fill(0);
    for (const [f, name] of NAMES.entries()) {
      const slots = entry[name];
      const { weight, b } = FIELDS[name];
      const once = weight / (1 - b + (b * slots.length) / (average[name] || 1));
      for (const slot of slots) {
        const place = places.get(slot);
        if (place !== undefined) tf[place * NAMES.length + f] = (tf[place * NAMES.length + f] as number) + once;
      }
    }
    for (const [q, { at, values, total }] of asked.entries()) {
      const score: FieldScores = { all: 0, text: 0, section: 0, title: 0, share: 0 };
      for (let k = 0; k < at.length; k++) {
        const place = (at[k] as number) * NAMES.length;
        const [title, section, text] = [tf[place] as number, tf[place + 1] as number, tf[place + 2] as number];
        if (title + section + text === 0) continue;
        const value = values[k] as number;
        score.title += value * saturated(title);
        score.share += value;
        score.text += value * saturated(text);
        score.section += value * saturated(section);
        score.all += value * saturated(title + section + text);
      }
      score.share /= total;
      (result[q] as FieldScores[]).push(score);
    }
  }
  return result;
}

function saturated(frequency: number): number {
  return (frequency * (K1 + 1)) / (K1 + frequency);
}
