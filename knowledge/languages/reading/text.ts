/** A text as those who read it share it: what one of them works out of it is there for all, and is found by one look-up however many they are. */
import { createGenerations } from './generations.ts';

export interface SharedText {
  readonly text: string;
  /** By number of a reader: what it made of the text; undefined = nothing yet. */
  readonly made: unknown[];
  /** What the patterns' automaton found (sieve.ts). */
  held: unknown;
}

/** Longer texts are rarely read twice. */
export const LONGEST_SHARED = 1_000;
/** Some twenty conversations at a time with six forms of a message each. */
const TEXTS_KEPT = 150;

const kept = createGenerations<SharedText>(TEXTS_KEPT);
const none: SharedText = { text: '', made: [], held: undefined };
/** A message and its folded form are asked about in turn: these two are known without looking them up. */
let last = none;
let before = none;

/** `text` no longer than LONGEST_SHARED. O(1), besides the first sight of a text. */
export function sharedText(text: string): SharedText {
  if (last.text === text) return last;
  const other = before;
  before = last;
  last = other.text === text ? other : lookedUp(text);
  return last;
}

function lookedUp(text: string): SharedText {
  let known = kept.get(text);
  if (known === undefined) {
    known = { text, made: [], held: undefined };
    kept.set(text, known);
  }
  return known;
}

let readers = 0;

/**
 * The same answer for the same text while it is among the last ones: one message is read by many rules. `compute` depends on nothing but the text and gives
 * no undefined, and nobody changes what it gives.
 */
export function rememberingText<T>(compute: (text: string) => T): (text: string) => T {
  const reader = readers++;
  return (text) => {
    if (text.length > LONGEST_SHARED) return compute(text);
    const { made } = sharedText(text);
    const known = made[reader];
    if (known !== undefined) return known as T;
    const value = compute(text);
    made[reader] = value;
    return value;
  };
}
