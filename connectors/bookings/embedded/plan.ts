/** The office as data: services, places, counters with their week, closures. What an administrator edits and the demo brings. */
import { z } from 'zod';

/** Everything starts and ends on this grid; bookings put off it by hand take the whole grains they touch. */
export const GRAIN_MINUTES = 5;
/** Seats of one counter are bits of a number. */
const MOST_SEATS = 30;

const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'solo minuscole, cifre e trattini');
export const day = z.iso.date('una data come 2026-12-24');
const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5][05]$|^24:00$/, 'un orario come 08:30, di cinque in cinque minuti')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));
const length = z.number().int().min(GRAIN_MINUTES).max(480).multipleOf(GRAIN_MINUTES);

/** One stretch of opening, minutes after midnight. Split shifts are two of them. */
export const shift = z.tuple([clock, clock]).refine(([from, to]) => from < to, 'la fine viene dopo l’inizio');
export const shifts = z.array(shift).default([]);

const service = z.object({
  id,
  name: z.string().min(1),
  office: z.string().min(1),
  minutes: length,
  /** Minutes from one start to the next; absent = `minutes`. */
  every: length.optional(),
  words: z.array(z.string()).default([]),
  bring: z.array(z.string()).default([]),
  /** Latest booking, minutes before the start. */
  notice: z.number().int().min(0).default(0),
  /** How many days ahead one can book. */
  horizon: z.number().int().min(1).max(366).default(90),
  /** Open bookings one person may have; absent = no limit. */
  perPerson: z.number().int().min(1).max(20).optional(),
});

const counter = z.object({
  id,
  name: z.string().min(1),
  place: id,
  services: z.array(id),
  /** People served at the same time: clerks behind it, or chairs of a group meeting. */
  capacity: z.number().int().min(1).max(MOST_SEATS).default(1),
  /** Open on holidays too, as a service on call. */
  holidays: z.boolean().default(false),
  /** Sunday first. */
  week: z.tuple([shifts, shifts, shifts, shifts, shifts, shifts, shifts]),
});

const closure = z.object({
  from: day,
  to: day,
  /** Absent = all day. */
  hours: shift.optional(),
  /** Absent = every place. */
  place: id.optional(),
  counter: id.optional(),
  reason: z.string().default(''),
});

export const officePlan = z
  .object({
    places: z.array(z.object({ id, name: z.string().min(1), address: z.string().default('') })),
    services: z.array(service),
    counters: z.array(counter),
    /** The patron saint's day, `MM-DD`. */
    patron: z
      .string()
      .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'mese e giorno, come 10-09')
      .optional(),
    closures: z.array(closure).default([]),
  })
  .superRefine((plan, context) => {
    const wrong = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const kind of ['places', 'services', 'counters'] as const)
      plan[kind].forEach((item, index) => {
        if (plan[kind].findIndex((other) => other.id === item.id) !== index) wrong([kind, index, 'id'], `"${item.id}" c’è già`);
      });
    plan.counters.forEach((item, index) => {
      if (!plan.places.some((place) => place.id === item.place)) wrong(['counters', index, 'place'], `la sede "${item.place}" non c’è`);
      for (const name of item.services)
        if (!plan.services.some((known) => known.id === name)) wrong(['counters', index, 'services'], `il servizio "${name}" non c’è`);
    });
  });

/** As written in JSON: times are `08:30`. */
export type OfficePlanInput = z.input<typeof officePlan>;
/** As used: times are minutes after midnight. */
export type OfficePlan = z.output<typeof officePlan>;
export type PlannedService = OfficePlan['services'][number];
export type Counter = OfficePlan['counters'][number];
