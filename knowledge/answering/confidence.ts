/** Do the best passages answer? One probability, out of what retrieval saw, what the best sentences hold and what the question asks for. */
import { stemsOf } from '../indexes/analyzer.ts';
import { contentNumbers, type ContentNumbers } from './content-stems.ts';
import { askedFactType, type FactType, holdsFact, isAnnounced, LEAVES_TRACE, STRICT, yearsIn } from './fact-type.ts';
import { markersIn } from './markers.ts';
import { type CalibrationModel, MODEL, type Signal, SIGNALS, type Signals } from './calibration.ts';
import { fitOfOpening, formOf } from './ranking/form.ts';
import { likenessAmong } from './likeness.ts';
import { WEIGHTS } from './ranking/rank.ts';
import { evidenceIn, likelihoods, type PassageModel } from './passage-evidence.ts';
import { type Held, note, noughts, soughtOf } from './held.ts';
import { type ReadPassage, readPassage } from './reading.ts';
import { standingOf } from './standing.ts';
import { heldWords } from './word-numbers.ts';
import type { Draft, Passage, RankedPassage, Topic, UnderstoodQuestion } from './question.ts';

/** Passages that are looked at besides the one that would be quoted. */
const LOOKED_AT = 5;

export interface Confidence {
  /** 0–1: how likely the draft answers. */
  p: number;
  /** What it is weighed from, all of it: for what is fitted, and for explaining. O(words of the passages). */
  signals(): Signals;
  /** What the best passages hold, one row each: for what is fitted. O(words of the passages). */
  evidence(): number[][];
}

export function weighConfidence(
  question: UnderstoodQuestion,
  passages: RankedPassage[],
  draft: Draft,
  model: CalibrationModel = MODEL,
): Confidence {
  const evidence = () => evidenceIn(question, passages);
  const { weights } = model;
  const signalsTold = (isTold?: IsTold): Signals => {
    const signals = signalsOf(question, passages, draft, isTold);
    if (!weights.anyAnswers && !weights.secondAnswers) return signals;
    return Object.assign(signals, likelihoods(evidence(), model.passages ?? MODEL.passages ?? UNTOLD));
  };
  const inOrder = inOrderOf(weights);
  const signals = signalsTold((name) => Boolean(weights[name]));
  let z = model.bias;
  for (let i = 0; i < inOrder.length; i++) if (inOrder[i] !== 0) z += (inOrder[i] as number) * signals[SIGNALS[i] as Signal];
  const likely = 1 / (1 + Math.exp(-z));
  const certain = Math.min(
    isPlain(signals) && likely >= model.bands.refuse ? Math.max(likely, model.bands.answer) : likely,
    ceilingOf(signals, model),
  );
  const p = isScattered(question, passages, draft) ? Math.min(certain, model.bands.answer - 0.01) : certain;
  return { p, signals: () => signalsTold(), evidence };
}

let last: { weights: CalibrationModel['weights'] | null; inOrder: number[] } = { weights: null, inOrder: [] };

/** In the order of the signals: the same model weighs one question after the other. */
function inOrderOf(weights: CalibrationModel['weights']): number[] {
  if (last.weights !== weights) last = { weights, inOrder: SIGNALS.map((name) => weights[name] ?? 0) };
  return last.inOrder;
}

/** Where the weights make nothing of the passages one by one, they are not read so. */
const NOTHING_TOLD = { anyAnswers: 0, secondAnswers: 0 };
const UNTOLD: PassageModel = { bias: 0, weights: {} };

/** A question of so few words as these (of 8), and how much of its topic the page must be called by. */
const FEW = 3 / 8;
const CALLED = 0.95;

/**
 * "Quando scade la TARI?": few words, all of them the name of the page, and its passage announces the kind of fact that is asked and holds one. That there are few
 * words then says nothing against it.
 */
function isPlain(signals: Signals): boolean {
  const { wordsAsked, topicInTitle, announced, factHeld } = signals;
  const doubts = signals.otherBody + signals.offTopic + signals.personal + signals.premise + signals.yearMissing + signals.unknown;
  return wordsAsked <= FEW && topicInTitle >= CALLED && announced === 1 && factHeld === 1 && doubts === 0;
}

/** A list in which each point holds one word of what is asked about speaks of it nowhere. */
const TOGETHER = 0.6;

function isScattered({ topic }: UnderstoodQuestion, passages: RankedPassage[], draft: Draft): boolean {
  if (!topic || topic.words.length < 2 || draft.sentences.length < 3 || draft.sentences.some(({ layout }) => layout !== 'item'))
    return false;
  const best = passages.find(({ passage }) => passage.id === draft.sentences[0]?.passageId);
  if (!best) return false;
  const standing = standingOf(topic, best);
  const pieces = draft.sentences.map(({ quote }) => standing.read.pieces.findIndex(({ text }) => text === quote));
  const most = Math.max(...pieces.map((piece) => (piece < 0 ? standing.inHeading() : standing.inHeadedPiece(piece))));
  return most < TOGETHER && standing.inAll() > most;
}

/** An asked amount or date that stands apart from the thing asked about is another thing's: not said outright, and refused when nothing of the thing is near. */
const APART = 0.7;
const FAR_APART = 0.99;

function ceilingOf({ factApart, topicInPassage, topicShown, noTopic }: Signals, { bands }: CalibrationModel): number {
  // Nothing of what is asked about stands in the passage: at most a slip was read as one of its words.
  if (noTopic === 0 && topicInPassage === 0 && topicShown === 0) return bands.answer - 0.01;
  if (factApart >= FAR_APART) return bands.refuse - 0.01;
  return factApart >= APART ? bands.answer - 0.01 : 1;
}

/** Whether a signal is asked for: one that weighs nothing need not be worked out. */
type IsTold = (name: Signal) => boolean;
const all: IsTold = () => true;

/** All but what the passages tell one by one, which is left at nothing, as are dear ones that nobody asks for. */
export function signalsOf(question: UnderstoodQuestion, passages: RankedPassage[], draft: Draft, isTold = all): Signals {
  const best = passages.find(({ passage }) => passage.id === draft.sentences[0]?.passageId) ?? passages[0];
  const near = passages.slice(0, LOOKED_AT);
  const text = question.question.text;
  const topic = question.topic ?? { words: [] };
  const standing = best ? standingOf(topic, best) : null;
  const type = askedFactType(text);
  const strict = STRICT.has(type);
  const quotes = readQuotes(topic, type, draft, passages, best?.passage.lang);
  const titleAsks = type !== 'other' && near.some(({ passage }) => titleAsksFor(type, passage, readPassage(passage)));
  const wholeOf = ({ passage }: RankedPassage) => `${passage.title} ${passage.headings.join(' ')} ${passage.text}`;
  const { otherBody, offTopic, personal, premise } = markersIn(text, () => (near[0] ? wholeOf(near[0]) : ''));
  const isYearMissing = yearsIn(text).some((year) => !near.slice(0, 3).some((ranked) => wholeOf(ranked).includes(year)));
  const most = mostOf(near);
  const topicShown = standing?.withHeading(quotes.held) ?? 0;
  const size = best?.signals ?? {};
  const telling = most.telling / Math.max(1, near.length);
  const evidence = most.evidence / (2.2 * (size['idealWords'] || 1));
  return {
    topicShown,
    topicInTitle: standing?.inHeading() ?? 0,
    topicInPassage: standing?.inAll() ?? 0,
    noTopic: one(topic.words.length === 0),
    meaning: most.meaning,
    meaningFirst: near[0]?.signals['meaning'] ?? 0,
    evidence,
    // What cards made of everybody's words say of the question is worth less.
    tellingEvidence: evidence * telling,
    alike: isTold('alike') ? likenessAmong(topic, near) : 0,
    coverage: most.coverage,
    titleCoverage: most.titleCoverage,
    titleMatch: isTold('titleMatch') ? titleMatch(near, contentNumbers(question.standalone, question.lang)) : 0,
    words: Math.log1p(most.words) / 4,
    wordsOfIdeal: most.words / (2.2 * (size['idealWords'] || 1)),
    gramsOfIdeal: most.grams / (10 * (size['idealGrams'] || 1)),
    proximity: Math.min(1, most.proximity / 8),
    expansion: Math.min(1, most.expansion / 20),
    conceptsAsked: Math.min(1, (size['conceptsAsked'] ?? 0) / 4),
    unsaid: best?.signals['unsaid'] ?? 0,
    unsaidFirst: near[0]?.signals['unsaid'] ?? 0,
    lastUnsaid: isTold('lastUnsaid') ? lastUnsaid(topic, passages) : 0,
    missing: best?.signals['missing'] ?? 1,
    unknown: (size['unknown'] ?? 0) / Math.max(1, size['wordsAsked'] ?? 1),
    wordsAsked: Math.min(1, (size['wordsAsked'] ?? 0) / 8),
    telling,
    lead: near.length > 1 ? 1 - (near[1]?.score ?? 0) / (near[0]?.score || 1) : 1,
    score: (best?.score ?? 0) / 2,
    // The one that retrieval put first and the one that reads best are the same, or both are quoted.
    firstQuoted: one(draft.sentences.some(({ passageId }) => passageId === passages[0]?.passage.id)),
    fits: standing && isTold('fits') ? fitOfOpening(formOf(text), standing.read.opening) : 0,
    announced: one(standing?.read.announces(type) ?? false),
    factHeld: one(LEAVES_TRACE.has(type) && quotes.holdFact),
    factMissing: one(strict && !quotes.holdFact),
    factAskedByTitle: one(titleAsks),
    factAskedByNoTitle: one(strict && !titleAsks),
    factApart: TRACED.has(type) ? 1 - Math.max(topicShown, factWithTopic(type, topic, near)) : 0,
    yearMissing: one(isYearMissing),
    otherBody: one(otherBody),
    offTopic: one(offTopic),
    personal: one(personal),
    premise: one(premise),
    ...NOTHING_TOLD,
  };
}

/** The most of each sign over the passages; of `telling` the sum. */
type Most = Record<
  'meaning' | 'coverage' | 'titleCoverage' | 'words' | 'grams' | 'proximity' | 'expansion' | 'evidence' | 'telling',
  number
>;

function mostOf(near: RankedPassage[]): Most {
  const most: Most = { meaning: 0, coverage: 0, titleCoverage: 0, words: 0, grams: 0, proximity: 0, expansion: 0, evidence: 0, telling: 0 };
  for (const ranked of near) {
    const { signals } = ranked;
    most.evidence = Math.max(most.evidence, evidenceOf(ranked));
    most.telling += signals['telling'] ?? 0;
    most.meaning = Math.max(most.meaning, signals['meaning'] ?? 0);
    most.coverage = Math.max(most.coverage, signals['coverage'] ?? 0);
    most.titleCoverage = Math.max(most.titleCoverage, signals['titleCoverage'] ?? 0);
    most.words = Math.max(most.words, signals['words'] ?? 0);
    most.grams = Math.max(most.grams, signals['grams'] ?? 0);
    most.proximity = Math.max(most.proximity, signals['proximity'] ?? 0);
    most.expansion = Math.max(most.expansion, signals['expansion'] ?? 0);
  }
  return most;
}

/** What it says of the question in its own or in other words, in the units of BM25F. */
function evidenceOf({ signals }: RankedPassage): number {
  return (signals['words'] ?? 0) + WEIGHTS.expansion * (signals['expansion'] ?? 0) + WEIGHTS.concepts * (signals['concepts'] ?? 0);
}

/** Kinds of fact that a passage can be searched for. */
const TRACED: ReadonlySet<FactType> = new Set(['amount', 'hours', 'deadline', 'duration', 'contact', 'count']);

/** The title or the last heading asks for the fact or announces it. */
function titleAsksFor(type: FactType, passage: Passage, { asks, announces }: ReadPassage): boolean {
  return asks.includes(type) || (passage.headings.length > 0 ? announces(type) : isAnnounced(type, [passage.title]));
}

/** How the topic stands in what would be shown, and whether a fact of the kind does: in its pieces, which have been read, or else in the words of the quotation. */
function readQuotes(
  topic: Topic,
  type: FactType,
  { sentences }: Draft,
  passages: RankedPassage[],
  lang = '',
): { held: Held; holdFact: boolean } {
  const held = noughts(soughtOf(topic).width);
  let holdFact = false;
  let isRead = false;
  for (const { quote, passageId } of sentences) {
    const quoted = passages.find(({ passage }) => passage.id === passageId);
    const standing = quoted?.passage.lang === lang ? standingOf(topic, quoted) : null;
    const piece = standing ? standing.read.pieces.findIndex(({ text }) => text === quote) : -1;
    if (standing && piece >= 0) {
      isRead = true;
      standing.addPiece(piece, held);
      holdFact ||= standing.read.holds(type)[piece] === true;
    } else {
      const words = heldWords(stemsOf(quote, lang));
      note(topic, words, 0, words.length, held, 0);
    }
  }
  // One may begin in a quotation and end in the next; a single one has been read.
  if (!holdFact && !(sentences.length === 1 && isRead)) holdFact = holdsFact(type, sentences.map(({ quote }) => quote).join(' '));
  return { held, holdFact };
}

/** How much of the topic stands with a fact of the asked kind, in the best sentence and its headings, 0–1. */
function factWithTopic(type: FactType, topic: Topic, near: RankedPassage[]): number {
  let most = 0;
  for (const ranked of near.slice(0, 3)) {
    const standing = standingOf(topic, ranked);
    const holds = standing.read.holds(type);
    for (let i = 0; i < holds.length; i++) if (holds[i]) most = Math.max(most, standing.inHeadedPiece(i));
  }
  return most;
}

/**
 * How little any of the passages says the last word that names the topic, 0–1: what a question is about is told first, what it wants to know of it comes last. O(words
 * of the passages).
 */
function lastUnsaid(topic: Topic, passages: RankedPassage[]): number {
  const last = topic.words.length - 1;
  if (last < 0) return 0;
  let said = 0;
  for (const ranked of passages) said = Math.max(said, standingOf(topic, ranked).ofWord(last));
  return 1 - said;
}

function one(value: boolean): number {
  return value ? 1 : 0;
}

/** The most F1 of the question's and a title's content words. */
function titleMatch(near: RankedPassage[], { numbers, size }: ContentNumbers): number {
  let most = 0;
  for (const { passage } of near) {
    const { words, titleEnd } = readPassage(passage);
    let both = 0;
    for (let i = 0; i < titleEnd; i++) if (numbers.includes(words[i] as number)) both++;
    if (both > 0) most = Math.max(most, (2 * both) / (size + titleEnd));
  }
  return most;
}
