/** Wall clock of a time zone and instants, both ways, right on the two nights when clocks change. Neither engine's own parsing is used: they disagree. */

const DAY = 86_400_000;
const MINUTE = 60_000;

export interface Zone {
  name: string;
  /** `YYYY-MM-DD` of an instant (epoch ms). */
  dayOf(at: number): string;
  /** The instant of a wall-clock time (minutes after midnight); the first of a doubled one, null for a skipped one. */
  at(day: string, minutes: number): number | null;
  /** The same for many times of one day. */
  clockOf(day: string): (minutes: number) => number | null;
  /** `2027-03-09T09:00:00+01:00`. */
  iso(at: number): string;
  /** Milliseconds ahead of UTC. */
  offsetAt(at: number): number;
}

export function createZone(name = 'Europe/Rome'): Zone {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: name, timeZoneName: 'longOffset' });
  /** UTC day → the offset all day long, or null when it changes in it. */
  const days = new Map<number, number | null>();

  function ask(at: number): number {
    const text = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
    return hours ? (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE : 0;
  }

  function offsetAt(at: number): number {
    const day = Math.floor(at / DAY);
    let offset = days.get(day);
    if (offset === undefined) {
      const first = ask(day * DAY);
      offset = first === ask((day + 1) * DAY) ? first : null;
      if (days.size > 5000) days.clear();
      days.set(day, offset);
    }
    return offset ?? ask(at);
  }

  /** Lists of free times are asked for again and again, and one time's end is the next one's begin. */
  const written = new Map<number, string>();

  function write(at: number): string {
    const offset = offsetAt(at);
    const wall = at + offset;
    const day = Math.floor(wall / DAY);
    return `${dayText(day)}T${clockText(wall - day * DAY)}${suffixOf(offset)}`;
  }

  const midnight = (day: string) => Date.parse(`${day}T00:00:00Z`);

  function fromWall(wall: number): number | null {
    const before = wall - offsetAt(wall - DAY);
    const after = wall - offsetAt(wall + DAY);
    // In autumn both exist and the one reckoned with summer's larger offset is the earlier; in spring neither does.
    for (const at of before < after ? [before, after] : [after, before]) if (at + offsetAt(at) === wall) return at;
    return null;
  }

  return {
    name,
    offsetAt,
    dayOf: (at) => new Date(at + offsetAt(at)).toISOString().slice(0, 10),
    at: (day, minutes) => fromWall(midnight(day) + minutes * MINUTE),
    clockOf(day) {
      const wall = midnight(day);
      const offset = offsetAt(wall - DAY);
      if (offset !== offsetAt(wall + 2 * DAY)) return (minutes) => fromWall(wall + minutes * MINUTE);
      return (minutes) => wall - offset + minutes * MINUTE;
    },
    iso(at) {
      let text = written.get(at);
      if (text === undefined) {
        text = write(at);
        if (written.size >= TIMES_KEPT) written.clear();
        written.set(at, text);
      }
      return text;
    },
  };
}

/** The times of some weeks in one office. */
const TIMES_KEPT = 1500;
/** The days that lists of free times are made of. */
const DAYS_KEPT = 2000;
const dayTexts = new Map<number, string>();

/** `2027-03-09`, by whole days since 1970. Kept: a month of free times names each of its days hundreds of times. */
export function dayText(day: number): string {
  let text = dayTexts.get(day);
  if (!text) {
    text = new Date(day * DAY).toISOString().slice(0, 10);
    if (dayTexts.size >= DAYS_KEPT) dayTexts.clear();
    dayTexts.set(day, text);
  }
  return text;
}

const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `09:05:00`, by milliseconds after midnight; what is below a second is left out. */
function clockText(since: number): string {
  const seconds = Math.floor(since / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const suffixes = new Map<number, string>();
/** `+01:00`. */
function suffixOf(offset: number): string {
  let suffix = suffixes.get(offset);
  if (!suffix) {
    const ahead = Math.abs(offset) / MINUTE;
    suffix = `${offset < 0 ? '-' : '+'}${two(Math.floor(ahead / 60))}:${two(ahead % 60)}`;
    suffixes.set(offset, suffix);
  }
  return suffix;
}

/** The day `days` after, `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** Whole days from one day to another. */
export const daysBetween = (from: string, to: string): number => (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY;
