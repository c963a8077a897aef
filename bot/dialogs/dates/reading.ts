/** What was understood of a date: taken, asked back with what is certain, or nothing. */

export type Part = 'morning' | 'afternoon' | 'evening';

/** Why a reading is asked back. */
export type Doubt =
  | 'past' // it has already gone by
  | 'impossible' // no such day or hour exists
  | 'mismatch' // the weekday and the date, or the hour and the part of the day, contradict each other
  | 'which_week' // "next Friday" two days before a Friday
  | 'today_or_next' // today's own weekday or day number
  | 'several' // more than one was named
  | 'vague'; // a week, a month, "after Christmas", "you choose"

/** The parts a reading may hold: date `YYYY-MM-DD`, time `HH:MM`, both local. */
export interface Said {
  date?: string;
  time?: string;
  part?: Part;
}

export type DateReading =
  | (Said & { kind: 'date'; date: string })
  /** Only an hour or a part of the day was said; the day is still to ask, or known from before. */
  | (Said & { kind: 'time' })
  /** `date`, `time` and `part` hold only what is certain. `choices` and `times` are what the words may mean: at most 5, none when too many. */
  | (Said & { kind: 'ambiguous'; doubt: Doubt; choices: string[]; times: string[] })
  | { kind: 'none' };
