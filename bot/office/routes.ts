/** The embedded office from outside: the plan of the appointments and its days, cases and reports moved on, payment notices taken in. All by staff, all audited. */
import { z } from 'zod';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import { createCaseDesk } from '../../connectors/cases/embedded/desk.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import { importNotices } from '../../connectors/payments/embedded/import.ts';
import { readCategories, saveCategories } from '../../connectors/reports/embedded/categories.ts';
import { moveReport } from '../../connectors/reports/embedded/submit.ts';
import type { Result } from '../../connectors/result.ts';
import { checkNoticeNumber } from '../dialogs/codes/notice-number.ts';
import { Refusal, type Role, type Route, type RouteReply, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { readText } from './read-text.ts';

export interface OfficeRouteParts {
  database: Database;
  /** Names of the plugs: what lives in the office's own tool is worked on there. */
  plugs: { bookings: string; cases: string; reports: string; payments: string };
  /** `YYYY-MM-DD` in the office's zone. */
  today(): string;
  now?: () => number;
}

/** Plugs whose services and hours are our plan, wherever the seats stand. */
const OUR_PLAN = ['embedded', 'caldav', 'opencity', 'openapi'];
const CLERKS: Role[] = ['agent', 'supervisor', 'administrator'];
const ADMINISTRATORS: Role[] = ['administrator'];
const DAY = z.iso.date('un giorno, AAAA-MM-GG');

const person = z.object({
  name: z.string().trim().min(1).max(120),
  fiscalCode: z.string().max(20).optional(),
  phone: z.string().max(40).optional(),
  email: z.string().max(200).optional(),
  note: z.string().max(500).optional(),
});
const appointment = z.object({
  service: z.string().min(1),
  counter: z.string().optional(),
  place: z.string().optional(),
  start: z.iso.datetime({ offset: true, error: 'data e ora con lo scarto da UTC' }),
  person,
});
const block = z.object({
  counter: z.string().min(1),
  start: z.iso.datetime({ offset: true }),
  end: z.iso.datetime({ offset: true }),
  note: z.string().max(500).optional(),
});
const newCase = z.object({
  subject: z.string().trim().min(1).max(200),
  office: z.string().min(1),
  text: z.string().max(4_000).optional(),
  days: z.number().int().min(1).max(365).optional(),
  receivedOn: DAY.optional(),
  number: z.number().int().positive().optional(),
  year: z.number().int().min(2000).max(2100).optional(),
  person: z.object({ fiscalCode: z.string(), surname: z.string(), birthDate: DAY, email: z.string().max(200).optional() }),
});
const caseStep = z.object({
  status: z.enum(['in_progress', 'waiting', 'granted', 'refused', 'withdrawn', 'closed']),
  on: DAY.optional(),
  note: z.string().trim().min(1).max(1_000).optional(),
  /** With `in_progress`, the first time: `0001234/2026`. */
  protocol: z.string().trim().min(1).max(40).optional(),
});
const reportStep = z.object({
  status: z.enum(['received', 'in_progress', 'solved', 'declined']),
  note: z.string().trim().min(1).max(1_000).optional(),
});

export async function officeRoutes(parts: OfficeRouteParts): Promise<Route[]> {
  const { database, plugs, today } = parts;
  const now = parts.now ?? Date.now;
  const book = createDesk({ database, now });
  const cases = await createCaseDesk({ database, now });

  const audit = (staff: Staff | null, action: string, subject: string, detail: Record<string, unknown> = {}) =>
    database.write((tx) => appendAudit(tx, { actor: staff?.id ?? 'system', action, subject, detail }));

  /** Ours only where the plug is. */
  function ours(plug: string, ...names: string[]): void {
    if (!names.includes(plug)) throw new Refusal(409, 'Elsewhere', `Questo si fa nel programma dell’ufficio («${plug}»), non qui.`);
  }

  return [
    {
      method: 'get',
      path: '/api/bookings/plan',
      permission: CLERKS,
      summary: 'Places, services, counters with their week, closures',
      handle: async () => ({ status: 200, body: await book.plan() }),
    },
    {
      method: 'put',
      path: '/api/bookings/plan',
      permission: ADMINISTRATORS,
      summary: 'Sets the plan as a whole; bookings already made stay as they are',
      body: z.looseObject({}),
      async handle({ body, staff }) {
        ours(plugs.bookings, ...OUR_PLAN);
        const plan = known(await book.savePlan(body));
        await audit(staff, 'plan.save', 'bookings', { services: plan.services.length, counters: plan.counters.length });
        return { status: 200, body: plan };
      },
    },
    {
      method: 'get',
      path: '/api/bookings',
      permission: CLERKS,
      summary: 'Appointments of a day (?day=YYYY-MM-DD, ?place=), in order of time',
      async handle({ query, staff }) {
        ours(plugs.bookings, ...OUR_PLAN);
        const day = DAY.safeParse(query.get('day') ?? today());
        if (!day.success) throw new Refusal(400, 'BadArgument', 'day: un giorno, AAAA-MM-GG');
        const all = await book.day(day.data, query.get('place') ?? undefined);
        const bookings = all.filter(({ service }) => !staff?.office || service.office === staff.office);
        await audit(staff, 'bookings.read', day.data, { bookings: bookings.length });
        // The key opens the calendar file to whoever has it: the citizen's alone.
        return { status: 200, body: { day: day.data, bookings: bookings.map(({ calendarKey: _, ...booking }) => booking) } };
      },
    },
    {
      method: 'post',
      path: '/api/bookings',
      permission: CLERKS,
      summary: 'An appointment made at the counter or by telephone; 409 when the seat is taken',
      body: appointment,
      async handle({ body, staff }) {
        ours(plugs.bookings, 'embedded');
        const { calendarKey: _, ...booking } = known(await book.put(withoutUndefined(body as z.infer<typeof appointment>)));
        await audit(staff, 'booking.put', booking.uid);
        return { status: 201, body: booking };
      },
    },
    {
      method: 'post',
      path: '/api/bookings/blocks',
      permission: CLERKS,
      summary: 'Keeps a counter for the office for a while; 409 when somebody is booked then',
      body: block,
      async handle({ body, staff }) {
        ours(plugs.bookings, 'embedded');
        const id = known(await book.block(withoutUndefined(body as z.infer<typeof block>)));
        await audit(staff, 'block.put', id);
        return { status: 201, body: { id } };
      },
    },
    {
      method: 'delete',
      path: '/api/bookings/blocks/:id',
      permission: CLERKS,
      summary: 'Gives the counter back',
      async handle({ params, staff }) {
        ours(plugs.bookings, 'embedded');
        await book.unblock(params['id'] ?? '');
        await audit(staff, 'block.delete', params['id'] ?? '');
        return { status: 200, body: {} };
      },
    },
    {
      method: 'get',
      path: '/api/cases',
      permission: CLERKS,
      summary: 'Cases of one’s office, newest first, with what was answered in their forms (?open=1: not concluded yet)',
      async handle({ query, staff }) {
        ours(plugs.cases, 'embedded');
        const found = await cases.list({ office: staff?.office ?? null, open: query.get('open') === '1' });
        await audit(staff, 'cases.read', 'cases', { cases: found.length });
        return { status: 200, body: { cases: found } };
      },
    },
    {
      method: 'post',
      path: '/api/cases',
      permission: CLERKS,
      summary: 'A case that came on paper or by mail; with number and year when it has them',
      body: newCase,
      async handle({ body, staff }) {
        ours(plugs.cases, 'embedded');
        const { number, year, receivedOn, ...request } = body as z.infer<typeof newCase>;
        if ((number === undefined) !== (year === undefined)) throw new Refusal(400, 'BadArgument', 'number e year vanno insieme');
        const ref = number !== undefined && year !== undefined ? { ref: { number, year } } : {};
        const made = known(await cases.put(withoutUndefined(request), { ...ref, ...(receivedOn && { receivedOn }) }));
        await audit(staff, 'case.put', `${made.number}/${made.year}`);
        return { status: 201, body: made };
      },
    },
    {
      method: 'post',
      path: '/api/cases/:year/:number/steps',
      permission: CLERKS,
      summary: 'Moves a case on: taken in charge with its protocol number, waiting (the term stands still), concluded',
      body: caseStep,
      async handle({ body, params, staff }) {
        ours(plugs.cases, 'embedded');
        const { status, on = today(), note, protocol } = body as z.infer<typeof caseStep>;
        const ref = { number: Number(params['number']), year: Number(params['year']) };
        if (!Number.isInteger(ref.number) || !Number.isInteger(ref.year)) throw new Refusal(404, 'NotFound', 'Questa pratica non c’è.');
        const moved =
          protocol && status === 'in_progress' ? await cases.takeInCharge(ref, on, protocol) : await cases.move(ref, status, on, note);
        const told = known(moved);
        await audit(staff, 'case.move', `${ref.number}/${ref.year}`, { status });
        return { status: 200, body: told };
      },
    },
    {
      method: 'get',
      path: '/api/reports/categories',
      permission: CLERKS,
      summary: 'Kinds of fault that can be reported, with what each asks',
      handle: async () => ({ status: 200, body: { categories: await readCategories(database) } }),
    },
    {
      method: 'put',
      path: '/api/reports/categories',
      permission: ADMINISTRATORS,
      summary: 'Sets the kinds of fault as a whole',
      body: z.object({ categories: z.array(z.looseObject({})).max(200) }),
      async handle({ body, staff }) {
        ours(plugs.reports, 'embedded');
        const categories = known(await saveCategories(database, (body as { categories: unknown }).categories));
        await audit(staff, 'categories.save', 'reports', { categories: categories.length });
        return { status: 200, body: { categories } };
      },
    },
    {
      method: 'post',
      path: '/api/reports/:id/steps',
      permission: CLERKS,
      summary: 'Moves a report on, with a word for whoever made it',
      body: reportStep,
      async handle({ body, params, staff }) {
        ours(plugs.reports, 'embedded');
        const { status, note } = body as z.infer<typeof reportStep>;
        const moved = known(await moveReport({ database, now }, params['id'] ?? '', { status, ...(note && { note }) }));
        await audit(staff, 'report.move', params['id'] ?? '', { status });
        return { status: 200, body: moved };
      },
    },
    {
      method: 'post',
      path: '/api/payments/notices',
      permission: ADMINISTRATORS,
      summary: 'Takes in payment notices from a CSV (text/csv); every wrong line is told with its number',
      body: 'raw',
      described: [{ type: 'text/csv', schema: z.string() }],
      async handle({ raw, staff }): Promise<RouteReply> {
        ours(plugs.payments, 'embedded', 'govpay');
        const result = await importNotices(database, await readText(raw), { now: now(), doubt });
        const { lines, added, changed, wrong } = result;
        await audit(staff, 'notices.import', 'payments', { lines, added, changed, wrong: wrong.length });
        return { status: 200, body: result };
      },
    },
  ];
}

/** What is to be looked at again in a number that is taken all the same. */
function doubt(nav: string): string | null {
  const checked = checkNoticeNumber(nav);
  return checked.kind === 'ok' ? null : checked.message;
}

/** Optional fields that were not sent are not there. */
type Sent<T> = T extends object ? { [K in keyof T]: Sent<Exclude<T[K], undefined>> } : T;
const withoutUndefined = <T extends object>(value: T) => JSON.parse(JSON.stringify(value)) as Sent<T>;

function known<T>(result: Result<T>): T {
  if (result.kind === 'ok') return result.value;
  if (result.kind === 'not_found') throw new Refusal(404, 'NotFound', 'Non c’è.');
  if (result.kind === 'slot_taken') throw new Refusal(409, 'Taken', 'In quel momento il posto è già occupato.');
  if (result.kind === 'invalid')
    throw new Refusal(
      400,
      'BadArgument',
      Object.entries(result.fields)
        .map(([field, why]) => `${field}: ${why}`)
        .join('; '),
    );
  throw new Refusal(503, 'Down', 'In questo momento non è possibile: riprova tra poco.');
}
