/** A candidate as numbers between 0 and 1: what a trained re-ranker looks at. Each is divided by the question's largest, so that collections compare. */
import type { Entry } from '../../indexes/collection.ts';
import type { KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';
import { readClosely } from './closeness.ts';
import { type FieldScores, scoreFields } from './field-scores.ts';
import { type Candidate, rarityOf } from './rank.ts';
import { type QueryTerms, type TermsInput, variantsOf } from './terms.ts';

/** Names of the features, in order; each stands a second time, for questions that open a conversation. */
export const FEATURES = [
  ...['last', 'decayed', 'flat', 'previousAnswer', 'previousQuestion', 'firstQuestion', 'scenario'].map((name) => `words of ${name}`),
  ...['text of last', 'text of decayed', 'section of last', 'section of decayed', 'title of last', 'title of decayed'],
  ...['share of decayed', 'share of flat', 'share of scenario', 'share of question', 'share of answer'],
  ...['proximity of earlier words', 'coverage of earlier words'],
  ...['grams', 'document of last', 'document of decayed', 'document of flat'],
  ...['proximity', 'coverage', 'title coverage', 'expansion', 'concepts', 'concepts said'],
  ...['length', 'early in document', 'first of document', 'best neighbour'],
  ...['same as before', 'next to before', 'previous to before', 'same document as before'],
  ...['prior', 'reciprocal rank'],
];

/** Cost: one scan of the candidates' words, and the postings of the question's words for documents. */
export function featuresOf(candidates: Candidate[], terms: QueryTerms, input: TermsInput, index: KnowledgeIndex): Float64Array[] {
  const { collection } = index;
  const variants = variantsOf(input, collection);
  const queries = [terms.lastTurn, terms.weighted, variants.flat, variants.answer, variants.question, variants.first, variants.scenario];
  const entries = candidates.map(({ hit }) => hit.entry);
  const fields = scoreFields(entries, queries, index);
  const documents = [terms.lastTurn, terms.weighted, variants.flat].map((words) => documentScores(words, entries, index));
  const earlier = readClosely(entries, variants.earlier, rarityOf(variants.earlier, index), collection.slots());
  const neighbours = bestNeighbours(candidates);
  const before = lastSpokenOf(fields[3] as FieldScores[], entries);
  const top = candidates[0]?.score || 1;
  const columns: number[][] = [
    ...fields.map((scores) => scores.map(({ all }) => all)),
    ...(['text', 'section', 'title'] as const).flatMap((field) => fields.slice(0, 2).map((scores) => scores.map((score) => score[field]))),
    ...[1, 2, 6, 4, 3].map((q) => (fields[q] as FieldScores[]).map(({ share }) => share)),
    earlier.map(({ proximity }) => proximity),
    earlier.map(({ coverage }) => coverage),
    candidates.map(({ hit }) => hit.grams),
    ...documents,
    candidates.map(({ proximity }) => proximity),
    candidates.map(({ coverage }) => coverage),
    candidates.map(({ titleCoverage }) => titleCoverage),
    candidates.map(({ expansion }) => expansion),
    candidates.map(({ hit }) => hit.concepts),
    candidates.map(({ said }) => said.reduce((sum, value) => sum + value, 0)),
    entries.map(({ text }) => Math.log(1 + text.length)),
    entries.map(({ passage }) => 1 / (1 + passage.position)),
    entries.map(({ passage }) => (passage.position === 0 ? 1 : 0)),
    neighbours,
    ...[0, 1, -1].map((step) => entries.map((entry) => (before && isStep(entry, before, step) ? 1 : 0))),
    entries.map((entry) => (before?.document === entry.document ? 1 : 0)),
    candidates.map(({ score }) => Math.max(0, score) / top),
    candidates.map((_, i) => 1 / (1 + i)),
  ];
  const opens = input.history.length === 0;
  const divisors = columns.map((column) => Math.max(...column, 0) || 1);
  return candidates.map((_, i) => {
    const row = new Float64Array(columns.length * 2);
    for (let c = 0; c < columns.length; c++) {
      const value = ((columns[c] as number[])[i] as number) / (divisors[c] as number);
      row[c] = value;
      if (opens) row[columns.length + c] = value;
    }
    return row;
  });
}

function documentScores(words: WeightedSlot[], entries: Entry[], index: KnowledgeIndex): number[] {
  const scores = index.scoreDocuments(words);
  return entries.map((entry) => scores[entry.document] ?? 0);
}

/** The passage that the last answer seems to have been taken from. */
function lastSpokenOf(scores: FieldScores[], entries: Entry[]): Entry | null {
  let best: Entry | null = null;
  let most = 0;
  for (const [i, { all }] of scores.entries()) {
    if (all <= most) continue;
    most = all;
    best = entries[i] as Entry;
  }
  return best;
}

function isStep(entry: Entry, from: Entry, step: number): boolean {
  return entry.document === from.document && entry.passage.position === from.passage.position + step;
}

function bestNeighbours(candidates: Candidate[]): number[] {
  const scores = new Map<string, number>();
  const place = (document: number, position: number) => `${document} ${position}`;
  for (const { hit, score } of candidates) scores.set(place(hit.entry.document, hit.entry.passage.position), score);
  return candidates.map(({ hit: { entry } }) => {
    const at = (step: number) => scores.get(place(entry.document, entry.passage.position + step)) ?? 0;
    return Math.max(at(-1), at(1), 0);
  });
}
