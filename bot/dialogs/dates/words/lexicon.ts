/** One language's words as a tree of phrases, each with the symbols it stands for. */
import { createGenerations } from '../../../../knowledge/languages/reading/generations.ts';
import { likeliest } from './typos.ts';

export interface WordTable {
  code: string;
  numbers: Map<string, number>;
  /** Symbols → phrases that stand for them, `|` between; lower case, without accents, no punctuation. */
  words: Record<string, string>;
}

interface Phrase {
  words: string[];
  symbols: string;
}

export interface Lexicon {
  code: string;
  /** The longest phrase that starts at a word: its symbols and how many words it takes. */
  find(words: string[], at: number): { symbols: string; length: number } | null;
  /** A misspelt word as the likeliest known one, or the word itself. */
  mend(word: string): string;
}

const MENDED_KEPT = 2_000;
/** Symbols worth guessing at in misspelt words. */
const GUESSED = /^(?:WD|M|REL|N|P[A-Z]+|NEXT|WEEK|NOON|FE)\b/;

/** Phrases by their first word, the longest first; and words worth guessing at, with their symbols. */
function readTable(table: WordTable): { byFirst: Map<string, Phrase[]>; guessed: Map<string, string> } {
  const byFirst = new Map<string, Phrase[]>();
  const meanings = new Map<string, string>();
  const guessed = new Map<string, string>();
  const add = (text: string, symbols: string) => {
    const known = meanings.get(text);
    if (known !== undefined) throw new Error(`${table.code}: "${text}" means both ${known} and ${symbols}`);
    meanings.set(text, symbols);
    const words = text.split(' ');
    const first = words[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { words, symbols }]);
    // Feasts are rare: only long names are guessed, or "centri" would be "ceneri".
    if (words.length === 1 && GUESSED.test(symbols) && (!symbols.startsWith('FE') || text.length > 7)) guessed.set(text, symbols);
  };
  for (const [symbols, phrases] of Object.entries(table.words)) for (const phrase of phrases.split('|')) add(phrase, symbols);
  for (const [word, value] of table.numbers) if (!meanings.has(word)) add(word, `N=${value}`);
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.words.length - a.words.length);
  return { byFirst, guessed };
}

/** Throws when a phrase is given two meanings. */
export function createLexicon(table: WordTable): Lexicon {
  const { byFirst, guessed } = readTable(table);
  const mended = createGenerations<string>(MENDED_KEPT);
  return {
    code: table.code,
    find(words, at) {
      for (const phrase of byFirst.get(words[at] ?? '') ?? [])
        if (phrase.words.every((word, offset) => words[at + offset] === word))
          return { symbols: phrase.symbols, length: phrase.words.length };
      return null;
    },
    mend(word) {
      if (byFirst.has(word) || /\d/.test(word)) return word;
      const known = mended.get(word);
      if (known !== undefined) return known;
      const guess = likeliest(word, guessed) ?? word;
      mended.set(word, guess);
      return guess;
    },
  };
}
