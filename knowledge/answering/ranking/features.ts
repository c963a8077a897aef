/** A candidate as numbers: what a trained re-ranker looks at. What has no scale of its own is divided by the question's largest, so that questions and collections compare. */
import { idfOf } from '../../indexes/embedded/weights.ts';
import type { Entry } from '../../indexes/collection.ts';
import type { KnowledgeIndex, WeightedSlot } from '../../indexes/contract.ts';
import { askedFactType, holdsFact, LEAVES_TRACE } from '../fact-type.ts';
import { CARRIED_SCALED, CARRIED_SHARES, type Carried, readCarried } from './carried.ts';
import { readClosely } from './closeness.ts';
import { type FieldScores, scoreFields } from './field-scores.ts';
import { fitOf, formOf } from './form.ts';
import { familyOf, likenessToBest, likenessToWords, readKin, type Vector, vectorsOf } from './kinship.ts';
import { cosineOf, latentSpace, toLengthOne } from './latent.ts';
import { LENT, NEIGHBOURLY, readNeighbours } from './neighbours.ts';
import { PROSE, proseOf } from './prose.ts';
import { type Candidate, rarityOf } from './rank.ts';
import { saidTable } from './said-table.ts';
import { PART_NAMES, partsOf, readTold, TOLD } from './spoken.ts';
import { tellingOf } from './telling.ts';
import { type QueryTerms, type QueryVariants, type TermsInput, variantsOf } from './terms.ts';
import { pairsOf, shareInClause, shareInStretch, sharePairs } from './windows.ts';

/** Divided by the question's largest. */
const SCALED = [
  ...['last', 'decayed', 'flat', 'previousAnswer', 'previousQuestion', 'firstQuestion', 'scenario'].map((name) => `words of ${name}`),
  ...['text of last', 'text of decayed', 'section of last', 'section of decayed', 'title of last', 'title of decayed'],
  ...['share of decayed', 'share of flat', 'share of scenario', 'share of question', 'share of answer'],
  ...['proximity of earlier words', 'coverage of earlier words'],
  ...['grams', 'document of last', 'document of decayed', 'document of flat'],
  ...['proximity', 'coverage', 'title coverage', 'expansion', 'concepts', 'concepts said'],
  ...['length', 'early in document', 'first of document', 'best neighbour'],
  ...['same as before', 'next to before', 'previous to before', 'same document as before', 'same family as before'],
  ...['prior', 'reciprocal rank'],
  ...['best of family', 'order in family', 'crowd of family', 'size of family', 'like the best', 'like the first'],
  ...['stretch of last', 'stretch of decayed', 'pairs of last', 'pairs of answer', 'pairs of any answer', 'words of any answer'],
  ...['pairs of any question'],
  ...['likeness to last', 'likeness to decayed', 'likeness to flat'],
  ...CARRIED_SCALED,
];
/** As they are: between 0 and 1. Those of the whole question only matter together with others. */
const PLAIN = [
  ...['plain share of last', 'plain share of decayed', 'fact held', 'fact missing', 'form', ...PROSE, 'telling', 'words'],
  ...['clause of last', 'clause of decayed', 'clause of flat', 'rarest held', 'early word', ...CARRIED_SHARES],
  ...PART_NAMES,
  ...TOLD,
  ...['last', 'decayed', 'flat', 'previous answer', 'the best'].map((name) => `meaning of ${name}`),
  ...['asked words', 'turns', 'asked before', 'unknown words', 'lead', 'slope', 'few words', 'scenario'].map((name) => `all: ${name}`),
];
const OWN = [...SCALED, ...PLAIN];
/** Names of the features, in order. */
export const FEATURES = [...OWN, ...NEIGHBOURLY];
export const INPUTS = FEATURES.length;
/** Place of the hand-set score. */
export const PRIOR = FEATURES.indexOf('prior');
const LENT_AT = LENT.map((name) => OWN.indexOf(name));

/** Cost: some scans of the candidates' words, and the postings of the question's words for documents. */
export function featuresOf(candidates: Candidate[], terms: QueryTerms, input: TermsInput, index: KnowledgeIndex): Float32Array[] {
  if (candidates.length === 0) return [];
  const variants = variantsOf(input, index.collection);
  const queries = [terms.lastTurn, terms.weighted, variants.flat, variants.answer, variants.question, variants.first, variants.scenario];
  const entries = candidates.map(({ hit }) => hit.entry);
  const fields = scoreFields(entries, queries, index);
  const vectors = vectorsOf(entries, index);
  const carried = readCarried(entries, vectors, terms, variants, index);
  const seen: Seen = { candidates, entries, terms, input, variants, fields, vectors, carried, index };
  const scaled = scaledColumns(seen);
  const divisors = scaled.map((column) => Math.max(...column, 0) || 1);
  const own = [...scaled.map((column, c) => column.map((value) => value / (divisors[c] as number))), ...plainColumns(seen)];
  const lengths = entries.map(({ title, section, text }) => title.length + section.length + text.length);
  const lent = LENT_AT.map((at) => own[at] as number[]);
  const columns = [...own, ...readNeighbours(vectors, lent, own[PRIOR] as number[], lengths, index.collection.slots())];
  return candidates.map((_, i) => {
    const row = new Float32Array(INPUTS);
    for (let c = 0; c < INPUTS; c++) row[c] = columns[c]?.[i] as number;
    return row;
  });
}

interface Seen {
  candidates: Candidate[];
  entries: Entry[];
  terms: QueryTerms;
  input: TermsInput;
  variants: QueryVariants;
  /** By query (last turn, decayed, flat, answer, question, first, scenario) and candidate. */
  fields: FieldScores[][];
  vectors: Vector[];
  carried: Carried;
  index: KnowledgeIndex;
}

function scaledColumns({ candidates, entries, terms, variants, fields, vectors, carried, index }: Seen): number[][] {
  const slots = index.collection.slots();
  const documents = [terms.lastTurn, terms.weighted, variants.flat].map((words) => documentScores(words, entries, index));
  const earlier = readClosely(entries, variants.earlier, rarityOf(variants.earlier, index), slots);
  const before = lastSpokenOf(fields[3] as FieldScores[], entries);
  const scores = candidates.map(({ score }) => score);
  const kin = readKin(entries, scores);
  const rare = (words: WeightedSlot[]) => rareWords(words, index);
  const pairShares = (texts: number[][]) => texts.map((text) => sharePairs(entries, pairsOf(text, slots), slots));
  const most = (lists: number[][]) => entries.map((_, i) => Math.max(0, ...lists.map((list) => list[i] as number)));
  const answerPairs = pairShares(variants.spoken.answers);
  const ofBefore = (test: (entry: Entry, from: Entry) => boolean) => entries.map((entry) => (before && test(entry, before) ? 1 : 0));
  return [
    ...fields.map((list) => list.map(({ all }) => all)),
    ...(['text', 'section', 'title'] as const).flatMap((field) => fields.slice(0, 2).map((list) => list.map((score) => score[field]))),
    ...[1, 2, 6, 4, 3].map((q) => (fields[q] as FieldScores[]).map(({ share }) => share)),
    entries.map((_, i) => earlier.proximity[i] as number),
    entries.map((_, i) => earlier.coverage[i] as number),
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
    bestNeighbours(candidates),
    ...[0, 1, -1].map((step) => ofBefore((entry, from) => isStep(entry, from, step))),
    ofBefore((entry, from) => entry.document === from.document),
    ofBefore((entry, from) => familyOf(entry) === familyOf(from)),
    scores.map((score) => Math.max(0, score)),
    candidates.map((_, i) => 1 / (1 + i)),
    ...[kin.best, kin.order, kin.crowd, kin.size],
    likenessToBest(vectors, scores, 5, slots),
    likenessToBest(vectors, scores, 1, slots),
    shareInStretch(entries, rare(terms.lastTurn), slots),
    shareInStretch(entries, rare(terms.weighted), slots),
    ...pairShares([variants.spoken.last]),
    answerPairs.at(-1) ?? entries.map(() => 0),
    most(answerPairs),
    most(scoreFields(entries, variants.answers, index).map((list) => list.map(({ share }) => share))),
    most(pairShares(variants.spoken.questions)),
    ...[terms.lastTurn, terms.weighted, variants.flat].map((words) => likenessToWords(vectors, words, index)),
    ...carried.scaled,
  ];
}

function plainColumns({ candidates, entries, terms, input, variants, fields, vectors, carried, index }: Seen): number[][] {
  const type = askedFactType(input.text);
  const traced = LEAVES_TRACE.has(type);
  const form = formOf(input.text);
  const said = new Set([...variants.answers.flat(), ...variants.question, ...variants.first].map(({ slot }) => slot));
  const { lastTurn, words } = terms;
  const [first = 0, second = 0] = candidates.map(({ score }) => score);
  const all = [
    Math.min(1, lastTurn.length / 12),
    Math.min(1, input.history.length / 12),
    lastTurn.filter(({ slot }) => said.has(slot)).length / Math.max(1, lastTurn.length),
    words.filter(({ slots }) => slots.length === 0).length / Math.max(1, words.length),
    1 - second / (first || 1),
    1 - (candidates[9]?.score ?? 0) / (first || 1),
    lastTurn.length <= 3 ? 1 : 0,
    input.scenario ? 1 : 0,
  ];
  return [
    ...fields.slice(0, 2).map((list) => list.map(({ share }) => share)),
    entries.map(({ passage }) => (traced && holdsFact(type, passage.text) ? 1 : 0)),
    entries.map(({ passage }) => (traced && !holdsFact(type, passage.text) ? 1 : 0)),
    entries.map(({ passage }) => fitOf(form, passage.text)),
    ...PROSE.map((_, p) => entries.map((entry) => proseOf(entry)[p] as number)),
    candidates.map(({ hit }) => tellingOf(hit, index, saidTable(index.collection))),
    entries.map(({ text }) => Math.min(1, Math.log(1 + text.length) / 7)),
    ...[lastTurn, terms.weighted, variants.flat].map((spoken) =>
      shareInClause(entries, rareWords(spoken, index), index.collection.slots()),
    ),
    rarestHeld(entries, lastTurn, index),
    earlyWord(entries, lastTurn),
    ...carried.shares,
    ...partColumns(entries, lastTurn, variants, fields[1] as FieldScores[], index),
    ...readTold(entries, vectors, lastTurn, variants, index),
    ...meaningColumns(candidates, terms, variants, vectors, index),
    ...all.map((value) => entries.map(() => value)),
  ];
}

/** In units of the best score of the whole conversation, so that the parts can be added. */
function partColumns(
  entries: Entry[],
  last: WeightedSlot[],
  variants: QueryVariants,
  whole: FieldScores[],
  index: KnowledgeIndex,
): number[][] {
  const most = Math.max(0, ...whole.map(({ all }) => all)) || 1;
  return scoreFields(entries, partsOf(last, variants), index).map((list) => list.map(({ all }) => all / most));
}

/** Five passages in their latent directions, each weighed by its score. */
const BEST = 5;

function meaningColumns(
  candidates: Candidate[],
  terms: QueryTerms,
  variants: QueryVariants,
  vectors: Vector[],
  index: KnowledgeIndex,
): number[][] {
  const space = latentSpace(index);
  const passages = space.ofPassages(vectors);
  const answer = [...new Set(variants.spoken.answers.at(-1) ?? [])].map((slot) => ({ slot, weight: 1 }));
  const asked = [terms.lastTurn, terms.weighted, variants.flat, answer].map((words) => space.ofWords(words));
  const best = new Float64Array((passages[0] as Float64Array).length);
  for (const [i, passage] of passages.slice(0, BEST).entries())
    for (let d = 0; d < best.length; d++)
      best[d] = (best[d] as number) + Math.max(0, (candidates[i] as Candidate).score) * (passage[d] as number);
  return [...asked, toLengthOne(best)].map((direction) => passages.map((passage) => cosineOf(passage, direction)));
}

function rareWords(words: WeightedSlot[], index: KnowledgeIndex): WeightedSlot[] {
  return words.map(({ slot, weight }) => ({ slot, weight: weight * rarity(slot, index) }));
}

const RAREST = 2;

/** Share of the two rarest words of the last turn that each passage holds. */
function rarestHeld(entries: Entry[], words: WeightedSlot[], index: KnowledgeIndex): number[] {
  const ordered = words.map(({ slot }) => slot).sort((a, b) => rarity(b, index) - rarity(a, index));
  const rarest = ordered.slice(0, RAREST);
  return entries.map(({ title, section, text }) => {
    const held = rarest.filter((slot) => title.includes(slot) || section.includes(slot) || text.includes(slot));
    return held.length / Math.max(1, rarest.length);
  });
}

/** How soon the text says a word of the last turn: 1 at once, 1/2 after ten content words, 0 never. */
function earlyWord(entries: Entry[], words: WeightedSlot[]): number[] {
  const asked = new Set(words.map(({ slot }) => slot));
  return entries.map(({ text }) => {
    const at = text.findIndex((slot) => asked.has(slot));
    return at < 0 ? 0 : 1 / (1 + at / 10);
  });
}

function rarity(slot: number, index: KnowledgeIndex): number {
  return idfOf(index.collection.entries.size, index.frequency(slot));
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
