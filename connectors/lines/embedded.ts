/** Plug: our own lines on the database, one for each service of the office's plan, open while a counter that gives it is. */
import { randomUUID } from 'node:crypto';
import { createOffice, serviceOf } from '../bookings/embedded/office.ts';
import { countersOf, kindOf, shiftsOn } from '../bookings/embedded/openings.ts';
import type { OfficePlan, PlannedService } from '../bookings/embedded/plan.ts';
import type { Reader, Writer } from '../databases/contract.ts';
import type { TicketTable } from '../databases/schema/lines.ts';
import { ok, type Result } from '../result.ts';
import type { Line, LineNow, Lines, LinesParts, Ticket } from './contract.ts';

/** Takers that chose the same number at once: one had it, the others take the next. */
const TRIES = 50;
/** Some are quick, some never come when called: the range goes from half the planned time to all of it. */
const QUICKEST = 0.5;
/** Past every number: the largest that both engines keep. */
const EVERYBODY = 2_147_483_647;

export default async function open(parts: LinesParts): Promise<Lines> {
  const office = createOffice(parts);
  const { database, zone } = office;
  const today = () => zone.dayOf(office.now());

  function openCounters(plan: OfficePlan, line: string): number {
    const at = office.now();
    const day = zone.dayOf(at);
    const kind = kindOf(plan, day);
    return countersOf(plan, line).filter((counter) =>
      shiftsOn(counter, kind).some(([from, to]) => {
        const [start, end] = [zone.at(day, from), zone.at(day, to)];
        return start !== null && end !== null && start <= at && at < end;
      }),
    ).length;
  }

  const lineOf = (plan: OfficePlan, { id, name, office: of, words }: PlannedService): Line => ({
    id,
    name,
    office: of,
    words,
    open: openCounters(plan, id) > 0,
  });

  async function servingIn(read: Reader | Writer, line: string, day: string): Promise<number | null> {
    const { called } = await read
      .selectFrom('ticket')
      .select(({ fn }) => fn.max('number').as('called'))
      .where('line', '=', line)
      .where('day', '=', day)
      .where('called_at', 'is not', null)
      .executeTakeFirstOrThrow();
    return called === null ? null : Number(called);
  }

  async function waitingBefore(read: Reader | Writer, line: string, day: string, number: number): Promise<number> {
    const { count } = await read
      .selectFrom('ticket')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('line', '=', line)
      .where('day', '=', day)
      .where('status', '=', 'waiting')
      .where('number', '<', number)
      .executeTakeFirstOrThrow();
    return Number(count);
  }

  async function toTicket(row: TicketTable): Promise<Result<Ticket>> {
    const plan = await office.plan();
    const service = serviceOf(plan, row.line);
    if (!service) return { kind: 'not_found' };
    const ahead = await waitingBefore(database.read, row.line, row.day, row.number);
    const serving = await servingIn(database.read, row.line, row.day);
    const counters = openCounters(plan, row.line);
    const minutes = (people: number) => Math.ceil((people * service.minutes) / Math.max(1, counters));
    return ok({
      id: row.id,
      line: lineOf(plan, service),
      label: label(plan, service, row.number),
      number: row.number,
      day: row.day,
      status: row.status as Ticket['status'],
      serving: serving === null ? null : label(plan, service, serving),
      ahead,
      wait: row.status === 'waiting' && counters > 0 ? { from: Math.floor(minutes(ahead) * QUICKEST), to: minutes(ahead + 1) } : null,
    });
  }

  async function change(id: string, from: string, set: Partial<TicketTable>): Promise<Result<Ticket>> {
    await database.write((tx) => tx.updateTable('ticket').set(set).where('id', '=', id).where('status', '=', from).execute());
    return get(id);
  }

  async function get(id: string): Promise<Result<Ticket>> {
    const row = await database.read.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirst();
    return row ? toTicket(row) : { kind: 'not_found' };
  }

  async function take(line: string, key: string): Promise<Result<Ticket>> {
    const plan = await office.plan();
    const day = today();
    if (!serviceOf(plan, line)) return { kind: 'not_found' };
    if (!key) return { kind: 'invalid', fields: { idempotencyKey: 'manca' } };
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const known = await database.read.selectFrom('ticket').selectAll().where('request_key', '=', key).executeTakeFirst();
      if (known)
        return known.line === line ? toTicket(known) : { kind: 'invalid', fields: { idempotencyKey: 'già usata per un’altra fila' } };
      if (openCounters(plan, line) === 0) return { kind: 'not_allowed', need: 'too_late' };
      const row = await database.write(async (tx) => {
        const { last } = await tx
          .selectFrom('ticket')
          .select(({ fn }) => fn.max('number').as('last'))
          .where('line', '=', line)
          .where('day', '=', day)
          .executeTakeFirstOrThrow();
        const stamp = office.stamp();
        return tx
          .insertInto('ticket')
          .values({
            id: randomUUID(),
            request_key: key,
            line,
            day,
            number: Number(last ?? 0) + 1,
            status: 'waiting',
            created_at: stamp,
            called_at: null,
            ended_at: null,
            call_key: null,
          })
          .onConflict((conflict) => conflict.doNothing())
          .returningAll()
          .executeTakeFirst();
      });
      if (row) return toTicket(row);
    }
    return { kind: 'retry_after', seconds: 2 };
  }

  async function calledWith(key: string): Promise<Result<Ticket>> {
    const row = await database.read.selectFrom('ticket').selectAll().where('call_key', '=', key).executeTakeFirst();
    return row ? toTicket(row) : { kind: 'not_found' };
  }

  return {
    name: 'embedded',
    async lines() {
      const plan = await office.plan();
      return ok(plan.services.map((service) => lineOf(plan, service)));
    },
    async now(line): Promise<Result<LineNow>> {
      const plan = await office.plan();
      const service = serviceOf(plan, line);
      if (!service) return { kind: 'not_found' };
      const serving = await servingIn(database.read, line, today());
      const waiting = await waitingBefore(database.read, line, today(), EVERYBODY);
      return ok({ line: lineOf(plan, service), serving: serving === null ? null : label(plan, service, serving), waiting });
    },
    take,
    get,
    leave: (id) => change(id, 'waiting', { status: 'left', ended_at: office.stamp() }),
    calledWith,
    async callNext(line, key) {
      for (let attempt = 0; attempt < TRIES; attempt++) {
        const before = key === undefined ? null : await calledWith(key);
        if (before?.kind === 'ok') return before;
        const next = await database.read
          .selectFrom('ticket')
          .select('id')
          .where('line', '=', line)
          .where('day', '=', today())
          .where('status', '=', 'waiting')
          .orderBy('number')
          .limit(1)
          .executeTakeFirst();
        if (!next) return { kind: 'not_found' };
        const called = await database.write((tx) =>
          tx
            .updateTable('ticket')
            .set({ status: 'called', called_at: office.stamp(), call_key: key ?? null })
            .where('id', '=', next.id)
            .where('status', '=', 'waiting')
            .returning('id')
            .executeTakeFirst(),
        );
        // Another counter called the same one a moment before: the next.
        if (called) return get(next.id);
      }
      return { kind: 'retry_after', seconds: 2 };
    },
    close: async () => {},
  };
}

/** "T12": as many letters of the line's name as tell it from the others, and the number: in one room no two people have the same. */
function label({ services }: OfficePlan, { id, name }: PlannedService, number: number): string {
  const letters = (text: string) => text.toUpperCase().replace(/[^\p{L}]/gu, '');
  const own = letters(name);
  const others = services.filter((other) => other.id !== id).map((other) => letters(other.name));
  for (let length = 1; length <= 3; length++) {
    const prefix = own.slice(0, length);
    if (!others.some((other) => other.startsWith(prefix))) return `${prefix}${number}`;
  }
  return `${own.charAt(0)}${services.findIndex((one) => one.id === id) + 1}-${number}`;
}
