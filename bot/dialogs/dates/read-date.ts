/** Understands a date, an hour or a part of the day in five languages, and short answers in five more; what is past, impossible or open is asked back. */
import { attach } from './attach.ts';
import { localNow } from './calendar.ts';
import { chronoDate } from './chrono.ts';
import { type Combined, combine } from './combine.ts';
import { datesInItalian } from './further.ts';
import { hourOf } from './hours.ts';
import type { Today } from './mentions.ts';
import type { DateReading, Doubt, Said } from './reading.ts';
import { withoutRefused } from './refuse.ts';
import { type Resolved, resolveDay } from './resolve.ts';
import { scan } from './scan.ts';
import { type Cut, cutOnce, knownLetters, symbolsOf } from './tokens.ts';
import de from './words/de.ts';
import en from './words/en.ts';
import es from './words/es.ts';
import fr from './words/fr.ts';
import itWords from './words/it.ts';
import { createLexicon, type Lexicon } from './words/lexicon.ts';

export interface DateContext {
  now: Date;
  /** The conversation's language; another one is read when it knows clearly more of the words. */
  lang?: string;
  timeZone?: string;
}

/** A longer text holds no answer to "when?"; reading grows with its length. */
const LONGEST_TEXT = 400;
const MOST_CHOICES = 5;
const lexicons: Lexicon[] = [itWords, en, de, fr, es].map(createLexicon);

/** `text`: one message. Dates are those of `timeZone` (Europe/Rome). Never throws. */
export function readDate(text: string, { now, lang = 'it', timeZone = 'Europe/Rome' }: DateContext): DateReading {
  const said = datesInItalian(text.slice(0, LONGEST_TEXT), lang.slice(0, 2));
  const words = cutOnce(said);
  const lexicon = lexiconFor(words, lang);
  const today: Today = { ...localNow(now, timeZone), code: lexicon.code };
  const symbols = symbolsOf(words, lexicon);
  const scanned = scan(symbols, today);
  const { kept, refused } = withoutRefused(attach(symbols, scanned.mentions, today), scanned);
  const combined = combine(kept, refused, scanned.signs);
  const nothing = combined.days.length + combined.hours.length + combined.parts.length + combined.moments.length === 0;
  if (!nothing) return assemble(combined, today);
  if (refused.length > 0) return { kind: 'ambiguous', doubt: 'vague', choices: [], times: [] };
  const other = chronoDate(said, lexicon.code, today.today);
  if (!other) return bareNumber(symbols);
  const { time, ...day } = other;
  const [hour = 0, minute = 0] = time?.split(':').map(Number) ?? [];
  return assemble({ days: [day], hours: time ? [{ hour, minute, exact: true }] : [], parts: [], moments: [], night: false }, today);
}

/** A number by itself may be a day or an hour. */
function bareNumber(symbols: string): DateReading {
  const number = /^N=(\d+) $/.exec(symbols)?.[1];
  return number ? { kind: 'ambiguous', doubt: 'vague', choices: [], times: [] } : { kind: 'none' };
}

function lexiconFor(text: Cut, lang: string): Lexicon {
  const own = lexicons.find(({ code }) => code === lang.slice(0, 2)) ?? (lexicons[0] as Lexicon);
  const known = (lexicon: Lexicon) => knownLetters(text, lexicon);
  let best = own;
  let most = known(own) * 1.5 + 3;
  for (const lexicon of lexicons) {
    if (lexicon === own) continue;
    const letters = known(lexicon);
    if (letters > most) {
      best = lexicon;
      most = letters;
    }
  }
  return best;
}

function assemble(combined: Combined, today: Today): DateReading {
  const moment = combined.moments[0];
  if (moment && combined.moments.length === 1 && combined.days.length === 0 && combined.hours.length === 0)
    return { kind: 'date', ...moment };
  const said: Said = {};
  const doubts: Doubt[] = [];
  const times: string[] = [];
  if (combined.parts.length === 1 && combined.parts[0]) said.part = combined.parts[0];
  else if (combined.parts.length > 1) doubts.push('several');

  const day = dayOf(combined, today.today);
  if (day?.doubt) doubts.unshift(day.doubt);
  else if (day?.dates[0]) said.date = day.dates[0];

  const hours = combined.hours.map((hour) => hourOf(hour, said.part ?? (combined.night ? 'night' : undefined)));
  for (const hour of hours) if ('time' in hour && !times.includes(hour.time)) times.push(hour.time);
  const badHour = hours.find((hour) => 'doubt' in hour);
  if (badHour && 'doubt' in badHour) doubts.push(badHour.doubt);
  else if (times.length > 1) doubts.push('several');
  else if (times[0]) {
    if (said.date === today.today && times[0] < today.time) doubts.push('past');
    else said.time = times.pop() as string;
  }
  if (said.part && badHour && 'doubt' in badHour && badHour.doubt === 'mismatch') delete said.part;
  if (said.part === 'morning' && said.date === today.today && today.time >= '13:00' && !said.time) doubts.push('past');

  const doubt = doubts[0];
  if (doubt) return { kind: 'ambiguous', ...said, doubt, choices: choicesOf(day), times: doubts.includes('past') ? [] : times };
  if (said.date !== undefined) return { kind: 'date', ...said, date: said.date };
  return said.time || said.part ? { kind: 'time', ...said } : { kind: 'none' };
}

/** All alternatives together: one certain day, or the days it may be. */
function dayOf({ days, moments }: Combined, today: string): Resolved | null {
  if (days.length === 0) return moments.length > 0 ? { dates: [], doubt: 'several' } : null;
  const resolved = days.map((words) => resolveDay(words, today));
  if (resolved.length === 1) return resolved[0] ?? null;
  const dates = [...new Set(resolved.flatMap((one) => one.dates))].sort();
  const allCertain = resolved.every((one) => !one.doubt);
  if (dates.length === 1 && allCertain) return { dates };
  return days.some((words) => words.bound) ? { dates: [], doubt: 'vague' } : { dates, doubt: 'several' };
}

function choicesOf(day: Resolved | null): string[] {
  return day?.doubt && day.dates.length <= MOST_CHOICES ? day.dates : [];
}
