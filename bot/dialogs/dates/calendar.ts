/** Days as `YYYY-MM-DD`, counted without clocks or zones; weekdays 1 (Monday) to 7. */

const DAY_MS = 86_400_000;

/** `null` when the month has no such day. */
export function day(year: number, month: number, dayOfMonth: number): string | null {
  if (month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysInMonth(year, month)) return null;
  return new Date(Date.UTC(year, month - 1, dayOfMonth)).toISOString().slice(0, 10);
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function parts(date: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, dayOfMonth = 0] = date.split('-').map(Number);
  return { year, month, day: dayOfMonth };
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** A month later the same day, or the month's last one. */
export function addMonths(date: string, months: number): string {
  const { year, month, day: dayOfMonth } = parts(date);
  const index = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(index / 12), (index % 12) + 1];
  return day(y, m, Math.min(dayOfMonth, daysInMonth(y, m))) ?? date;
}

export function weekday(date: string): number {
  return new Date(date).getUTCDay() || 7;
}

/** The first such weekday strictly after a date. */
export function nextWeekday(date: string, wanted: number): string {
  return addDays(date, ((wanted - weekday(date) + 6) % 7) + 1);
}

export function previousWeekday(date: string, wanted: number): string {
  return addDays(date, -((weekday(date) - wanted + 6) % 7) - 1);
}

/** Monday of a date's week. */
export function monday(date: string): string {
  return addDays(date, 1 - weekday(date));
}

/** The nth weekday of a month, -1 for its last; `null` when it has no fifth one. */
export function nthWeekday(year: number, month: number, wanted: number, nth: number): string | null {
  if (nth < 0) return previousWeekday(addDays(day(year, month, daysInMonth(year, month)) ?? '', 1), wanted);
  const first = nextWeekday(addDays(day(year, month, 1) ?? '', -1), wanted);
  const found = addDays(first, (nth - 1) * 7);
  return parts(found).month === month ? found : null;
}

/** Gregorian Easter Sunday. */
export function easter(year: number): string {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const leapless = century - Math.floor(century / 4);
  const h = (leapless - Math.floor((8 * century + 13) / 25) + 19 * a + 15) % 30;
  const moon = h - Math.floor(h / 28) * (1 - Math.floor(29 / (h + 1)) * Math.floor((21 - a) / 11));
  const sunday = (year + Math.floor(year / 4) + moon + 2 - leapless) % 7;
  const offset = moon - sunday;
  const month = 3 + Math.floor((offset + 40) / 44);
  return day(year, month, offset + 28 - 31 * Math.floor(month / 4)) ?? `${year}-04-01`;
}

/** Italian national holidays, San Francesco included as from 2026. */
const HOLIDAYS = ['01-01', '01-06', '04-25', '05-01', '06-02', '08-15', '10-04', '11-01', '12-08', '12-25', '12-26'];

export function isWorkingDay(date: string): boolean {
  if (weekday(date) > 5 || addDays(easter(parts(date).year), 1) === date) return false;
  return !HOLIDAYS.includes(date.slice(5));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Kept: making one costs a hundred times what reading it does. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(timeZone, clock);
  return clock;
}

const MINUTE_MS = 60_000;
const minutes = new Map<string, { minute: number; told: Readonly<{ today: string; time: string }> }>();

/** Today and the minute of the day where the office stands. Told once a minute: several dialogs ask of each message. */
export function localNow(now: Date, timeZone: string): Readonly<{ today: string; time: string }> {
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  const last = minutes.get(timeZone);
  if (last?.minute === minute) return last.told;
  const text = clockOf(timeZone).format(now);
  const told = { today: text.slice(0, 10), time: text.slice(11, 16) };
  minutes.set(timeZone, { minute, told });
  return told;
}
