/** The words of a message as they are written: capitals, accents, apostrophes and hyphens stay. */
import { LATIN_END, MARKS_END, MARKS_START } from './signs.ts';

const LETTER = 1;
const NUMBER = 2;
/** Apostrophes and the hyphen, which stand inside words too. */
const JOINER = 3;
const APOSTROPHE = 0x2019;
const OTHER = -1;

const kinds = Uint8Array.from({ length: LATIN_END }, (_, code) => {
  const sign = String.fromCharCode(code);
  return /\p{L}/u.test(sign) ? LETTER : /\p{N}/u.test(sign) ? NUMBER : sign === "'" || sign === '-' ? JOINER : 0;
});

function kindOf(code: number): number {
  if (code < LATIN_END) return kinds[code] as number;
  if (code === APOSTROPHE) return JOINER;
  return code >= MARKS_START && code < MARKS_END ? 0 : OTHER;
}

/** What the scan below finds, for all scripts. */
const WORD = /(?<![\p{L}\p{N}])[\p{L}'’-]+(?![\p{L}\p{N}])/gu;

/** Letters beside digits are a code's and no word: "M4K" is not the French "m'". O(letters). */
export function writtenWords(text: string): string[] {
  const words: string[] = [];
  let before = 0;
  for (let at = 0; at < text.length; ) {
    const kind = kindOf(text.charCodeAt(at));
    if (kind === OTHER) return text.match(WORD) ?? [];
    let end = at + 1;
    if ((kind === LETTER || kind === JOINER) && before !== LETTER && before !== NUMBER) {
      let last = kind;
      let next = 0;
      for (; end < text.length; end++) {
        next = kindOf(text.charCodeAt(end));
        if (next !== LETTER && next !== JOINER) break;
        last = next;
      }
      before = last;
      if (end < text.length && next === NUMBER) {
        // What stands before the last joiner is a word all the same.
        while (end > at && kindOf(text.charCodeAt(end)) !== JOINER) end--;
        if (end === at) end = at + 1;
        else words.push(text.slice(at, end));
        before = kindOf(text.charCodeAt(end - 1));
      } else words.push(text.slice(at, end));
    } else before = kind;
    at = end;
  }
  return words;
}
