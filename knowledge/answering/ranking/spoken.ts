/** A conversation taken apart: what each part of it finds by itself, in one unit, and how much of a passage has been told already. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Entry } from '../../indexes/collection.ts';
import type { KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';
import type { Vector } from './kinship.ts';
import type { QueryVariants } from './terms.ts';

const PARTS = [
  'news',
  'repeated',
  'previous question',
  'previous answer',
  'question before',
  'older questions',
  'older answers',
  'first question',
];
/** BM25F of the words that only this part of the conversation says. */
export const PART_NAMES = PARTS.map((name) => `part: ${name}`);
/** Shares, 0–1. */
export const TOLD = [
  'told by answers',
  'told by answer',
  'told by questions',
  'told by last',
  'triples of any answer',
  'triples of answer',
] as const;

/** The words of each part, in the order of PARTS; words of the last turn belong to it alone. */
export function partsOf(last: WeightedSlot[], { spoken: { answers, questions } }: QueryVariants): WeightedSlot[][] {
  const asked = new Set(last.map(({ slot }) => slot));
  const before = new Set([...questions, ...answers].flat());
  const others = (turns: number[][]) => {
    const counts = new Map<number, number>();
    for (const turn of turns) for (const slot of new Set(turn)) if (!asked.has(slot)) counts.set(slot, (counts.get(slot) ?? 0) + 1);
    return [...counts].map(([slot, count]) => ({ slot, weight: 1 + Math.log(count) }));
  };
  return [
    last.filter(({ slot }) => !before.has(slot)),
    last.filter(({ slot }) => before.has(slot)),
    others(questions.slice(-1)),
    others(answers.slice(-1)),
    others(questions.slice(-2, -1)),
    others(questions.slice(0, -2)),
    others(answers.slice(0, -1)),
    others(questions.slice(0, 1)),
  ];
}

/** One column for each of TOLD. O(words of the passages × answers). */
export function readTold(
  entries: Entry[],
  vectors: Vector[],
  last: WeightedSlot[],
  { spoken: { answers, questions } }: QueryVariants,
  index: KnowledgeIndex,
): number[][] {
  const told = [answers.flat(), answers.at(-1) ?? [], questions.flat(), last.map(({ slot }) => slot)].map((words) => new Set(words));
  const rows = index.collection.entries.size;
  const shares = vectors.map(({ slots }) => {
    const sums = told.map(() => 0);
    let total = 0;
    for (const slot of slots) {
      const rarity = idfOf(rows, index.frequency(slot));
      total += rarity;
      for (let t = 0; t < told.length; t++) if (told[t]?.has(slot)) sums[t] = (sums[t] as number) + rarity;
    }
    return sums.map((sum) => sum / (total || 1));
  });
  const triples = shareTriples(entries, answers, index.collection.slots());
  return [
    ...told.map((_, t) => shares.map((sums) => sums[t] as number)),
    triples.map((found) => Math.max(0, ...found)),
    triples.map((found) => found.at(-1) ?? 0),
  ];
}

/** By passage and text: share of the text's unbroken triples of words that stand in the passage. O(words of the passages). */
function shareTriples(entries: Entry[], texts: number[][], slots: number): number[][] {
  const sets = texts.map((text) => triplesOf(text, slots));
  const asked = new Map<number, number[]>();
  for (const [t, set] of sets.entries())
    for (const triple of set) {
      const known = asked.get(triple);
      if (known) known.push(t);
      else asked.set(triple, [t]);
    }
  return entries.map(({ text }) => {
    const found = texts.map(() => 0);
    if (asked.size === 0) return found;
    const met = new Set<number>();
    for (let i = 2; i < text.length; i++) {
      const triple = tripleAt(text, i, slots);
      const holders = asked.get(triple);
      if (!holders || met.has(triple)) continue;
      met.add(triple);
      for (const t of holders) found[t] = (found[t] as number) + 1;
    }
    return found.map((count, t) => count / Math.max(1, sets[t]?.size ?? 0));
  });
}

function triplesOf(text: number[], slots: number): Set<number> {
  const triples = new Set<number>();
  for (let i = 2; i < text.length; i++) triples.add(tripleAt(text, i, slots));
  return triples;
}

/** Exact up to 200,000 slots, beyond that two triples may share a number. */
function tripleAt(text: ArrayLike<number>, i: number, slots: number): number {
  return ((text[i - 2] as number) * slots + (text[i - 1] as number)) * slots + (text[i] as number);
}
