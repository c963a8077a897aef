/** Plug: answers made of sentences, lists and rows quoted from passages. No model: nothing can be invented. */
import { askedFactType, type FactType, LEAVES_TRACE, yearsIn } from '../answering/fact-type.ts';
import type { Draft, DraftSentence, RankedPassage, Topic, UnderstoodQuestion } from '../answering/question.ts';
import { EXACT, OWN_WORDS } from '../answering/held.ts';
import { DATED, EXCEPTION, EXCEPTS, type Facts, LABEL } from '../answering/reading.ts';
import type { Piece } from '../answering/sentences.ts';
import { type Standing, standingOf } from '../answering/standing.ts';
import type { Composer } from './contract.ts';

const READ_PASSAGES = 6;
const LONGEST_WORDS = 75;
const MOST_SENTENCES = 3;
const LONGEST_TOGETHER = 130;
/** A neighbour this good, against the best piece, is part of the answer. */
const COMPANION = 0.7;
/** A second passage this close to the best may be the one that was meant: both are quoted. */
const CLOSE = 0.85;

/** A title that names this much more of the topic is that of the page about it. */
const CLEARLY_NAMED = 0.25;

/** What each sign of an answer is worth. Found on questions about the demo that are not those of eval/datasets. */
const WORTH = {
  retrieval: 1.5,
  topicInPassage: 0.6,
  topicInTitle: 0.3,
  /** Beside its headings: a life event's page mentions many services. */
  named: 0.6,
  topicInPiece: 0.7,
  fact: 0.45,
  factMissing: -0.45,
  announced: 0.35,
  year: 0.3,
  pastYear: -0.35,
  first: 0.18,
  exception: -0.18,
  label: -0.8,
  /** Written in another language than the question is, where some passage is written in that one. */
  foreign: -0.5,
};

interface Scored {
  ranked: RankedPassage;
  standing: Standing;
  /** What its pieces score: all the same, but for what each says and holds. */
  shared: Shared;
  /** The piece that scores most. */
  best: number;
  /** What it scores. */
  score: number;
  /** Weighted share of the topic's words that the passage or its headings hold. */
  topical: number;
  /** How much of the topic the page's own title names, by weight. */
  named: number;
}

interface Shared {
  base: number;
  /** Of a piece that holds none of the topic's words. */
  silent: number;
  facts: Facts;
  /** Whether a fact of the asked kind shows in the words. */
  trace: boolean;
}

export default function open(): Composer {
  return { compose: composeExtract };
}

/** Cost grows with the words of the six best passages. */
export function composeExtract(question: UnderstoodQuestion, passages: RankedPassage[]): Draft {
  const { text, at } = question.question;
  const topic = question.topic ?? { words: [] };
  const asked: Asked = {
    type: askedFactType(text),
    topic,
    years: yearsIn(text),
    thisYear: at.slice(0, 4),
    exception: EXCEPTION.test(text),
    lang: null,
  };
  const top = passages[0]?.score || 1;
  const count = Math.min(passages.length, READ_PASSAGES);
  for (let i = 0; i < count; i++) if (passages[i]?.passage.lang === question.lang) asked.lang = question.lang;
  const scored: Scored[] = [];
  let most = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    const ranked = passages[i] as RankedPassage;
    // Further below the best than that it would be neither chosen nor quoted beside it.
    const one = scorePassage(ranked, asked, ranked.score / top, Math.min(most, most * CLOSE));
    if (one === null) continue;
    scored.push(one);
    if (one.score > most) most = one.score;
  }
  scored.sort((a, b) => b.score - a.score);
  const chosen = scored[0];
  if (!chosen) return { generated: false, sentences: [] };
  const said = pick(chosen, asked);
  const words = wordsIn(chosen, said);
  const second = words <= LONGEST_WORDS ? secondOf(scored, chosen, said, passages[0] as RankedPassage) : null;
  if (second) {
    const added = pick(second, asked);
    if (words + wordsIn(second, added) <= LONGEST_TOGETHER) {
      // The page that is about the thing speaks before one that mentions it.
      const isAbout = second.named - chosen.named >= CLEARLY_NAMED;
      const sentences = isAbout
        ? [...quotesOf(second, added), ...quotesOf(chosen, said)]
        : [...quotesOf(chosen, said), ...quotesOf(second, added)];
      return { generated: false, sentences };
    }
  }
  return { generated: false, sentences: quotesOf(chosen, said) };
}

/** What is quoted beside the chosen one: what retrieval put first, when the two differ, or else what reads as well. The best one first. */
function secondOf(scored: Scored[], chosen: Scored, said: number[], first: RankedPassage): Scored | null {
  // The same thing in another language would say it twice; a passage of another thing answers another question.
  const saysMore = (other: Scored) =>
    other !== chosen &&
    other.ranked.passage.lang === chosen.ranked.passage.lang &&
    other.topical >= chosen.topical / 2 &&
    isAnother(other, chosen, said);
  const foremost = scored.find(({ ranked }) => ranked === first);
  if (foremost && saysMore(foremost)) return foremost;
  const close = chosen.score * CLOSE;
  return scored.find((other) => other.score >= close && saysMore(other)) ?? null;
}

/** Another passage, that does not say the same again. */
function isAnother(other: Scored, chosen: Scored, said: number[]): boolean {
  const text = textOf(other, other.best);
  return !said.some((piece) => textOf(chosen, piece).includes(text) || text.includes(textOf(chosen, piece)));
}

function textOf({ standing }: Scored, piece: number): string {
  return standing.read.pieces[piece]?.text ?? '';
}

interface Asked {
  type: FactType;
  topic: Topic;
  years: readonly string[];
  thisYear: string;
  /** The question itself asks of a case. */
  exception: boolean;
  /** The language wished for, where some passage is written in it. */
  lang: string | null;
}

/** Null when it answers nothing, or when none of its pieces can score `least`. */
function scorePassage(ranked: RankedPassage, asked: Asked, retrieval: number, least: number): Scored | null {
  const standing = standingOf(asked.topic, ranked);
  const { read } = standing;
  const count = read.pieces.length;
  if (count === 0 || read.sorts) return null;
  const named = standing.inTitle(EXACT);
  const topical = standing.inAll();
  const above = standing.inHeading();
  const base =
    WORTH.retrieval * retrieval +
    WORTH.topicInPassage * topical +
    WORTH.topicInTitle * above +
    WORTH.named * named +
    (read.announces(asked.type) ? WORTH.announced : 0) +
    (asked.lang !== null && ranked.passage.lang !== asked.lang ? WORTH.foreign : 0);
  const facts = read.facts(asked.type);
  const trace = LEAVES_TRACE.has(asked.type);
  // The first that holds the fact is the rule; what follows are its cases.
  const { first } = facts;
  const fact = (trace ? (first < 0 ? WORTH.factMissing : WORTH.fact) : 0) + (first < 0 ? 0 : WORTH.first);
  const atMost = base + WORTH.topicInPiece * topical + fact + (asked.years.length > 0 ? WORTH.year : 0);
  if (atMost + ROUNDING < least) return null;
  const shared = { base, silent: base + WORTH.topicInPiece * (0.7 * above), facts, trace };
  let best = 0;
  let score = scorePiece(0, standing, shared, asked);
  for (let i = 1; i < count; i++) {
    const one = scorePiece(i, standing, shared, asked);
    if (one > score) {
      best = i;
      score = one;
    }
  }
  return { ranked, standing, shared, best, score, topical, named };
}

/** Words that mean the same bring the passage; which sentence of it answers, the citizen's own words tell better. */
function scorePiece(piece: number, standing: Standing, { base, silent, facts, trace }: Shared, asked: Asked): number {
  let score = silent;
  const alone = standing.inPiece(piece, OWN_WORDS);
  if (alone !== 0) score = base + WORTH.topicInPiece * (0.3 * alone + 0.7 * standing.inHeadedPiece(piece, OWN_WORDS));
  if (trace) score += facts.held[piece] ? WORTH.fact : WORTH.factMissing;
  if (piece === facts.first) score += WORTH.first;
  const { read } = standing;
  const signs = read.signs[piece] as number;
  return signs === 0 ? score : withSigns(score, signs, read.years[piece] as readonly string[], asked);
}

/** Sums of the same parts in another order differ by less. */
const ROUNDING = 1e-9;

function withSigns(score: number, signs: number, named: readonly string[], asked: Asked): number {
  let sum = score;
  if ((signs & DATED) !== 0) {
    if (asked.years.length === 0) sum += named.every((year) => year < asked.thisYear) ? WORTH.pastYear : 0;
    else if (asked.years.some((year) => named.includes(year))) sum += WORTH.year;
  }
  if ((signs & EXCEPTS) !== 0 && !asked.exception) sum += WORTH.exception;
  if ((signs & LABEL) !== 0) sum += WORTH.label;
  return sum;
}

/** The pieces that are quoted of a passage, in the order of the text. */
function pick(scored: Scored, asked: Asked): number[] {
  const { standing, best } = scored;
  const { type } = asked;
  const { pieces } = standing.read;
  const piece = pieces[best] as Piece;
  if (piece.kind === 'row') return sameTable(scored, asked);
  const list = wholeList(pieces, best);
  if (list) {
    const wantsList = type === 'documents' || type === 'how' || type === 'who' || /:$/.test(piece.text);
    const fits = piece.kind === 'item' ? wantsList || list.length <= 5 : wantsList;
    if (fits && wordsIn(scored, list) <= LONGEST_WORDS * 2) return list;
  }
  const chosen = [best];
  let words = standing.read.lengthOf(best);
  const good = scored.score * COMPANION;
  for (const step of STEPS) {
    const at = best + step;
    const near = pieces[at];
    // A line of its own kind is another statement.
    if (!near || near.kind !== piece.kind || chosen.length >= MOST_SENTENCES) continue;
    // Only what touches what is already chosen: a quotation has no holes.
    if (step === 2 && !chosen.includes(best + 1)) continue;
    if (scorePiece(at, standing, scored.shared, asked) < good) continue;
    // So is a sentence on another line, unless it speaks of the same.
    if (piece.kind === 'sentence' && isApart(scored, piece, near) && standing.inPiece(at) === 0) continue;
    const length = standing.read.lengthOf(at);
    if (words + length > LONGEST_WORDS) continue;
    chosen.push(at);
    words += length;
  }
  return chosen.sort((a, b) => a - b);
}

/** In which order neighbours of the best piece are looked at. */
const STEPS = [1, -1, 2];

function isApart({ ranked }: Scored, piece: Piece, near: Piece): boolean {
  const { text } = ranked.passage;
  return text.slice(piece.end, near.start).includes('\n') || text.slice(near.end, piece.start).includes('\n');
}

/** Rows of the table that fit as well as the best one: the question may not say which row it means. */
function sameTable({ standing, shared, best, score }: Scored, asked: Asked): number[] {
  const { pieces, lengthOf } = standing.read;
  const block = pieces[best]?.block;
  const least = score - 0.2;
  const rows: number[] = [];
  let words = 0;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as Piece;
    if (piece.kind !== 'row' || piece.block !== block || scorePiece(i, standing, shared, asked) < least) continue;
    words += lengthOf(i);
    if (i === best || words <= LONGEST_WORDS) rows.push(i);
  }
  return rows;
}

/** The list around a piece with the line that introduces it; null when it stands in none. */
function wholeList(pieces: Piece[], at: number): number[] | null {
  let first = at;
  if (pieces[at]?.kind !== 'item') {
    if (pieces[at + 1]?.kind !== 'item') return null;
    first = at + 1;
  }
  while (pieces[first - 1]?.kind === 'item' && pieces[first - 1]?.block === pieces[first]?.block) first--;
  let last = first;
  while (pieces[last + 1]?.kind === 'item' && pieces[last + 1]?.block === pieces[first]?.block) last++;
  const intro = pieces[first - 1];
  const from = intro && intro.kind === 'sentence' && /:$/.test(intro.text) ? first - 1 : first;
  return Array.from({ length: last + 1 - from }, (_, i) => from + i);
}

function quotesOf({ ranked, standing }: Scored, said: number[]): DraftSentence[] {
  return said.map((at) => {
    const { text, kind } = standing.read.pieces[at] as Piece;
    return { text, passageId: ranked.passage.id, quote: text, layout: kind };
  });
}

function wordsIn({ standing }: Scored, said: number[]): number {
  let sum = 0;
  for (const piece of said) sum += standing.read.lengthOf(piece);
  return sum;
}
