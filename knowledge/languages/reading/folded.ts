/** A message without capitals, accents and other signs: the form in which rules in folded words read it. */
import { LATIN_END, MARKS_END, MARKS_START } from './signs.ts';
import { foldAccents } from './stem.ts';

const ASCII_END = 0x80;

const isLetter = Uint8Array.from({ length: LATIN_END }, (_, code) => (/[\p{L}\p{N}]/u.test(String.fromCharCode(code)) ? 1 : 0));

/** Lower-case words without accents, in order: every run of letters and digits, and of question marks where they are `asked` for. O(letters). */
export function foldedWords(text: string, asked = false): string[] {
  const lower = text.toLowerCase();
  const words: string[] = [];
  let from = -1;
  let accents = false;
  for (let at = 0; at <= lower.length; at++) {
    const code = at < lower.length ? lower.charCodeAt(at) : MARKS_START;
    if (code >= LATIN_END && (code < MARKS_START || code >= MARKS_END)) return wordsOfOtherScripts(lower, asked);
    if ((code < LATIN_END && isLetter[code] === 1) || (asked && code === QUESTION)) {
      if (from < 0) from = at;
      if (code >= ASCII_END) accents = true;
      continue;
    }
    if (from < 0) continue;
    const word = lower.slice(from, at);
    words.push(accents ? foldAccents(word) : word);
    from = -1;
    accents = false;
  }
  return words;
}

const QUESTION = 63;

function wordsOfOtherScripts(lower: string, asked: boolean): string[] {
  return foldAccents(lower).match(asked ? /[\p{L}\p{N}?]+/gu : /[\p{L}\p{N}]+/gu) ?? [];
}
