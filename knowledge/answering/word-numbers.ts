/** The words that passages hold, as numbers: given out as passages are read, they grow with the vocabulary of what was read. */

/** Words to be looked for: stems, and for the longer ones their beginnings, marked so that no stem is one. */
export type Holder = ReadonlySet<string>;

/** The same as numbers, each once. In two bytes each while there are not too many: what a question goes through should be short. */
export type HeldWords = Uint16Array | Uint32Array;

/** Stems that share this many first letters are cousins. */
export const BEGINNING = 6;

const numbers = new Map<string, number>();
const wordsByNumber: string[] = [];

/** How many there are; every number is below it. */
export function wordNumbers(): number {
  return wordsByNumber.length;
}

/** Undefined = no passage that was read holds it. */
export function numberKnown(word: string): number | undefined {
  return numbers.get(word);
}

/** With the beginnings of the longer ones. `first`: those that stand first, without their beginnings; they come among the others again. */
export function heldWords(stems: string[], first: Iterable<string> = []): HeldWords {
  const held = new Set<number>();
  for (const stem of first) held.add(numberOf(stem));
  for (const stem of stems) {
    held.add(numberOf(stem));
    if (stem.length >= BEGINNING) held.add(numberOf(beginningOf(stem)));
  }
  return packed(held);
}

/** Lists of numbers, one after the other. */
export function joinedWords(lists: readonly HeldWords[]): HeldWords {
  return packed(lists.flatMap((list) => [...list]));
}

const TWO_BYTES = 1 << 16;

function packed(held: Iterable<number>): HeldWords {
  return wordsByNumber.length <= TWO_BYTES ? Uint16Array.from(held) : Uint32Array.from(held);
}

export function holderOf(words: HeldWords): Holder {
  return new Set(Array.from(words, (word) => wordsByNumber[word] as string));
}

function numberOf(word: string): number {
  const known = numbers.get(word);
  if (known !== undefined) return known;
  numbers.set(word, wordsByNumber.length);
  return wordsByNumber.push(word) - 1;
}

export function beginningOf(stem: string): string {
  return `^${stem.slice(0, BEGINNING)}`;
}
