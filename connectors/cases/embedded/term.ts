/** The latest day of a procedure, by law 241/1990 art. 2. Days are `YYYY-MM-DD`. */

/** Where no rule sets another (art. 2 c. 2). */
export const DAYS = 30;
/** The law lets an office wait for documents once, and no longer than this (art. 2 c. 7). */
const LONGEST_WAIT = 30;
const DAY_MS = 86_400_000;

export interface Suspension {
  from: string;
  /** The day it went on again; null = still waiting. */
  to: string | null;
  /** `documents` is the wait of art. 2 c. 7, limited; `other` is as long as it is (art. 10-bis, a court). */
  reason: 'documents' | 'other';
}

export interface Term {
  dueOn: string;
  /** Set while the clock stands still today. */
  suspendedSince: string | null;
}

/**
 * The term runs from the day after receipt (art. 2 c. 6). A wait for documents counts once and up to 30 days; while it lasts the due day given is
 * the one if it ended today. A due day on a holiday is not moved on: what a citizen is told is never later than the law allows.
 */
export function termOf(from: string, days: number, suspensions: Suspension[], today: string): Term {
  let stood = 0;
  let since: string | null = null;
  let waited = false;
  for (const one of suspensions) {
    if (one.reason === 'documents' && waited) continue;
    waited ||= one.reason === 'documents';
    const limit = one.reason === 'documents' ? LONGEST_WAIT : Number.POSITIVE_INFINITY;
    const length = Math.max(0, between(one.from, one.to ?? today));
    stood += Math.min(length, limit);
    if (one.to === null && length < limit) since = one.from;
  }
  return { dueOn: addDays(from, days + stood), suspendedSince: since };
}

const between = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
