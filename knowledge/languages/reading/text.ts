/** A text as those who read it share it: what one of them works out of it is there for all, and is found by one look-up however many they are. */

export interface SharedText {
  readonly text: string;
  /** By number of a reader: what it made of the text; undefined = nothing yet. */
  readonly made: unknown[];
  /** What the patterns' automaton found (sieve.ts). */
  held: unknown;
}

/** Longer texts are rarely read twice. */
export const LONGEST_SHARED = 1_000;
/** Some twenty conversations at a time with six forms of a message each, and room so that few of them fall on the same place. A power of two. */
const PLACES = 256;
/** By place: the text read last there, and the one before it. A table of this kind is asked without a call into the engine, whose maps are made for more. */
const young = new Array<SharedText | undefined>(PLACES).fill(undefined);
const old = new Array<SharedText | undefined>(PLACES).fill(undefined);
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
  const place = placeOf(text);
  const newest = young[place];
  if (newest !== undefined && newest.text === text) return newest;
  const older = old[place];
  const known = older !== undefined && older.text === text ? older : { text, made: [], held: undefined };
  old[place] = newest;
  young[place] = known;
  return known;
}

/** Of the beginning, the end and some signs between them: forms of one message differ in these. */
function placeOf(text: string): number {
  const { length } = text;
  let hash = length;
  const step = 1 + (length >> 3);
  for (let at = 0; at < length; at += step) hash = Math.imul(hash, 31) + text.charCodeAt(at);
  for (let at = Math.max(0, length - TAIL); at < length; at++) hash = Math.imul(hash, 31) + text.charCodeAt(at);
  return (hash ^ (hash >>> 15)) & (PLACES - 1);
}

const TAIL = 6;

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
