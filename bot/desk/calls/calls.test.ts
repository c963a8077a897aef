/** Call-backs on a real database with a clock of our own: the grid of the hours, the capacity, the booking, the agents' side's moves. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../../connectors/databases/contract.ts';
import openEmbedded from '../../../connectors/databases/embedded.ts';
import { startPostgres, whyNoPostgres } from '../../../connectors/databases/fixtures/start-postgres.ts';
import openPostgres from '../../../connectors/databases/postgres.ts';
import { createDeskHours, type DeskHours, WHOLE_BODY } from '../../hours/desk-hours.ts';
import { officeHours, type OfficeHoursInput } from '../../hours/plan.ts';
import { type CallHold, type Calls, createCalls } from './calls.ts';

const MORNING: OfficeHoursInput['week'] = [
  [],
  [['09:00', '10:00']],
  [['09:00', '10:00']],
  [['09:00', '10:00']],
  [['09:00', '10:00']],
  [['09:00', '10:00']],
  [],
];
const hoursOf = (more: Partial<OfficeHoursInput> = {}): OfficeHoursInput => ({ week: MORNING, callMinutes: 20, callsAtOnce: 2, ...more });

let database: Database;
let hours: DeskHours;
let calls: Calls;
let clock: number;
async function open(opened: Database): Promise<void> {
  database = opened;
  // Thursday 3 December 2026.
  clock = Date.parse('2026-12-03T09:15:00+01:00');
  hours = await createDeskHours(database, () => clock);
  calls = createCalls({ database, hours, now: () => clock });
  await hours.save(WHOLE_BODY, hoursOf());
}
const close = async () => {
  hours.stop();
  await database.close();
};
const times = async (office: string | null = null) => (await calls.slots(office)).map(({ start }) => start.slice(0, 16));
async function held(start: string): Promise<CallHold> {
  const slot = (await calls.slots(null)).find((one) => one.start.startsWith(start));
  const result = await calls.hold(slot?.id ?? '', 900);
  if (result.kind !== 'ok') throw new Error(result.kind);
  return result.value;
}
const whose = { office: null, name: 'Rosa Greco', phone: '+393331234567', text: 'la TARI', lang: 'it', origin: '' };
const book = (hold: CallHold, conversationId: string, key: string = randomUUID()) => calls.book({ hold, conversationId, ...whose }, key);

describe('embedded', () => {
  beforeEach(async () => open(await openEmbedded({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-calls-')) })));
  afterEach(close);

  test('times lie on the grid of the hours, not sooner than ten minutes, never on a holiday', async () => {
    const found = await times();
    expect(found.slice(0, 3)).toEqual(['2026-12-03T09:40', '2026-12-04T09:00', '2026-12-04T09:20']);
    expect(found.filter((one) => one.startsWith('2026-12-08'))).toEqual([]);
  });

  test('an office with hours of its own is called for by itself, others by the body; none at once is no call-backs', async () => {
    await hours.save('Tributi', hoursOf({ callMinutes: 60, callsAtOnce: 1 }));
    expect((await times('Tributi'))[0]).toBe('2026-12-04T09:00');
    expect((await times('Anagrafe'))[0]).toBe('2026-12-03T09:40');
    await hours.save('Tributi', hoursOf({ callsAtOnce: 0 }));
    expect(await times('Tributi')).toEqual([]);
  });

  test('a hold is let go when it runs out, and is then another’s', async () => {
    await hours.save(WHOLE_BODY, hoursOf({ callsAtOnce: 1 }));
    const first = await held('2026-12-04T09:00');
    expect(await times()).not.toContain('2026-12-04T09:00');
    clock += 901_000;
    const second = await held('2026-12-04T09:00');
    expect((await book(second, 'b')).kind).toBe('ok');
    expect((await book(first, 'a')).kind).toBe('slot_taken');
  });

  test('confirmed twice it is one call; a second one of the same conversation takes the place of the first', async () => {
    const hold = await held('2026-12-04T09:00');
    const [one, again] = [await book(hold, 'a', 'key'), await book(hold, 'a', 'key')];
    expect(again).toEqual(one);
    const moved = await book(await held('2026-12-04T09:20'), 'a');
    expect(moved).toMatchObject({ kind: 'ok', value: { start: '2026-12-04T09:20:00+01:00' } });
    const rows = await database.read.selectFrom('call_back').select(['state', 'seat']).orderBy('created_at').execute();
    expect(rows).toEqual([
      { state: 'cancelled', seat: null },
      { state: 'booked', seat: 1 },
    ]);
    const requests = await database.read.selectFrom('handoff').select(['state', 'call_at', 'first_due_at', 'request']).execute();
    expect(requests).toMatchObject([{ state: 'requested', call_at: '2026-12-04T08:20:00.000Z', first_due_at: '2026-12-04T08:40:00.000Z' }]);
    expect(JSON.parse(requests[0]?.request ?? '{}')).toMatchObject({ contact: whose.phone, name: whose.name, text: 'la TARI' });
  });

  test('given back it is free again, and the request is left', async () => {
    await book(await held('2026-12-04T09:00'), 'a');
    expect([await calls.cancel('a'), await calls.cancel('a')]).toEqual([true, false]);
    expect((await calls.slots(null)).find(({ start }) => start.startsWith('2026-12-04T09:00'))?.seatsLeft).toBe(2);
    expect(await database.read.selectFrom('handoff').select('state').execute()).toEqual([{ state: 'left' }]);
  });

  test('what was booked on another grid still takes its time', async () => {
    for (const conversation of ['a', 'b']) await book(await held('2026-12-04T09:20'), conversation);
    await hours.save(WHOLE_BODY, hoursOf({ callMinutes: 30 }));
    // 09:20–09:40 lies across both halves of the hour.
    expect((await times()).filter((one) => one.startsWith('2026-12-04'))).toEqual([]);
    const slot = { id: `${new Date('2026-12-04T09:30:00+01:00').toISOString()}|` };
    expect((await calls.hold(slot.id, 60)).kind).toBe('slot_taken');
  });

  test('what stands in no hours cannot be held', async () => {
    for (const id of ['', 'x|y', `${new Date('2026-12-04T12:00:00+01:00').toISOString()}|`])
      expect((await calls.hold(id, 60)).kind).toBe('slot_taken');
  });

  test('the defaults of hours that were written before there were calls', () => {
    expect(officeHours.parse({ week: MORNING })).toMatchObject({ callMinutes: 15, callsAtOnce: 2 });
  });
});

const postgres = whyNoPostgres();
describe.each([
  ['embedded', null],
  ['postgres', postgres],
])('%s', (engine, missing) => {
  test.skipIf(missing)('sixty who want the same time at once: two have it', async () => {
    const server = engine === 'postgres' ? await startPostgres() : null;
    try {
      await open(
        server
          ? await openPostgres({ url: await server.createDatabase() })
          : await openEmbedded({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-calls-')) }),
      );
      const [slot] = await calls.slots(null);
      const tries = await Promise.all(Array.from({ length: 60 }, () => calls.hold(slot?.id ?? '', 900)));
      const holds = tries.flatMap((one) => (one.kind === 'ok' ? [one.value] : []));
      expect(holds).toHaveLength(2);
      expect(tries.filter(({ kind }) => kind === 'slot_taken')).toHaveLength(58);
      const booked = await Promise.all(holds.map((hold, i) => book(hold, `c${i}`)));
      expect(booked.map(({ kind }) => kind)).toEqual(['ok', 'ok']);
      await close();
    } finally {
      await server?.stop();
    }
  });
});
