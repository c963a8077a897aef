/** What the words say of a day → the day itself, or the days it may be and why it must be asked. */
import {
  addDays,
  addMonths,
  day as dayOf,
  daysBetween,
  isWorkingDay,
  monday,
  nextWeekday,
  parts,
  previousWeekday,
  weekday,
} from './calendar.ts';
import type { DayWords, Shift } from './mentions.ts';
import type { Doubt } from './reading.ts';

/** One date and no doubt, or a doubt with the dates it may be. */
export interface Resolved {
  dates: string[];
  doubt?: Doubt;
}

/** A day and month that went by less than this ago was meant; longer ago, next year's is. */
const JUST_GONE_DAYS = 92;

const certain = (date: string): Resolved => ({ dates: [date] });
const doubtful = (doubt: Doubt, dates: string[] = []): Resolved => ({ dates, doubt });

export function resolveDay(words: DayWords, today: string): Resolved {
  const found = resolveWords(words, today);
  if (found.doubt) return found;
  const date = found.dates[0] ?? '';
  if (date < today) return doubtful('past');
  if (words.bound) return doubtful('vague', [date]);
  return found;
}

function resolveWords(words: DayWords, today: string): Resolved {
  if (words.past) return doubtful('past');
  if (words.impossible) return doubtful('impossible');
  if (words.date !== undefined) return fitted(words, words.date);
  if (words.day !== undefined) return resolveNumber(words, words.day, today);
  if (words.weekday !== undefined) return resolveWeekday(words, words.weekday, today);
  return doubtful('vague');
}

/** The weekday and number said with a date must be its own. */
function fitted(words: DayWords, date: string): Resolved {
  const right = words.weekday === undefined || words.weekday === weekday(date);
  const sameNumber = words.day === undefined || words.day === parts(date).day;
  const sameMonth = words.month === undefined || words.month === parts(date).month;
  const sameWeek = words.week === undefined || words.week === monday(date);
  if (right && sameNumber && sameMonth && sameWeek) return certain(date);
  const near = words.weekday === undefined ? [] : [nextWeekday(addDays(date, -4), words.weekday)];
  return doubtful('mismatch', [date, ...near].sort());
}

function resolveNumber(words: DayWords, number: number, today: string): Resolved {
  const now = parts(today);
  if (number < 1 || number > 31) return doubtful('impossible');
  if (words.month !== undefined) {
    const date = dayOf(words.year ?? now.year, words.month, number);
    const later = dayOf(now.year + 1, words.month, number);
    if (words.year !== undefined) return date ? fitted(words, date) : doubtful('impossible');
    if (date && date >= today) return fitted(words, date);
    if (date && daysBetween(date, today) <= JUST_GONE_DAYS) return doubtful('past', later ? [later] : []);
    return later ? fitted(words, later) : doubtful('impossible');
  }
  if (words.week !== undefined) {
    const found = Array.from({ length: 7 }, (_, offset) => addDays(words.week ?? today, offset)).find((date) => parts(date).day === number);
    return found ? fitted(words, found) : doubtful('mismatch');
  }
  const upcoming = nextNumbers(number, today);
  if (upcoming[0] === today) {
    if (words.weekday === undefined) return doubtful('today_or_next', upcoming);
    return fitted(words, words.weekday === weekday(today) ? today : (upcoming[1] ?? today));
  }
  return fitted(words, upcoming[0] ?? today);
}

/** The next two days with this number. */
function nextNumbers(number: number, today: string): string[] {
  const found: string[] = [];
  for (let months = 0; found.length < 2; months++) {
    const { year, month } = parts(addMonths(`${today.slice(0, 7)}-01`, months));
    const date = dayOf(year, month, number);
    if (date && date >= today) found.push(date);
  }
  return found;
}

function resolveWeekday(words: DayWords, wanted: number, today: string): Resolved {
  const next = nextWeekday(today, wanted);
  const following = addDays(next, 7);
  if (words.week !== undefined) return certain(addDays(words.week, wanted - 1));
  if (words.month !== undefined) return doubtful('vague', weekdaysOf(words, wanted, today));
  if (words.vague) return doubtful('vague', [next, following, addDays(next, 14)]);
  const mine = wanted === weekday(today);
  if (words.which === 'one_later') return mine ? doubtful('which_week', [next, following]) : certain(following);
  if (words.which === 'next') return !mine && monday(next) === monday(today) ? doubtful('which_week', [next, following]) : certain(next);
  return mine ? doubtful('today_or_next', [today, next]) : certain(next);
}

function weekdaysOf({ month = 1, year }: DayWords, wanted: number, today: string): string[] {
  const now = parts(today);
  const first = dayOf(year ?? (month < now.month ? now.year + 1 : now.year), month, 1) ?? today;
  const found: string[] = [];
  for (let date = nextWeekday(addDays(first, -1), wanted); date.slice(0, 7) === first.slice(0, 7); date = addDays(date, 7))
    if (date >= today) found.push(date);
  return found;
}

/** A day moved from another: "the Monday after …". */
export function shifted(shift: Shift, anchor: DayWords, today: string): DayWords {
  const { dates, doubt } = resolveDay(anchor, today);
  if (shift.bound) return { ...anchor, bound: true };
  const date = dates[0];
  if (doubt || date === undefined) return { vague: true };
  if (shift.weeks !== undefined) return { week: addDays(monday(date), shift.weeks * (shift.backwards ? -7 : 7)) };
  const step = shift.backwards ? -1 : 1;
  let found = date;
  for (let count = 0; count < Math.min(shift.nth ?? 1, 60); count++) {
    if (shift.weekday !== undefined) found = shift.backwards ? previousWeekday(found, shift.weekday) : nextWeekday(found, shift.weekday);
    else if (shift.workday)
      do found = addDays(found, step);
      while (!isWorkingDay(found));
    else found = addDays(found, step * (shift.days ?? 0));
  }
  return { date: found };
}
