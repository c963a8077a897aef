/** Step 7, retrievePassages: the index proposes some 200 candidates, and the second stage ranks them, by hand-set weights or as the collection's own questions taught. */
import { idfOf } from '../indexes/embedded/weights.ts';
import type { IndexFilter, IndexHit, KnowledgeIndex } from '../indexes/contract.ts';
import { FoundPassage, type QuestionSize } from './found-passage.ts';
import type { RankedPassage, Topic, UnderstoodQuestion } from './question.ts';
import { inStep } from './in-step.ts';
import { featuresOf } from './ranking/features.ts';
import { type KnownWords, knownWords, STOP_WORD } from './ranking/known-words.ts';
import { type Candidate, rank } from './ranking/rank.ts';
import { saidTable } from './ranking/said-table.ts';
import { type QueryTerms, type TermsInput, termsOf } from './ranking/terms.ts';
import { tellingOf } from './ranking/telling.ts';
import type { Reranker } from './ranking/reranker.ts';
import { topicOf, type TopicParts } from './topic.ts';

const CANDIDATES = 120;
/** How many of them a re-ranker puts in another order. */
export const RERANKED = 60;

/** The candidates of one question as a re-ranker sees them, in the order of the hand-set weights. */
export interface Example {
  ids: string[];
  features: Float32Array[];
}

export interface Retriever {
  /** Says something else after every change of the collection. */
  revision(): number;
  /** Whether a word stands in the title of some document. O(1) after one pass over the titles per change. */
  isTitled(word: string, lang: string): boolean;
  /** Whether a word stands in some passage; a stop word does. O(1). */
  isHeld(word: string, lang: string): boolean;
  /** What the question is about, its words weighed by how rare they are in the collection. */
  topic(understood: UnderstoodQuestion): Topic;
  /** Best passages first, at most `limit`. Understands nothing by itself: language and follow-ups come with the question. */
  retrieve(understood: UnderstoodQuestion, filter: IndexFilter, limit?: number): Promise<RankedPassage[]>;
  /** What a re-ranker learns from. */
  example(understood: UnderstoodQuestion, filter: IndexFilter): Promise<Example>;
  /** Puts a trained re-ranker to work; null = the hand-set weights alone. */
  useReranker(reranker: Reranker | null): void;
}

/** `embed`: the vector of a question, null when there is none in time; absent without an embedder. */
export function createRetriever(index: KnowledgeIndex, embed?: (text: string) => Promise<Int8Array | null>): Retriever {
  let reranker: Reranker | null = null;

  /** What the index finds: at once, where it has nobody to ask. */
  function find(
    { weighted: words, grams, concepts }: QueryTerms,
    filter: IndexFilter,
    dense: Int8Array | null,
  ): Promise<IndexHit[]> | IndexHit[] {
    if (words.length === 0 && grams.length === 0 && concepts.weighted.length === 0 && !dense) return [];
    return index.query({ words, grams, concepts: concepts.weighted, ...(dense ? { dense } : {}), filter, limit: CANDIDATES });
  }

  /** What topic words are weighed by, for as long as the collection stays as it is: by the question's language. */
  let weighing = { revision: -1, byLang: new Map<string, TopicParts>() };

  function topicParts(lang: string): TopicParts {
    const revision = index.collection.revision();
    if (weighing.revision !== revision) weighing = { revision, byLang: new Map() };
    let parts = weighing.byLang.get(lang);
    if (!parts) {
      parts = topicPartsOf(lang);
      weighing.byLang.set(lang, parts);
    }
    return parts;
  }

  /** The words of the language that was asked about last: one question asks about many of them. */
  let known = { revision: -1, lang: '', words: null as KnownWords | null };

  function knownIn(lang: string): KnownWords {
    const revision = index.collection.revision();
    if (known.words !== null && known.revision === revision && known.lang === lang) return known.words;
    const words = knownWords(lang, index.collection);
    known = { revision, lang, words };
    return words;
  }

  function topicPartsOf(lang: string): TopicParts {
    const { collection } = index;
    const rows = collection.entries.size;
    const languages = collection.languages().slice(0, 3);
    return {
      mark: {},
      languages: [lang, ...languages],
      rarity(stem) {
        const slot = collection.slotOf(stem);
        const df = slot === undefined ? 0 : index.frequency(slot);
        return df === 0 ? null : idfOf(rows, df);
      },
      rarest: idfOf(rows, 1),
      cousins: (word) => collection.lexicon.cousinsOf(word, lang, languages),
    };
  }

  return {
    revision: () => index.collection.revision(),
    isTitled(word, lang) {
      const slot = knownIn(lang).slotOf(word);
      return slot >= 0 && titleSlots(index).has(slot);
    },
    isHeld(word, lang) {
      const slot = knownIn(lang).slotOf(word);
      return slot === STOP_WORD || (slot >= 0 && index.frequency(slot) > 0);
    },
    topic({ standalone, lang }) {
      return { words: topicOf(standalone, topicParts(lang)) };
    },
    async retrieve(understood, filter, limit = 10) {
      await inStep;
      const terms = termsOf(inputOf(understood), index.collection);
      await inStep;
      // In step with others where the index answers at once, too.
      const hits = await find(terms, filter, embed ? await embed(understood.standalone) : null);
      const candidates = rank(hits, terms, understood, index, reranker ? Math.max(limit, RERANKED) : limit);
      await inStep;
      const ranked = reranker ? reorder(candidates, terms, understood, index, reranker) : candidates;
      const passages = index.collection.entries.size;
      const size = sizeOf(terms, index);
      const table = saidTable(index.collection);
      return ranked
        .slice(0, limit)
        .map((candidate) => new FoundPassage(candidate, size, usualIn(tellingOf(candidate.hit, index, table), passages)));
    },
    async example(understood, filter) {
      const terms = termsOf(inputOf(understood), index.collection);
      const hits = await find(terms, filter, embed ? await embed(understood.standalone) : null);
      const best = rank(hits, terms, understood, index).slice(0, RERANKED);
      return { ids: best.map(({ hit }) => hit.entry.passage.id), features: featuresOf(best, terms, inputOf(understood), index) };
    },
    useReranker(chosen) {
      reranker = chosen;
    },
  };
}

const titlesKept = new WeakMap<KnowledgeIndex, { revision: number; slots: Set<number> }>();

function titleSlots(index: KnowledgeIndex): Set<number> {
  const revision = index.collection.revision();
  const known = titlesKept.get(index);
  if (known?.revision === revision) return known.slots;
  const slots = new Set<number>();
  // Passages of one document share the list of its title and stand together.
  let last: Uint32Array | null = null;
  for (const { title } of index.collection.entries) {
    if (title === last) continue;
    for (const slot of title) slots.add(slot);
    last = title;
  }
  titlesKept.set(index, { revision, slots });
  return slots;
}

function inputOf({ question, lang }: UnderstoodQuestion): TermsInput {
  return { text: question.text, lang, history: question.history, ...(question.scenario ? { scenario: question.scenario } : {}) };
}

function reorder(
  candidates: Candidate[],
  terms: QueryTerms,
  understood: UnderstoodQuestion,
  index: KnowledgeIndex,
  reranker: Reranker,
): Candidate[] {
  const best = candidates.slice(0, RERANKED);
  const scores = reranker.score(featuresOf(best, terms, inputOf(understood), index));
  const order = best.map((_, i) => i).sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
  return [...order.map((i) => best[i] as Candidate), ...candidates.slice(RERANKED)];
}

/** How rare the words of a passage usually are, and how many passages say as much of it: in a collection of one or two every word is common. */
const USUAL = { telling: 0.44, passages: 4 };

function usualIn(telling: number, passages: number): number {
  return (telling * passages + USUAL.telling * USUAL.passages) / (passages + USUAL.passages);
}

function sizeOf(terms: QueryTerms, index: KnowledgeIndex): QuestionSize {
  const rows = index.collection.entries.size;
  const idealWords = terms.weighted.reduce((sum, { slot, weight }) => sum + weight * idfOf(rows, index.frequency(slot)), 0);
  const unknown = terms.words.filter(({ slots }) => slots.length === 0).length;
  return {
    idealWords: idealWords + unknown * idfOf(rows, 1),
    idealGrams: terms.grams.length,
    conceptsAsked: terms.concepts.spans.length,
    unknown,
    wordsAsked: terms.words.length,
  };
}
