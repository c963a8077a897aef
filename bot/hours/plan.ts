/** When people of an office answer, as data: what an administrator writes under /settings. */
import { z } from 'zod';
import { day, shift, shifts } from '../../connectors/bookings/embedded/plan.ts';

const monthDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'mese e giorno, come 10-09');
/** Sunday first; split shifts are two of one day. */
const week = z.tuple([shifts, shifts, shifts, shifts, shifts, shifts, shifts]);

export const officeHours = z.object({
  week,
  /** Other weeks for a part of every year; one that ends before it begins goes over New Year. The first that fits counts. */
  seasons: z
    .array(z.object({ name: z.string().trim().min(1).max(60), from: monthDay, to: monthDay, week }))
    .max(12)
    .default([]),
  /** The patron saint's day. */
  patron: monthDay.optional(),
  /** Open on national holidays too. */
  holidays: z.boolean().default(false),
  closures: z
    .array(
      z
        .object({ from: day, to: day, hours: shift.optional(), reason: z.string().trim().max(120).default('') })
        .refine(({ from, to }) => from <= to, 'la fine non viene prima dell’inizio'),
    )
    .max(200)
    .default([]),
  /** Minutes of opening time within which a first reply, and an end, are promised. */
  firstReplyMinutes: z.number().int().min(1).max(10_000).default(30),
  resolutionMinutes: z.number().int().min(1).max(100_000).default(480),
  /** Call-backs: minutes of each, and how many agents call at once; none = no call-backs. */
  callMinutes: z.number().int().min(5).max(120).default(15),
  callsAtOnce: z.number().int().min(0).max(50).default(2),
});

/** As written in JSON: times are `08:30`. */
export type OfficeHoursInput = z.input<typeof officeHours>;
/** As used: times are minutes after midnight. */
export type OfficeHours = z.output<typeof officeHours>;
