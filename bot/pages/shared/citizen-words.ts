/** Words of the pages around a citizen's sign-in, in every language; Italian where there are none. */
import { citizenWords as ar } from './citizen-words/ar.ts';
import { citizenWords as de } from './citizen-words/de.ts';
import { citizenWords as en } from './citizen-words/en.ts';
import { citizenWords as es } from './citizen-words/es.ts';
import { citizenWords as fr } from './citizen-words/fr.ts';
import { type CitizenWords, citizenWords as it } from './citizen-words/it.ts';
import { citizenWords as ro } from './citizen-words/ro.ts';
import { citizenWords as sl } from './citizen-words/sl.ts';
import { citizenWords as uk } from './citizen-words/uk.ts';
import { citizenWords as zh } from './citizen-words/zh.ts';

export type { CitizenWords } from './citizen-words/it.ts';
export const citizenWords: Record<string, CitizenWords> = { it, en, de, fr, es, sl, ro, ar, zh, uk };

export const citizenWordsIn = (lang: string): CitizenWords => citizenWords[lang] ?? it;

/** Puts values where `{name}` stands. */
export const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);

/** The first language a browser would rather read that we speak; Italian where there is none. */
export function preferred(accepts: string | undefined): string {
  const asked = (accepts ?? '').split(',').map((one) => {
    const [tag = '', quality] = one.trim().split(';q=');
    return { lang: tag.slice(0, 2).toLowerCase(), quality: Number(quality ?? 1) };
  });
  return asked.sort((a, b) => b.quality - a.quality).find(({ lang }) => Object.hasOwn(citizenWords, lang))?.lang ?? 'it';
}
