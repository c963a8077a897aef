/** A text as symbols common to all languages: "lunedì 3 alle 9 e mezza" → `WD=1 N=3 AT N=9 AND HALF`; unknown words are `x`, pauses are `,`. */
import type { Lexicon } from './words/lexicon.ts';

type Piece = { word: string } | { symbols: string };

const SHAPES: [RegExp, (match: RegExpExecArray, code: string) => string | null][] = [
  [/\d{1,3}(?:\.\d{3})+(?!\d)/y, () => 'x'],
  [
    /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t(\d{1,2}:\d{2})(?::\d{2})?\S*)?/y,
    (m) => `DM=${m[3]}-${m[2]}-${m[1]}${m[4] ? ` T=${m[4]}` : ''}`,
  ],
  [/(\d{1,2})\s?\/\s?(\d{1,2})(?:\s?\/\s?(\d{4}|\d{2})(?!\d))?/y, (m) => `DM=${m[1]}-${m[2]}${m[3] ? `-${m[3]}` : ''}`],
  [/(\d{1,2})([.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/y, (m) => `DM=${m[1]}-${m[3]}-${m[4]}`],
  [/(\d{1,2}) (\d{1,2}) (20\d{2})(?!\d)/y, (m) => `DM=${m[1]}-${m[2]}-${m[3]}`],
  [/([0-3]\d)([01]\d)(20\d{2})(?!\d)/y, (m) => `DM=${m[1]}-${m[2]}-${m[3]}`],
  [/(\d{1,2})\.(\d{1,2})\.(?=\s|$|,)/y, (m, code) => (code === 'de' ? `DM=${m[1]}-${m[2]}` : null)],
  [/(\d{1,2})\s?:\s?(\d{2})(?!\d)/y, (m) => `T=${m[1]}:${m[2]}`],
  [/((?:[01]?\d|2[0-4]))\s?h\s?(\d{2})(?!\d)/y, (m) => `T=${m[1]}:${m[2]}`],
  [/((?:[01]?\d|2[0-4]))\s?h(?![a-z])/y, (m) => `N=${m[1]} OCLOCK`],
  [/(\d{1,2}),(\d{2})(?!\d)/y, (m) => `T=${m[1]}:${m[2]}`],
  [/(\d{1,2})\.(\d{1,2})(?!\d)/y, (m) => `DOT=${m[1]}:${m[2]}`],
  [/(\d{1,2})\s?-\s?(\d{1,2})(?!\d)/y, (m) => `DASH=${m[1]}-${m[2]}`],
  [/(\d{1,2})\s?(?:°|º|ª|\^|(?:st|nd|rd|th|er|esimo)(?![a-z]))/y, (m) => `ORD=${m[1]}`],
  [/(\d{1,2})\.(?=\s+[a-z]|\s*$|\s*,)/y, (m, code) => (code === 'de' ? `ORD=${Number(m[1])}` : null)],
];

/** Lower case, without accents; apostrophes and inner hyphens become spaces. */
export function plain(text: string): string {
  return (
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/ß/g, 'ss')
      .replace(/\b([acpx])\.\s?([mv])\b\.?/g, '$1$2')
      .replace(/\b(c|p) ?(m|v)\b(?=\.)/g, '$1 $2')
      // English "may" is a month only beside a number.
      .replace(/\bmay(?= (?:the )?\d)|(?<=\d(?:st|nd|rd|th)? )may\b/g, 'mayo')
      .replace(/[’'‘`´]/g, ' ')
      .replace(/(?<=[a-z])[-–](?=[a-z])/g, ' ')
      .replace(/(?<=[a-z])\/(?=[a-z])/g, ' / ')
      .replace(/\b(h|ore)(?=\d)/g, '$1 ')
  );
}

/** A text cut once for all languages: only German reads a number with a full stop in another way. */
export interface Cut {
  for(code: string): Piece[];
}

export function cutOnce(text: string): Cut {
  const said = plain(text);
  const pieces = cut(said, '');
  const german = /\d\./.test(said) ? cut(said, 'de') : pieces;
  return { for: (code) => (code === 'de' ? german : pieces) };
}

/** Symbols of a text, in one string, each followed by a space. */
export function symbolsOf(text: Cut, lexicon: Lexicon): string {
  const pieces = text.for(lexicon.code);
  const words = pieces.map((piece) => ('word' in piece ? lexicon.mend(piece.word) : ' '));
  let symbols = '';
  for (let at = 0; at < pieces.length; ) {
    const piece = pieces[at] as Piece;
    const found = 'word' in piece ? lexicon.find(words, at) : null;
    if (found) symbols += `${found.symbols} `;
    else symbols += 'word' in piece ? `${numberOf(piece.word)} ` : `${piece.symbols} `;
    at += found?.length ?? 1;
  }
  return symbols;
}

/** How many letters of a text a language knows, without guessing at misspelt words. */
export function knownLetters(text: Cut, lexicon: Lexicon): number {
  const words = text.for(lexicon.code).map((piece) => ('word' in piece ? piece.word : ' '));
  let letters = 0;
  for (let at = 0; at < words.length; ) {
    const length = lexicon.find(words, at)?.length ?? 0;
    for (let offset = 0; offset < length; offset++) letters += words[at + offset]?.replace(/\d/g, '').length ?? 0;
    at += length || 1;
  }
  return letters;
}

function numberOf(word: string): string {
  if (!/^\d+$/.test(word)) return 'x';
  const value = Number(word);
  if (word.length <= 2) return `N=${value}`;
  return word.length === 4 && value >= 1900 && value < 2100 ? `Y=${value}` : 'x';
}

function cut(text: string, code: string): Piece[] {
  const pieces: Piece[] = [];
  const word = /[a-z]+|\d+/y;
  for (let at = 0; at < text.length; ) {
    const shape = /\d/.test(text[at] ?? '') && !/\d/.test(text[at - 1] ?? '') ? shapeAt(text, at, code) : null;
    if (shape) {
      pieces.push({ symbols: shape.symbols });
      at += shape.length;
      continue;
    }
    word.lastIndex = at;
    const match = word.exec(text);
    if (match) pieces.push({ word: match[0] });
    else if (text[at] === '/') pieces.push({ symbols: 'OR' });
    else if (/[.,;:!?…()–—\n-]/.test(text[at] ?? '') && !isPause(pieces.at(-1))) pieces.push({ symbols: ',' });
    at += match?.[0].length ?? 1;
  }
  // "ven. 4 dic." — the full stop of an abbreviation is no pause.
  return pieces.filter(
    (piece, index) => !(isPause(piece) && isShort(pieces[index - 1]) && text.includes(`${wordOf(pieces[index - 1])}. `)),
  );
}

function shapeAt(text: string, at: number, code: string): { symbols: string; length: number } | null {
  for (const [shape, symbols] of SHAPES) {
    shape.lastIndex = at;
    const match = shape.exec(text);
    const found = match && symbols(match, code);
    if (found) return { symbols: found, length: match[0].length };
  }
  return null;
}

function wordOf(piece: Piece | undefined): string {
  return piece && 'word' in piece ? piece.word : '';
}

function isPause(piece: Piece | undefined): boolean {
  return piece !== undefined && 'symbols' in piece && piece.symbols === ',';
}

function isShort(piece: Piece | undefined): boolean {
  return /^[a-z]{2,4}$/.test(wordOf(piece));
}
