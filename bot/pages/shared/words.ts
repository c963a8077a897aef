/** Words of the pages in every language, for the server. The citizen's browser loads one language at a time (chat/language.ts). */
import { words as ar } from './words/ar.ts';
import { words as de } from './words/de.ts';
import { words as en } from './words/en.ts';
import { words as es } from './words/es.ts';
import { words as fr } from './words/fr.ts';
import { words as it } from './words/it.ts';
import { words as ro } from './words/ro.ts';
import { words as sl } from './words/sl.ts';
import { words as uk } from './words/uk.ts';
import { words as zh } from './words/zh.ts';
import type { Words } from './words/it.ts';

export type { Words } from './words/it.ts';
export const words: Record<string, Words> = { it, en, de, fr, es, sl, ro, ar, zh, uk };

/** The page's words in a language; Italian where there are none. */
export function wordsIn(lang: string): Words {
  return words[lang] ?? it;
}
