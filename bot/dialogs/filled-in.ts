/** Buttons with something filled in ("Show booking A12"), in every language: what was filled in. */
import type { Say } from '../../knowledge/languages/speak.ts';
import { inEveryLanguage } from './errand.ts';

const HOLE = '\u0000';
const ISOLATES = /[\u2066-\u2069]/;
/** Arabic wraps what is filled in, so that it reads the right way round. */
const unwrapped = (text: string): string => (ISOLATES.test(text) ? text.replaceAll(/[\u2066-\u2069]/g, '') : text);

/** `name`: what the words of `key` leave open. The function gives null for a text that is no such button; most texts begin as none does. */
export function filledIn(speech: (lang: string) => Say, key: string, name: string): (text: string) => string | null {
  const forms = inEveryLanguage((lang) => (word) => speech(lang)(word, { [name]: HOLE }), key).map(
    (text) => unwrapped(text).split(HOLE) as [before: string, after: string],
  );
  const heads = new Set(forms.map(([before]) => before.charCodeAt(0)));
  return (said) => {
    const text = unwrapped(said);
    if (!heads.has(text.charCodeAt(0)) && !heads.has(Number.NaN)) return null;
    const found = forms.find(
      ([before, after]) => text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after),
    );
    return found ? text.slice(found[0].length, text.length - found[1].length) : null;
  };
}
