/** What a citizen may want of a contact centre. CONTRACT.md fixes the labels. */

export const INTENTS = [
  'answer',
  'book',
  'reschedule',
  'cancel',
  'status',
  'queue',
  'pay',
  'report',
  'human',
  'feedback',
  'smalltalk',
  'emergency',
  'offtopic',
] as const;

export type Intent = (typeof INTENTS)[number];

export interface Route {
  intent: Intent;
  /** 0–1; 1 = a rule is certain of it. */
  confidence: number;
  /** For `emergency`: which numbers to show (`112`, `1522`, `suicide`); for `smalltalk`: which courtesy; for `feedback`: `praise`, `complaint` or `remark`. */
  detail?: string;
}
