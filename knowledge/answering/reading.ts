/** A passage read for answering: its pieces and their stems. Kept for the passages asked about most, since reading costs more than comparing. */
import { stemsOf } from '../indexes/analyzer.ts';
import { askedFactType, FACT_NUMBER, type FactType, holdsFact, isAnnounced, yearsIn } from './fact-type.ts';
import type { Passage } from './question.ts';
import { openingOf } from './ranking/form.ts';
import { type Piece, piecesOf } from './sentences.ts';
import { type HeldWords, heldWords, type Holder, holderOf, joinedWords } from './word-numbers.ts';

export interface ReadPassage {
  pieces: Piece[];
  /** Words of title and headings, then of one piece after the other, and where each ends: questions go through them from the first to the last. */
  words: HeldWords;
  ends: number[];
  /** So many of them, the first, are the title's stems. */
  titleEnd: number;
  /** Per piece: the years it names, and DATED, EXCEPTS and LABEL together as far as they hold. */
  years: (readonly string[])[];
  signs: number[];
  /** Stems of the title. */
  title: ReadonlySet<string>;
  /** What title and headings ask for, when they are questions. */
  asks: FactType[];
  /** Which pieces hold a fact of a kind; found when first asked. */
  facts(type: FactType): Facts;
  holds(type: FactType): boolean[];
  /** Words of a piece between blanks; counted when first asked. */
  lengthOf(piece: number): number;
  /** Whether the last heading announces a fact of a kind. */
  announces(type: FactType): boolean;
  /** It names and sorts a service; it answers nothing. */
  sorts: boolean;
  /** The form of its first words (ranking/form.ts). */
  opening: number;
}

export interface Facts {
  /** By piece. */
  held: boolean[];
  /** The first that holds one; below 0 when none does. */
  first: number;
}

/** The words of a passage as sets, made when they are asked for: only the words of a model are held against them. */
export interface HeldSets {
  words: Holder[];
  heading: Holder;
  all: Holder;
}

export function holdersOf({ words, ends }: ReadPassage): HeldSets {
  const [heading, ...pieces] = ends.map((end, i) => holderOf(words.subarray(ends[i - 1] ?? 0, end)));
  return { words: pieces, heading: heading as Holder, all: holderOf(words) };
}

const KEPT = 4_000;
const kept = new Map<string, { passage: Passage; read: ReadPassage }>();
/** The same by the passage itself, which is the same object from one question to the next: no name or text is compared. */
const readAs = new Map<Passage, ReadPassage>();

/** Openings of a sentence that limits or illustrates a rule. */
export const EXCEPTION =
  /^(?:se |chi |quando |fino al|un conto|per esempio|ad esempio|in alternativa|invece|resta|dopo|oltre|anche se|solo|due |if |unless|for example|falls |wenn |zum beispiel)/i;

/** A piece names years; limits or illustrates a rule; is a mere label. */
export const DATED = 1;
export const EXCEPTS = 2;
export const LABEL = 4;

function isLabel({ text, kind }: Piece): boolean {
  return text.endsWith('?') || (kind === 'sentence' && (!/[.!:;»)]$/.test(text) || text.length < 20));
}

/** Parts of a service card that name and sort it. */
const SORTS = /^(?:argomenti|categoria(?: del servizio)?|stato del servizio|topics?|category|categories|themen|kategorie|status)$/i;

export function readPassage(passage: Passage): ReadPassage {
  return readAs.get(passage) ?? lookUp(passage);
}

function lookUp(passage: Passage): ReadPassage {
  const known = kept.get(passage.id);
  if (known) readAs.delete(known.passage);
  const read = known?.passage.text === passage.text ? known.read : readNow(passage);
  if (!known && kept.size >= KEPT) forgetOldest();
  kept.set(passage.id, { passage, read });
  readAs.set(passage, read);
  return read;
}

function forgetOldest(): void {
  for (const [id, { passage }] of kept) {
    kept.delete(id);
    readAs.delete(passage);
    return;
  }
}

function readNow(passage: Passage): ReadPassage {
  const pieces = piecesOf(passage.text);
  const title = new Set(stemsOf(passage.title, passage.lang));
  const heading = heldWords(stemsOf(`${passage.title} ${passage.headings.join(' ')}`, passage.lang), title);
  const parts = [heading, ...pieces.map((piece) => heldWords(stemsOf(piece.text, passage.lang)))];
  let end = 0;
  const ends = parts.map((words) => {
    end += words.length;
    return end;
  });
  const years = pieces.map((piece) => yearsIn(piece.text));
  /** By number of the kind, as far as asked for. */
  const facts: (Facts | undefined)[] = [];
  const announced: (boolean | undefined)[] = [];
  const lengths: number[] = [];
  const factsOf = (type: FactType): Facts => {
    const number = FACT_NUMBER[type];
    let found = facts[number];
    if (found === undefined) {
      const held = pieces.map((piece) => holdsFact(type, piece.text));
      found = { held, first: held.indexOf(true) };
      facts[number] = found;
    }
    return found;
  };
  return {
    pieces,
    words: joinedWords(parts),
    ends,
    titleEnd: title.size,
    years,
    signs: pieces.map(
      (piece, i) =>
        ((years[i] as readonly string[]).length > 0 ? DATED : 0) |
        (EXCEPTION.test(piece.text) ? EXCEPTS : 0) |
        (isLabel(piece) ? LABEL : 0),
    ),
    title,
    asks: [passage.title, ...passage.headings].map(askedFactType),
    facts: factsOf,
    holds: (type) => factsOf(type).held,
    lengthOf(piece) {
      lengths[piece] ??= (pieces[piece] as Piece).text.split(/\s+/).length;
      return lengths[piece];
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
    opening: openingOf(passage.text),
  };
}
