/** Plug: answers made of sentences, lists and rows quoted from passages. No model: nothing can be invented. */
import { askedFactType, type FactType, LEAVES_TRACE, yearsIn } from '../answering/fact-type.ts';
import type { Draft, DraftSentence, RankedPassage, Topic, UnderstoodQuestion } from '../answering/question.ts';
import { EXACT, OWN_WORDS } from '../answering/held.ts';
import { EXCEPTION } from '../answering/reading.ts';
import type { Piece } from '../answering/sentences.ts';
import { standingOf } from '../answering/standing.ts';
import { remembering } from '../languages/reading/remembering.ts';
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
  pieces: Piece[];
  scores: number[];
  best: number;
  /** Weighted share of the topic's words that the passage or its headings hold. */
  topical: number;
  /** How much of the topic the page's own title names, by weight. */
  named: number;
}

export default function open(): Composer {
  return {
    async compose(question, passages) {
      return composeExtract(question, passages);
    },
  };
}

/** Cost grows with the words of the ten best passages. */
export function composeExtract(question: UnderstoodQuestion, passages: RankedPassage[]): Draft {
  const topic = question.topic ?? { words: [] };
  const asked: Asked = {
    type: askedFactType(question.question.text),
    topic,
    years: yearsIn(question.question.text),
    thisYear: question.question.at.slice(0, 4),
    exception: EXCEPTION.test(question.question.text),
    lang: null,
  };
  const top = passages[0]?.score || 1;
  const read = passages.slice(0, READ_PASSAGES);
  if (read.some(({ passage }) => passage.lang === question.lang)) asked.lang = question.lang;
  const scored: Scored[] = [];
  for (const ranked of read) {
    const one = scorePassage(ranked, asked, ranked.score / top);
    if (one) scored.push(one);
  }
  scored.sort((a, b) => bestOf(b) - bestOf(a));
  const chosen = scored[0];
  if (!chosen) return { generated: false, sentences: [] };
  const sentences = pick(chosen, asked);
  // The same thing in another language would say it twice; a passage of another thing answers another question.
  const { lang } = chosen.ranked.passage;
  const saysMore = (other: Scored) =>
    other !== chosen && other.ranked.passage.lang === lang && other.topical >= chosen.topical / 2 && isAnother(other, sentences);
  const close = bestOf(chosen) * CLOSE;
  // What retrieval put first is quoted beside what reads best, when the two differ.
  const second =
    scored.find((other) => other.ranked === passages[0] && saysMore(other)) ??
    scored.find((other) => bestOf(other) >= close && saysMore(other));
  if (second && wordsSaid(sentences) <= LONGEST_WORDS) {
    const added = pick(second, asked);
    if (wordsSaid(sentences) + wordsSaid(added) <= LONGEST_TOGETHER)
      return { generated: false, sentences: inOrder(chosen, sentences, second, added) };
  }
  return { generated: false, sentences };
}

/** The page that is about the thing speaks before one that mentions it. */
function inOrder(one: Scored, said: DraftSentence[], other: Scored, added: DraftSentence[]): DraftSentence[] {
  return other.named - one.named >= CLEARLY_NAMED ? [...added, ...said] : [...said, ...added];
}

function bestOf({ scores, best }: Scored): number {
  return scores[best] as number;
}

const TEXTS_KEPT = 20_000;
const countWords = remembering((text) => text.split(/\s+/).length, TEXTS_KEPT);

function wordsSaid(sentences: DraftSentence[]): number {
  return sentences.reduce((sum, { text }) => sum + countWords(text), 0);
}

/** Another passage, that does not say the same again. */
function isAnother({ pieces, best }: Scored, sentences: DraftSentence[]): boolean {
  const text = pieces[best]?.text ?? '';
  return !sentences.some((sentence) => sentence.text.includes(text) || text.includes(sentence.text));
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

function scorePassage(ranked: RankedPassage, asked: Asked, retrieval: number): Scored | null {
  const standing = standingOf(asked.topic, ranked);
  const { read } = standing;
  const { pieces } = read;
  if (pieces.length === 0 || read.sorts) return null;
  const announced = read.announces(asked.type);
  const named = standing.inTitle(EXACT);
  const topical = standing.inAll();
  const above = standing.inHeading();
  const base =
    WORTH.retrieval * retrieval +
    WORTH.topicInPassage * topical +
    WORTH.topicInTitle * above +
    WORTH.named * named +
    (announced ? WORTH.announced : 0) +
    (asked.lang !== null && ranked.passage.lang !== asked.lang ? WORTH.foreign : 0);
  const holds = read.holds(asked.type);
  const trace = LEAVES_TRACE.has(asked.type);
  // The first that holds the fact is the rule; what follows are its cases.
  const first = holds.indexOf(true);
  // Words that mean the same bring the passage; which sentence of it answers, the citizen's own words tell better.
  const scores: number[] = [];
  let best = 0;
  for (let i = 0; i < pieces.length; i++) {
    const alone = standing.inPiece(i, OWN_WORDS);
    const headed = alone === 0 ? above : standing.inHeadedPiece(i, OWN_WORDS);
    let score = base + WORTH.topicInPiece * (0.3 * alone + 0.7 * headed);
    if (trace) score += holds[i] ? WORTH.fact : WORTH.factMissing;
    if (i === first) score += WORTH.first;
    const latest = read.latest[i] as string;
    if (latest !== '') {
      if (asked.years.length === 0) score += latest < asked.thisYear ? WORTH.pastYear : 0;
      else if (asked.years.some((year) => (read.years[i] as readonly string[]).includes(year))) score += WORTH.year;
    }
    if (read.exception[i] && !asked.exception) score += WORTH.exception;
    if (read.label[i]) score += WORTH.label;
    scores.push(score);
    if (score > (scores[best] as number)) best = i;
  }
  return { ranked, pieces, scores, best, topical, named };
}

function pick({ ranked, pieces, scores, best }: Scored, { type, topic }: Asked): DraftSentence[] {
  const piece = pieces[best] as Piece;
  const list = wholeList(pieces, best);
  const rows = piece.kind === 'row' ? sameTable(pieces, best, scores) : null;
  if (rows) return rows.map((one) => quoteOf(ranked, one));
  const wantsList = type === 'documents' || type === 'how' || type === 'who' || /:$/.test(piece.text);
  if (
    list &&
    (wantsList || piece.kind === 'item') &&
    wordsIn(list) <= LONGEST_WORDS * 2 &&
    (piece.kind === 'item' ? wantsList || list.length <= 5 : true)
  )
    return list.map((one) => quoteOf(ranked, one));
  const chosen = new Set([best]);
  let words = wordsIn([piece]);
  const bestScore = scores[best] as number;
  for (const step of [1, -1, 2]) {
    const at = best + step;
    const near = pieces[at];
    if (!near || chosen.size >= MOST_SENTENCES) continue;
    // Only what touches what is already chosen: a quotation has no holes.
    if (step === 2 && !chosen.has(best + 1)) continue;
    const good =
      (scores[at] as number) >= bestScore * COMPANION ||
      (piece.kind === 'row' && step === -1 && near.kind === 'sentence' && near.block === piece.block);
    // A line of its own is another statement, unless it speaks of the same.
    if (!good || near.kind !== piece.kind) continue;
    const apart =
      piece.kind === 'sentence' &&
      (ranked.passage.text.slice(piece.end, near.start).includes('\n') || ranked.passage.text.slice(near.end, piece.start).includes('\n'));
    if (apart && standingOf(topic, ranked).inPiece(at) === 0) continue;
    const length = wordsIn([near]);
    if (words + length > LONGEST_WORDS) continue;
    chosen.add(at);
    words += length;
  }
  return [...chosen].sort((a, b) => a - b).map((i) => quoteOf(ranked, pieces[i] as Piece));
}

/** Rows of the table that fit as well as the best one: the question may not say which row it means. */
function sameTable(pieces: Piece[], at: number, scores: number[]): Piece[] {
  const block = pieces[at]?.block;
  const best = scores[at] as number;
  const rows = pieces.filter((piece, i) => piece.kind === 'row' && piece.block === block && (scores[i] as number) >= best - 0.2);
  let words = 0;
  return rows.filter((row) => {
    words += wordsIn([row]);
    return row === pieces[at] || words <= LONGEST_WORDS;
  });
}

/** The list around a piece with the line that introduces it; null when it stands in none. */
function wholeList(pieces: Piece[], at: number): Piece[] | null {
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
  return pieces.slice(from, last + 1);
}

function quoteOf(ranked: RankedPassage, piece: Piece): DraftSentence {
  return { text: piece.text, passageId: ranked.passage.id, quote: piece.text, layout: piece.kind };
}

function wordsIn(pieces: Piece[]): number {
  return pieces.reduce((sum, piece) => sum + countWords(piece.text), 0);
}
