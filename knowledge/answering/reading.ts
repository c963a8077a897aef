/** A passage read for answering: its pieces and their stems. Kept for the passages asked about most, since reading costs more than comparing. */
import { stemsOf } from '../indexes/analyzer.ts';
import type { Passage } from './question.ts';
import { type Piece, piecesOf } from './sentences.ts';

export interface ReadPassage {
  pieces: Piece[];
  /** Stems of each piece. */
  stems: Set<string>[];
  /** Stems of title and headings. */
  heading: Set<string>;
  /** All of them together. */
  all: Set<string>;
}

const KEPT = 4_000;
const kept = new Map<string, { text: string; read: ReadPassage }>();

export function readPassage(passage: Passage): ReadPassage {
  const known = kept.get(passage.id);
  if (known && known.text === passage.text) return known.read;
  const pieces = piecesOf(passage.text);
  const stems = pieces.map((piece) => new Set(stemsOf(piece.text, passage.lang)));
  const heading = new Set(stemsOf(`${passage.title} ${passage.headings.join(' ')}`, passage.lang));
  const all = new Set(heading);
  for (const piece of stems) for (const stem of piece) all.add(stem);
  const read = { pieces, stems, heading, all };
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(passage.id, { text: passage.text, read });
  return read;
}
