/** Opening hours of the desk over REST: agents read them, administrators write them. */
import { z } from 'zod';
import { Refusal, type Role, type Route, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import type { DeskHours } from './desk-hours.ts';
import { WHOLE_BODY } from './desk-hours.ts';
import { officeHours } from './plan.ts';

const READERS: Role[] = ['agent', 'editor', 'supervisor', 'administrator'];
const saving = z.object({ office: z.string().trim().max(200).default(WHOLE_BODY), hours: officeHours.nullable() });

export function hoursRoutes(parts: { hours: DeskHours; offices(): { name: string }[]; now?: () => number }): Route[] {
  const now = parts.now ?? Date.now;
  return [
    {
      method: 'get',
      path: '/api/hours',
      permission: READERS,
      summary: 'Opening hours of the desk, of the body (office empty) and of offices with their own, and whether each is open now',
      handle: async () => ({
        status: 200,
        body: {
          hours: parts.hours.list().map((one) => ({
            ...one,
            openNow: parts.hours.of(one.office)?.isOpen(now()) ?? false,
            backAt: parts.hours.backAt(one.office, now(), 'it'),
          })),
          offices: parts.offices().map(({ name }) => name),
        },
      }),
    },
    {
      method: 'put',
      path: '/api/hours',
      permission: ['administrator'],
      summary:
        'Set the hours of the body (office empty) or of one office; null takes an office back to the body’s. Counts at once, everywhere',
      body: saving,
      async handle({ body, staff }) {
        const { office, hours } = body as z.infer<typeof saving>;
        if (office !== WHOLE_BODY && !parts.offices().some(({ name }) => name === office))
          throw new Refusal(400, 'BadArgument', `L’ufficio «${office}» non c’è.`);
        const audit = (tx: Parameters<typeof appendAudit>[0]) =>
          appendAudit(tx, {
            actor: (staff as Staff).id,
            action: 'hours.save',
            subject: office || 'body',
            detail: { removed: hours === null },
          });
        if (hours === null) await parts.hours.remove(office, audit);
        else await parts.hours.save(office, asWritten(hours), audit);
        return { status: 200, body: { hours: parts.hours.list() } };
      },
    },
  ];
}

/** Minutes after midnight → `08:30`: the database keeps what people read. */
function asWritten(hours: z.output<typeof officeHours>): z.input<typeof officeHours> {
  const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const span = ([from, to]: [number, number]): [string, string] => [clock(from), clock(to)];
  const week = (days: typeof hours.week) => days.map((shifts) => shifts.map(span)) as z.input<typeof officeHours>['week'];
  return {
    ...hours,
    week: week(hours.week),
    seasons: hours.seasons.map((season) => ({ ...season, week: week(season.week) })),
    closures: hours.closures.map(({ hours: part, ...closure }) => ({ ...closure, ...(part ? { hours: span(part) } : {}) })),
  };
}
