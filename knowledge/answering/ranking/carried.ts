/** What a conversation carries along: words it keeps coming back to, words that are new, and how much of a heading has been said. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Entry } from '../../indexes/collection.ts';
import type { KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';
import { scoreFields } from './field-scores.ts';
import { likenessToWords, type Vector } from './kinship.ts';
import type { QueryTerms, QueryVariants } from './terms.ts';

/** Without a scale of their own. */
export const CARRIED_SCALED = ['words of topic', 'title of topic', 'likeness to topic', 'words of news', 'title of news'] as const;
/** Shares, 0–1. */
export const CARRIED_SHARES = [
  ...(['title said last', 'title said by now', 'title said flat', 'section said last', 'section said by now'] as const),
  ...(['share of topic', 'share of firm topic', 'share of news', 'share of repeated'] as const),
] as const;

export interface Carried {
  /** In the order of CARRIED_SCALED, by candidate. */
  scaled: number[][];
  /** In the order of CARRIED_SHARES, by candidate. */
  shares: number[][];
}

/** Cost: one scan of the passages' words. */
export function readCarried(
  entries: Entry[],
  vectors: Vector[],
  { lastTurn, weighted }: QueryTerms,
  { flat, spoken }: QueryVariants,
  index: KnowledgeIndex,
): Carried {
  const before = new Set([...spoken.questions, ...spoken.answers].flat());
  // Where nothing was said before, everything is new: that tells nothing that the last turn does not.
  const asked = before.size === 0 ? [] : lastTurn;
  const [news, repeated] = [asked.filter(({ slot }) => !before.has(slot)), asked.filter(({ slot }) => before.has(slot))];
  const turns = turnsThatSay([spoken.last, ...spoken.questions, ...spoken.answers]);
  const topic = [...turns].flatMap(([slot, count]) => (count >= 2 ? [{ slot, weight: 1 + Math.log(count) }] : []));
  const firm = [...turns].flatMap(([slot, count]) => (count >= 3 ? [{ slot, weight: Math.log(count) }] : []));
  const fields = scoreFields(entries, [topic, firm, news, repeated], index);
  const of = (query: number, field: 'all' | 'title' | 'share') => (fields[query] ?? []).map((score) => score[field]);
  const said = (field: 'title' | 'section', words: WeightedSlot[]) => shareSaid(entries, field, words, index);
  return {
    scaled: [of(0, 'all'), of(0, 'title'), likenessToWords(vectors, topic, index), of(2, 'all'), of(2, 'title')],
    shares: [
      ...[lastTurn, weighted, flat].map((words) => said('title', words)),
      ...[lastTurn, weighted].map((words) => said('section', words)),
      ...[0, 1, 2, 3].map((query) => of(query, 'share')),
    ],
  };
}

/** By word: in how many turns it was said. */
function turnsThatSay(turns: number[][]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const turn of turns) for (const slot of new Set(turn)) counts.set(slot, (counts.get(slot) ?? 0) + 1);
  return counts;
}

/** Share of each heading, by rarity of its words, that these words say: a heading said to the end names what is meant. */
function shareSaid(entries: Entry[], field: 'title' | 'section', words: WeightedSlot[], index: KnowledgeIndex): number[] {
  const rows = index.collection.entries.size;
  const asked = new Set(words.map(({ slot }) => slot));
  return entries.map((entry) => {
    let [total, said] = [0, 0];
    for (const slot of new Set(entry[field])) {
      const rarity = idfOf(rows, index.frequency(slot));
      total += rarity;
      if (asked.has(slot)) said += rarity;
    }
    return total === 0 ? 0 : said / total;
  });
}
