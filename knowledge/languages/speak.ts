/** The words we say, by language; a language nobody wrote is spoken in the body's own. */
import type { Language } from './contract.ts';

export type Say = (key: string, values?: Record<string, string>) => string;

/** `languages`: the ones in use, the body's own first. */
export function createSpeech(languages: Language[]): (lang: string) => Say {
  const byCode = new Map(languages.map((language) => [language.code, language]));
  const own = languages[0] as Language;
  return (lang) => {
    const { words, direction } = byCode.get(lang) ?? own;
    const fill = direction === 'rtl' ? isolated : (value: string) => value;
    return (key, values = {}) =>
      (words[key] ?? own.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) =>
        values[name] === undefined ? whole : fill(values[name]),
      );
  };
}

/** Addresses, hours and telephone numbers keep their own order inside a line that runs from the right; a single word needs no marks. */
const isolated = (value: string): string => (/\s/.test(value) ? `\u2068${value}\u2069` : value);
