/** A passage read for answering: its pieces and their stems. Kept for the passages asked about most, since reading costs more than comparing. */
import { stemsOf } from '../indexes/analyzer.ts';
import { askedFactType, FACT_NUMBER, type FactType, holdsFact, isAnnounced, yearsIn } from './fact-type.ts';
import type { Passage } from './question.ts';
import { type Piece, piecesOf } from './sentences.ts';
import { heldStems, type HeldWords, heldWords, type Holder, holderOf } from './word-numbers.ts';

export interface ReadPassage {
  pieces: Piece[];
  /** Words of title and headings, of the title (its stems alone), then of one piece after the other, and where each ends: questions go through them from the first to the last. */
  words: HeldWords;
  ends: number[];
  /** Per piece: the years it names and the latest of them ('' = none), whether it limits or illustrates a rule, whether it is a mere label. */
  years: (readonly string[])[];
  latest: string[];
  exception: boolean[];
  label: boolean[];
  /** Stems of the title. */
  title: ReadonlySet<string>;
  /** What title and headings ask for, when they are questions. */
  asks: FactType[];
  /** Whether each piece holds a fact of a kind; found when first asked. */
  holds(type: FactType): boolean[];
  /** Whether the last heading announces a fact of a kind. */
  announces(type: FactType): boolean;
  /** It names and sorts a service; it answers nothing. */
  sorts: boolean;
}

/** The words of a passage as sets, made when they are asked for: only the words of a model are held against them. */
export interface HeldSets {
  words: Holder[];
  heading: Holder;
  all: Holder;
}

/** Places of what stands before the pieces among `ends`. */
export const HEADING = 0;
export const TITLE = 1;
export const FIRST_PIECE = 2;

export function holdersOf({ words, ends }: ReadPassage): HeldSets {
  const [heading, _title, ...pieces] = ends.map((end, i) => holderOf(words.subarray(ends[i - 1] ?? 0, end)));
  return { words: pieces, heading: heading as Holder, all: holderOf(words) };
}

const KEPT = 4_000;
const kept = new Map<string, { text: string; read: ReadPassage }>();

/** Openings of a sentence that limits or illustrates a rule. */
export const EXCEPTION =
  /^(?:se |chi |quando |fino al|un conto|per esempio|ad esempio|in alternativa|invece|resta|dopo|oltre|anche se|solo|due |if |unless|for example|falls |wenn |zum beispiel)/i;

/** Parts of a service card that name and sort it. */
const SORTS = /^(?:argomenti|categoria(?: del servizio)?|stato del servizio|topics?|category|categories|themen|kategorie|status)$/i;

export function readPassage(passage: Passage): ReadPassage {
  const known = kept.get(passage.id);
  if (known && known.text === passage.text) return known.read;
  const pieces = piecesOf(passage.text);
  const title = new Set(stemsOf(passage.title, passage.lang));
  const headingWords = heldWords(stemsOf(`${passage.title} ${passage.headings.join(' ')}`, passage.lang));
  const parts = [headingWords, heldStems(title), ...pieces.map((piece) => heldWords(stemsOf(piece.text, passage.lang)))];
  let end = 0;
  const ends = parts.map((words) => {
    end += words.length;
    return end;
  });
  const words = new Uint32Array(end);
  for (let i = 0; i < parts.length; i++) words.set(parts[i] as HeldWords, ends[i - 1] ?? 0);
  const years = pieces.map((piece) => yearsIn(piece.text));
  /** By number of the kind, as far as asked for. */
  const facts: (boolean[] | undefined)[] = [];
  const announced: (boolean | undefined)[] = [];
  const read: ReadPassage = {
    pieces,
    words,
    ends,
    years,
    latest: years.map((named) => named.toSorted().at(-1) ?? ''),
    exception: pieces.map((piece) => EXCEPTION.test(piece.text)),
    label: pieces.map(
      (piece) => /\?$/.test(piece.text) || (piece.kind === 'sentence' && (!/[.!:;»)]$/.test(piece.text) || piece.text.length < 20)),
    ),
    title,
    asks: [passage.title, ...passage.headings].map(askedFactType),
    holds(type) {
      const number = FACT_NUMBER[type];
      let found = facts[number];
      if (found === undefined) {
        found = pieces.map((piece) => holdsFact(type, piece.text));
        facts[number] = found;
      }
      return found;
    },
    announces(type) {
      const number = FACT_NUMBER[type];
      let found = announced[number];
      if (found === undefined) {
        found = isAnnounced(type, passage.headings.slice(-1));
        announced[number] = found;
      }
      return found;
    },
    sorts: SORTS.test(passage.headings.at(-1) ?? ''),
  };
  if (kept.size >= KEPT) kept.delete(kept.keys().next().value ?? '');
  kept.set(passage.id, { text: passage.text, read });
  return read;
}
