/** A passage read for answering: its pieces and their stems. Kept for the passages asked about most, since reading costs more than comparing. */
import { stemsOf } from '../indexes/analyzer.ts';
import { type FactType, holdsFact, yearsIn } from './fact-type.ts';
import type { Passage } from './question.ts';
import { type Piece, piecesOf } from './sentences.ts';
import { type Holder, holderOf } from './topic.ts';

export interface ReadPassage {
  pieces: Piece[];
  /** Per piece: its words, the years it names, whether it limits or illustrates a rule, whether it is a mere label. */
  words: Holder[];
  years: string[][];
  exception: boolean[];
  label: boolean[];
  /** Words of title and headings. */
  heading: Holder;
  /** All of them together. */
  all: Holder;
  /** Whether each piece holds a fact of a kind; found when first asked. */
  holds(type: FactType): boolean[];
}

const KEPT = 4_000;
const kept = new Map<string, { text: string; read: ReadPassage }>();

/** Openings of a sentence that limits or illustrates a rule. */
export const EXCEPTION =
  /^(?:se |chi |quando |fino al|un conto|per esempio|ad esempio|in alternativa|invece|resta|dopo|oltre|anche se|solo|due |if |unless|for example|falls |wenn |zum beispiel)/i;

export function readPassage(passage: Passage): ReadPassage {
  const known = kept.get(passage.id);
  if (known && known.text === passage.text) return known.read;
  const pieces = piecesOf(passage.text);
  const words = pieces.map((piece) => holderOf(stemsOf(piece.text, passage.lang)));
  const heading = holderOf(stemsOf(`${passage.title} ${passage.headings.join(' ')}`, passage.lang));
  const facts = new Map<FactType, boolean[]>();
  const read: ReadPassage = {
    pieces,
    words,
    years: pieces.map((piece) => yearsIn(piece.text)),
    exception: pieces.map((piece) => EXCEPTION.test(piece.text)),
    label: pieces.map(
      (piece) => /\?$/.test(piece.text) || (piece.kind === 'sentence' && (!/[.!:;»)]$/.test(piece.text) || piece.text.length < 20)),
    ),
    heading,
    all: new Set([...heading, ...words.flatMap((holder) => [...holder])]),
    holds(type) {
      const found = facts.get(type) ?? pieces.map((piece) => holdsFact(type, piece.text));
      facts.set(type, found);
      return found;
    },
  };
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(passage.id, { text: passage.text, read });
  return read;
}
