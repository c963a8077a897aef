/** The words that passages hold, as numbers: given out as passages are read, they grow with the vocabulary of what was read. */

/** Words to be looked for: stems, and for the longer ones their beginnings, marked so that no stem is one. */
export type Holder = ReadonlySet<string>;

/** The same as numbers, each once. */
export type HeldWords = Uint32Array;

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

export function heldWords(stems: string[]): HeldWords {
  const held = new Set<number>();
  for (const stem of stems) {
    held.add(numberOf(stem));
    if (stem.length >= BEGINNING) held.add(numberOf(beginningOf(stem)));
  }
  return Uint32Array.from(held);
}

export function holderOf(words: HeldWords): Holder {
  return new Set(Array.from(words, (word) => wordsByNumber[word] as string));
}

/** Stems alone, without the beginnings that make cousins. */
export function heldStems(stems: Iterable<string>): HeldWords {
  return Uint32Array.from(new Set(Array.from(stems, numberOf)));
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
