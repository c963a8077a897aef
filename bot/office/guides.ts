/** Guides for what happens in a life, as data: ordered steps with offices, terms counted from the person's date, what to bring, and where each is written. */
import { z } from 'zod';
import { day } from '../dialogs/dates/calendar.ts';
import { readJsonFiles } from './json-files.ts';

const step = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'minuscole, cifre e trattini'),
  title: z.string().min(3).max(120),
  /** Whom to ask; outside the body too. */
  office: z.string().min(2).max(80),
  /** How long after the person's date it must be done; absent = no term. Months end on the last day when they are shorter. */
  due: z
    .strictObject({ days: z.number().int().min(0).max(3650).optional(), months: z.number().int().min(1).max(120).optional() })
    .refine(({ days, months }) => (days === undefined) !== (months === undefined), 'giorni oppure mesi')
    .optional(),
  bring: z.array(z.string().min(2).max(160)).max(12).default([]),
  /** Words as they stand in a published document: without them the step is not shown. */
  cite: z.strictObject({ document: z.string().min(1), quote: z.string().min(10).max(600) }),
});

export const guideSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'minuscole, cifre e trattini'),
    title: z.string().min(3).max(80),
    /** The question for the date everything is counted from. */
    ask: z.string().min(5).max(160),
    /** What people say when it happens to them. */
    words: z.array(z.string().min(4).max(80)).min(1),
    steps: z.array(step).min(1).max(20),
  })
  .refine(({ steps }) => new Set(steps.map(({ id }) => id)).size === steps.length, 'due passi hanno lo stesso id');

export type Guide = z.infer<typeof guideSchema>;
export type GuideStep = Guide['steps'][number];

/** See readJsonFiles. */
export const readGuides = (folders: string[]): Guide[] => readJsonFiles(folders, guideSchema);

/** The last day for a step, `YYYY-MM-DD`; null when it has no term. */
export function dueOn({ due }: Pick<GuideStep, 'due'>, date: string): string | null {
  if (!due) return null;
  const [year = 0, month = 1, date1 = 1] = date.split('-').map(Number);
  if (due.days !== undefined) return new Date(Date.UTC(year, month - 1, date1 + due.days)).toISOString().slice(0, 10);
  const months = month - 1 + (due.months ?? 0);
  const [y, m] = [year + Math.floor(months / 12), (months % 12) + 1];
  for (let last = date1; last > 27; last--) {
    const found = day(y, m, last);
    if (found) return found;
  }
  return day(y, m, Math.min(date1, 28));
}
