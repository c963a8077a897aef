/** When repeating events happen: the rules that calendar programs make by a click. Safety does not hang on it: before and after a write the server itself is asked. */
import { createZone } from '../zone.ts';
import type { ReadEvent } from './read-events.ts';

export interface Busy {
  start: number;
  end: number;
}

const DAY = 86_400_000;
const MOST = 2000;
const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const zone = createZone();

/** Can occurrences() work this rule out? Otherwise only the server can. */
export function understands(rule: string): boolean {
  const parts = partsOf(rule);
  const known = Object.keys(parts).every((name) =>
    ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'WKST'].includes(name),
  );
  const weekBeginsElsewhere = parts['WKST'] !== undefined && parts['WKST'] !== 'MO' && Number(parts['INTERVAL'] ?? 1) > 1;
  const freq = parts['FREQ'] ?? '';
  const odd = (freq === 'YEARLY' && parts['BYDAY']) || parts['BYMONTHDAY']?.includes('-') || (parts['BYMONTHDAY'] && parts['BYDAY']);
  return known && !weekBeginsElsewhere && !odd && ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'].includes(freq);
}

const partsOf = (rule: string): Record<string, string> =>
  Object.fromEntries(
    rule
      .toUpperCase()
      .split(';')
      .map((part) => part.split('=') as [string, string]),
  );

/** Times between `from` and `to` (epoch ms) at which the event takes place. Wall-clock times stay the same over clock changes. */
export function occurrences(event: ReadEvent, from: number, to: number): Busy[] {
  const length = event.end - event.start;
  const touches = (start: number) => start < to && start + Math.max(length, 1) > from;
  if (!event.rule) return touches(event.start) ? [{ start: event.start, end: event.end }] : [];
  const rule = partsOf(event.rule);
  const until = rule['UNTIL'] ? untilOf(rule['UNTIL']) : Number.POSITIVE_INFINITY;
  const count = Number(rule['COUNT'] ?? Number.POSITIVE_INFINITY);
  const found: Busy[] = [];
  let n = 0;
  for (const start of starts(event.start, rule, rule['COUNT'] ? event.start : from - length)) {
    if (start > until || start >= to || n++ >= count) break;
    if (touches(start) && !event.except?.includes(start)) found.push({ start, end: start + length });
  }
  return found;
}

/** `since`: what lies before need not be told, since nobody counts. */
function* starts(first: number, rule: Record<string, string>, since: number): Generator<number> {
  const local = new Date(first + zone.offsetAt(first));
  const minutes = local.getUTCHours() * 60 + local.getUTCMinutes();
  const midnight = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
  const every = Math.max(1, Number(rule['INTERVAL'] ?? 1) || 1);
  const weekdays = rule['BYDAY']?.split(',').map((name) => DAYS.indexOf(name.slice(-2))) ?? [local.getUTCDay()];
  const on = (day: number) => zone.at(new Date(day).toISOString().slice(0, 10), minutes);
  // The event itself comes first and is counted, also where its own rule would leave it out.
  yield first;
  const skipped = Math.max(1, Math.floor((since - first) / DAY) - 1);
  for (let n = skipped; n < skipped + MOST * every; n++) {
    const day = midnight + n * DAY;
    const date = new Date(day);
    const months = (date.getUTCFullYear() - local.getUTCFullYear()) * 12 + date.getUTCMonth() - local.getUTCMonth();
    const years = date.getUTCFullYear() - local.getUTCFullYear();
    const dates = rule['BYMONTHDAY']?.split(',').map(Number) ?? [local.getUTCDate()];
    const inMonths = rule['BYMONTH']?.split(',').map(Number);
    const sameDate = dates.includes(date.getUTCDate());
    const weeks = Math.floor((n + ((local.getUTCDay() + 6) % 7)) / 7);
    const fits =
      rule['FREQ'] === 'DAILY'
        ? n % every === 0 && (!rule['BYDAY'] || weekdays.includes(date.getUTCDay()))
        : rule['FREQ'] === 'WEEKLY'
          ? weeks % every === 0 && weekdays.includes(date.getUTCDay())
          : rule['FREQ'] === 'MONTHLY'
            ? months % every === 0 && (rule['BYDAY'] ? inMonth(date, rule['BYDAY']) : sameDate)
            : rule['FREQ'] === 'YEARLY' && years % every === 0 && (inMonths || months % 12 === 0) && sameDate;
    const at = fits && (!inMonths || inMonths.includes(date.getUTCMonth() + 1)) ? on(day) : null;
    if (at !== null) yield at;
  }
}

/** `1MO`, `-1FR`: the first Monday, the last Friday. */
function inMonth(date: Date, days: string): boolean {
  return days.split(',').some((name) => {
    const place = Number.parseInt(name, 10);
    if (DAYS.indexOf(name.slice(-2)) !== date.getUTCDay()) return false;
    if (Number.isNaN(place)) return true;
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    return place > 0 ? Math.ceil(date.getUTCDate() / 7) === place : Math.ceil((last - date.getUTCDate() + 1) / 7) === -place;
  });
}

function untilOf(text: string): number {
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  if (text.length === 8) return (zone.at(day, 0) ?? 0) + DAY - 1;
  return Date.parse(`${day}T${text.slice(9, 11)}:${text.slice(11, 13)}:00Z`);
}
