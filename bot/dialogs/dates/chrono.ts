/** chrono-node for the ways of writing a date that our own words do not know; only what it is certain of is taken. */
import { createRequire } from 'node:module';
import type { Chrono } from 'chrono-node';

const require = createRequire(import.meta.url);

/** A language's parser is loaded with the first date in it: all five together are a twentieth of what a start costs. */
const PARSERS: Record<string, () => Chrono> = {
  de: () => require('chrono-node/de').strict,
  en: () => require('chrono-node/en').GB,
  es: () => require('chrono-node/es').strict,
  fr: () => require('chrono-node/fr').strict,
  it: () => require('chrono-node/it').strict,
};
/** Asking for a loaded module again resolves its address anew, which costs more than reading a date. */
const loaded = new Map<string, Chrono | undefined>();

function parserOf(lang: string): Chrono | undefined {
  if (!loaded.has(lang)) loaded.set(lang, PARSERS[lang]?.());
  return loaded.get(lang);
}

/** Day, month and perhaps year and hour said in so many words; `null` when there is no such or more than one. */
export function chronoDate(text: string, lang: string, today: string): { day: number; month: number; year?: number; time?: string } | null {
  // A day counts only where its number is written, in one sign or two: most messages need not be parsed.
  if (!/(?<!\d)0?\d{1,2}(?!\d)/.test(text)) return null;
  const parser = parserOf(lang);
  const results = parser?.parse(text, new Date(`${today}T12:00:00`), { forwardDate: true }) ?? [];
  const start = results[0]?.start;
  if (results.length !== 1 || !start || results[0]?.end || !start.isCertain('day') || !start.isCertain('month')) return null;
  // It calls "next week" certain too: only a day whose number is written is.
  if (!new RegExp(`(?<!\\d)0?${start.get('day')}(?!\\d)`).test(results[0]?.text ?? '')) return null;
  const hour = start.isCertain('hour') ? start.get('hour') : null;
  const year = start.isCertain('year') ? start.get('year') : null;
  return {
    day: start.get('day') ?? 0,
    month: start.get('month') ?? 0,
    ...(year !== null && { year }),
    ...(hour !== null && { time: `${hour}:${String(start.get('minute') ?? 0).padStart(2, '0')}` }),
  };
}
