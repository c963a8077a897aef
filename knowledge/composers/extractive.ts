/** Plug: answers made of sentences, lists and rows quoted from passages. No model: nothing can be invented. */
import { askedFactType, type FactType, holdsFact, yearsIn } from '../answering/fact-type.ts';
import type { Draft, DraftSentence, RankedPassage, UnderstoodQuestion } from '../answering/question.ts';
import { readPassage } from '../answering/reading.ts';
import type { Piece } from '../answering/sentences.ts';
import { stemsOf } from '../indexes/analyzer.ts';
import type { Composer } from './contract.ts';

const READ_PASSAGES = 8;
const LONGEST_WORDS = 75;
const MOST_SENTENCES = 3;
/** A neighbour this good, against the best sentence, is part of the answer. */
const COMPANION = 0.62;

interface Scored {
  ranked: RankedPassage;
  pieces: Piece[];
  scores: number[];
  best: number;
  total: number;
}

export default function open(): Composer {
  return {
    async compose(question, passages) {
      return composeExtract(question, passages);
    },
  };
}

/** Cost grows with the words of the eight best passages. */
export function composeExtract(question: UnderstoodQuestion, passages: RankedPassage[]): Draft {
  const type = askedFactType(question.question.text);
  const asked = weighWords(question, passages);
  const top = passages[0]?.score ?? 0;
  let chosen: Scored | null = null;
  for (const ranked of passages.slice(0, READ_PASSAGES)) {
    const scored = scorePassage(ranked, asked, type, question, top);
    if (scored && (!chosen || scored.total > chosen.total)) chosen = scored;
  }
  return { generated: false, sentences: chosen ? pick(chosen, type) : [] };
}

/** The question's stems, rarer ones (among the candidate passages) heavier. */
function weighWords(question: UnderstoodQuestion, passages: RankedPassage[]): Map<string, number> {
  const holders = passages.map(({ passage }) => readPassage(passage).all);
  const weights = new Map<string, number>();
  for (const lang of new Set([question.lang, ...passages.slice(0, 3).map(({ passage }) => passage.lang)])) {
    for (const stem of stemsOf(question.standalone, lang)) {
      const df = holders.filter((holder) => holder.has(stem)).length;
      weights.set(stem, Math.log(1 + (holders.length + 1) / (df + 0.5)));
    }
  }
  return weights;
}

function scorePassage(
  ranked: RankedPassage,
  asked: Map<string, number>,
  type: FactType,
  question: UnderstoodQuestion,
  top: number,
): Scored | null {
  const { passage } = ranked;
  const { pieces, stems, heading } = readPassage(passage);
  if (pieces.length === 0) return null;
  const years = yearsIn(question.question.text);
  const all = [...asked.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const scores = pieces.map((piece, i) => {
    const held = stems[i] as Set<string>;
    let words = 0;
    for (const [stem, weight] of asked)
      if (held.has(stem)) words += weight;
      else if (heading.has(stem)) words += weight * 0.45;
    let score = words / all;
    if (type !== 'other' && type !== 'who' && type !== 'how') score += holdsFact(type, piece.text) ? 0.35 : -0.1;
    if (years.length > 0 && years.some((year) => piece.text.includes(year))) score += 0.2;
    // The first sentence under the right heading is the rule, later ones are its exceptions.
    score += 0.08 / (1 + i);
    if (piece.text.length < 25 && piece.kind === 'sentence') score -= 0.1;
    if (/\?$/.test(piece.text)) score -= 0.4;
    return score;
  });
  const best = scores.indexOf(Math.max(...scores));
  return { ranked, pieces, scores, best, total: (scores[best] as number) + 0.9 * (ranked.score / (top || 1)) };
}

function pick({ ranked, pieces, scores, best }: Scored, type: FactType): DraftSentence[] {
  const piece = pieces[best] as Piece;
  const list = wholeList(pieces, best);
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
    const length = wordsIn([near]);
    if (!good || near.kind !== piece.kind || words + length > LONGEST_WORDS) continue;
    chosen.add(at);
    words += length;
  }
  return [...chosen].sort((a, b) => a - b).map((i) => quoteOf(ranked, pieces[i] as Piece));
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
  return pieces.reduce((sum, piece) => sum + piece.text.split(/\s+/).length, 0);
}
