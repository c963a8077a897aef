/** The words we say, by language; a language nobody wrote is spoken in the body's own. */
import type { Language } from './contract.ts';

export type Say = (key: string, values?: Record<string, string>) => string;

/** `languages`: the ones in use, the body's own first. */
export function createSpeech(languages: Language[]): (lang: string) => Say {
  const byCode = new Map(languages.map((language) => [language.code, language]));
  const own = languages[0] as Language;
  return (lang) => {
    const words = (byCode.get(lang) ?? own).words;
    return (key, values = {}) =>
      (words[key] ?? own.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  };
}
