/** Appointments under a rush: many citizens at once for few seats (how many seats end up with two people), and the month view of a large office. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bookings } from '../connectors/bookings/contract.ts';
import { createDesk } from '../connectors/bookings/embedded/desk.ts';
import type { OfficePlanInput } from '../connectors/bookings/embedded/plan.ts';
import openBookings from '../connectors/bookings/embedded.ts';
import type { Database } from '../connectors/databases/contract.ts';
import openEmbedded from '../connectors/databases/embedded.ts';
import { startPostgres, whyNoPostgres } from '../connectors/databases/fixtures/start-postgres.ts';
import openPostgres from '../connectors/databases/postgres.ts';
import { percentile } from './bench/verdict.ts';

const NOW = Date.parse('2026-11-25T09:00:00+01:00');
const MONTH = { from: '2026-12-01', to: '2026-12-31' };
const COUNTERS = 50;
const CONNECTIONS = 30;
const MONTH_MS = 50;

interface EngineFigures {
  attempts: number;
  /** Citizens in flight together; each goes on as soon as it has its answer. */
  atOnce: number;
  booked: number;
  refused: number;
  errors: number;
  doubleBookings: number;
  attemptsPerSecond: number;
  month: { counters: number; slots: number; bookings: number; reads: number; p50Ms: number; p95Ms: number; cpuMs: number };
}

export interface SlotFigures {
  embedded: EngineFigures;
  /** A real PostgreSQL of its own with many connections, or why there is none here. */
  postgres: EngineFigures | { skipped: string };
  failed: string[];
}

export interface SlotOptions {
  attempts: number;
  /** Month views measured. */
  reads: number;
  progress: (line: string) => void;
}

export async function benchSlots(options: SlotOptions): Promise<SlotFigures> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sportello-slots-'));
  const embedded = await measure(await openEmbedded({ dataDir }), 1000, options).finally(() =>
    rmSync(dataDir, { recursive: true, force: true }),
  );
  const why = whyNoPostgres();
  if (why) return { embedded, postgres: { skipped: why }, failed: judge('embedded', embedded) };
  const server = await startPostgres();
  try {
    const database = await openPostgres({ url: await server.createDatabase(), connections: CONNECTIONS });
    const postgres = await measure(database, 200, options);
    return { embedded, postgres, failed: [...judge('embedded', embedded), ...judge('postgres', postgres)] };
  } finally {
    await server.stop();
  }
}

async function measure(database: Database, atOnce: number, options: SlotOptions): Promise<EngineFigures> {
  try {
    const bookings = await openBookings({ database, now: () => NOW });
    const saved = await createDesk({ database, now: () => NOW }).savePlan(plan());
    if (saved.kind !== 'ok') throw new Error(JSON.stringify(saved));
    const rush = await measureRush(database, bookings, atOnce, options);
    return { ...rush, month: await measureMonth(database, bookings, options) };
  } finally {
    await database.close();
  }
}

function judge(engine: string, figures: EngineFigures): string[] {
  return [
    ...(figures.doubleBookings > 0 ? [`${engine}: ${figures.doubleBookings} double bookings`] : []),
    ...(figures.errors > 0 ? [`${engine}: ${figures.errors} attempts without a clear answer`] : []),
    ...(figures.booked < 1 ? [`${engine}: nothing was booked`] : []),
    ...(figures.month.p95Ms > MONTH_MS
      ? [`${engine}: a month takes ${figures.month.p95Ms} ms at the 95th percentile; at most ${MONTH_MS}`]
      : []),
  ];
}

/** Attempts on one day: two lengths at the same counters and a room of five, so that most are refused and many overlap without beginning together. */
async function measureRush(database: Database, bookings: Bookings, atOnce: number, { attempts, progress }: SlotOptions) {
  const ids: string[] = [];
  for (const service of ['lungo', 'corto', 'incontro']) {
    const slots = await bookings.slots({ service, from: '2026-12-01', to: '2026-12-01' });
    if (slots.kind === 'ok') ids.push(...slots.value.map((slot) => slot.id));
  }
  progress(`${database.engine}: ${attempts} attempts on ${ids.length} slots, ${atOnce} at once`);
  const counted = { booked: 0, refused: 0, errors: 0 };
  let next = 0;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: Math.min(atOnce, attempts) }, async () => {
      while (next < attempts) {
        const n = next++;
        const outcome = await attempt(bookings, ids[n % ids.length]!, n).catch(() => 'error');
        if (outcome === 'ok') counted.booked++;
        else if (outcome === 'slot_taken') counted.refused++;
        else counted.errors++;
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  const doubleBookings = await countDoubles(database);
  return { attempts, atOnce, ...counted, doubleBookings, attemptsPerSecond: Math.round(attempts / seconds) };
}

async function attempt(bookings: Bookings, slot: string, n: number): Promise<string> {
  const held = await bookings.hold(slot, 300);
  if (held.kind !== 'ok') return held.kind;
  return (await bookings.confirm(held.value, { name: `Persona ${n}`, phone: String(3_300_000_000 + n) }, `bench-${n}`)).kind;
}

/** Judged by the bookings' own times and not by the seats' table: at no instant more people at a counter than it has seats. */
async function countDoubles(database: Database): Promise<number> {
  const rows = await database.read.selectFrom('booking').select(['counter', 'start_at', 'end_at']).where('status', '=', 'booked').execute();
  let doubleBookings = 0;
  for (const counter of new Set(rows.map((row) => row.counter))) {
    const capacity = counter === 'sala' ? 5 : 1;
    const here = rows.filter((row) => row.counter === counter);
    for (const row of here) {
      const together = here.filter((other) => other.start_at <= row.start_at && other.end_at > row.start_at).length;
      if (together > capacity) doubleBookings++;
    }
  }
  return doubleBookings;
}

/** A month over 50 counters, half of it booked, asked again and again; nothing is kept between two readings. */
async function measureMonth(database: Database, bookings: Bookings, { reads, progress }: SlotOptions) {
  progress(`filling half a month of ${COUNTERS} counters`);
  const query = { service: 'mese', ...MONTH };
  const empty = await bookings.slots(query);
  if (empty.kind !== 'ok') throw new Error(empty.kind);
  let n = 0;
  for (const slot of empty.value)
    await Promise.all(Array.from({ length: COUNTERS / 4 }, () => attempt(bookings, slot.id, 1_000_000 + n++)));
  const bookingsInIt = (
    await database.read
      .selectFrom('booking')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('service', '=', 'mese')
      .executeTakeFirstOrThrow()
  ).n;
  progress(`reading the month ${reads} times over ${bookingsInIt} bookings`);
  const times: number[] = [];
  let slots = 0;
  let cpu = process.cpuUsage();
  for (let read = -5; read < reads; read++) {
    if (read === 0) cpu = process.cpuUsage();
    const began = performance.now();
    const found = await bookings.slots(query);
    if (read >= 0) times.push(performance.now() - began);
    slots = found.kind === 'ok' ? found.value.length : 0;
  }
  const spent = process.cpuUsage(cpu);
  // What it costs whatever else the machine does; the database's own process is not in it.
  const cpuMs = Math.round((spent.user + spent.system) / 100 / reads) / 10;
  return { counters: COUNTERS, slots, bookings: bookingsInIt, reads, p50Ms: percentile(times, 0.5), p95Ms: percentile(times, 0.95), cpuMs };
}

function plan(): OfficePlanInput {
  const shifts: [string, string][] = [
    ['08:30', '12:30'],
    ['14:00', '18:00'],
  ];
  const week: OfficePlanInput['counters'][number]['week'] = [[], shifts, shifts, shifts, shifts, shifts, []];
  const service = (id: string, minutes: number) => ({ id, name: id, office: 'Anagrafe', minutes });
  return {
    places: ['nord', 'sud', 'est'].map((id) => ({ id, name: id })),
    services: [service('lungo', 45), service('corto', 10), service('incontro', 60), service('mese', 30)],
    counters: [
      ...Array.from({ length: 4 }, (_, n) => ({ id: `rush-${n}`, name: `R${n}`, place: 'nord', services: ['lungo', 'corto'], week })),
      { id: 'sala', name: 'Sala', place: 'nord', services: ['incontro'], capacity: 5, week },
      ...Array.from({ length: COUNTERS }, (_, n) => ({
        id: `mese-${n}`,
        name: `M${n}`,
        place: n % 2 ? 'sud' : 'est',
        services: ['mese'],
        week,
      })),
    ],
  };
}
