/** The pieces a text names, before they are put together. */
import type { Part } from './reading.ts';

/** What the words say of a day; fields join when they do not contradict each other. */
export interface DayWords {
  date?: string;
  weekday?: number;
  which?: 'this' | 'next' | 'one_later';
  day?: number;
  month?: number;
  year?: number;
  /** Monday of the week meant. */
  week?: string;
  /** Something is said of the day, but not which. */
  vague?: boolean;
  impossible?: boolean;
  /** "Last Monday". */
  past?: boolean;
  /** From, until, after or before it: not the day itself. */
  bound?: boolean;
}

export interface HourWords {
  hour: number;
  minute: number;
  /** "09" or "am", "pm": no guessing about the half of the day. */
  exact?: boolean;
  /** "Before ten" names no hour. */
  bound?: boolean;
}

/** A word that moves the day named after it: "the Monday after …", "the day before …". */
export interface Shift {
  days?: number;
  weekday?: number;
  nth?: number;
  workday?: boolean;
  weeks?: number;
  backwards: boolean;
  bound?: boolean;
}

export type Named =
  | { type: 'day'; day: DayWords }
  | { type: 'hour'; hour: HourWords }
  | { type: 'part'; part: Part | null }
  | { type: 'moment'; date: string; time: string }
  | { type: 'shift'; shift: Shift }
  /** "The one after": counted from the day named before. */
  | { type: 'following' };

export type Mention = Named & { from: number; to: number };

/** What the rules need to know. */
export interface Today {
  today: string;
  time: string;
  code: string;
}
