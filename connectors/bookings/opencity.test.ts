/** What only a tool of records can do to a booking, on the stand-in of OpenCity Italia. Never run on a tenant. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY, marta, piero, proof, value } from './fixtures/on-every-plug.ts';
import { type OpenCityWorld, openCityPlug } from './fixtures/opencity-world.ts';
import { settings } from './opencity.ts';

let world: OpenCityWorld;
beforeEach(async () => {
  world = await openCityPlug.open();
});
afterEach(() => world.close());

const slot = (service: string, time: string) => `${service}~municipio~20261201T${time}Z`;
const held = async (id: string, bookings = world.bookings) => value(await bookings.hold(id, 300));
const book = async (id: string, key: string, bookings = world.bookings) => bookings.confirm(await held(id, bookings), marta, key);
const times = async (service = 'carta') =>
  value(await world.bookings.slots({ service, from: DAY, to: DAY })).map((one) => one.start.slice(11, 16));
const firm = () => [...world.tool.meetings.values()].map(({ status }) => status);

test('a draft first, then firm; the clerk reads who comes and our reference', async () => {
  const statuses: number[][] = [];
  world.tool.before.set('PUT', () => void statuses.push(firm()));
  const booked = value(await book(slot('carta', '0900'), 'k1'));
  expect([statuses, firm()]).toEqual([[[6]], [1]]);
  const [meeting] = [...world.tool.meetings.values()];
  expect(meeting).toMatchObject({ name: 'Marta Guidi', from_time: '2026-12-01T10:00:00+01:00', opening_hour: 'uno-2-0' });
  expect(meeting?.['reason']).toContain(`codice ${booked.code}`);
});

test('two installations that know nothing of each other: never two on one slot, whatever their lengths', async () => {
  const second = await world.installation();
  for (const [long, short] of [
    ['0800', '0810'],
    ['0900', '0900'],
    ['1000', '1020'],
  ] as const) {
    const holds = await Promise.all([held(slot('carta', long)), held(slot('ritiro', short), second)]);
    const outcomes = await Promise.all([world.bookings.confirm(holds[0], marta, `a${long}`), second.confirm(holds[1], piero, `b${long}`)]);
    const kept = outcomes.filter((one) => one.kind === 'ok').length;
    expect(kept).toBeLessThanOrEqual(1);
    const start = `2026-12-01T${long.slice(0, 2)}:${long.slice(2)}:00Z`;
    expect(await world.inTheTool(start, new Date(Date.parse(start) + 1_800_000).toISOString())).toHaveLength(kept);
  }
});

test('who was there first stays: a later draft of another installation is withdrawn', async () => {
  const second = await world.installation();
  const mine = await held(slot('carta', '0900'));
  const theirs = await held(slot('carta', '0900'), second);
  world.tool.before.set('PUT', async () => {
    world.clock.now += 2_000;
    expect((await second.confirm(theirs, piero, 'b')).kind).toBe('slot_taken');
  });
  expect((await world.bookings.confirm(mine, marta, 'a')).kind).toBe('ok');
  expect(firm()).toEqual([1]);
});

test('a person moves the appointment in the tool, or takes it out: the citizen is told so', async () => {
  const first = value(await book(slot('carta', '0900'), 'k1'));
  const second = value(await book(slot('carta', '1000'), 'k2'));
  const [one, two] = [...world.tool.meetings.values()];
  Object.assign(one!, { from_time: '2026-12-01T11:30:00+01:00', to_time: '2026-12-01T12:00:00+01:00' });
  world.tool.meetings.delete(two!.id);
  expect(value(await world.bookings.get(first.code, proof))).toMatchObject({ start: '2026-12-01T11:30:00+01:00', sequence: 1 });
  expect(value(await world.bookings.get(second.code, proof)).status).toBe('cancelled');
  expect((await times()).filter((time) => ['10:00', '11:00', '11:30'].includes(time))).toEqual(['10:00', '11:00']);
});

test('no answer to a write nor to the look after it: unknown, found later, never two', async () => {
  const mine = await held(slot('carta', '0900'));
  world.tool.lose(1, 1);
  expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('unknown');
  expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('ok');
  expect(firm()).toEqual([1]);
  const booked = value(await world.bookings.lookup('k1'));
  world.tool.lose(1, 1);
  expect((await world.bookings.cancel(booked.code, proof, 'k2')).kind).toBe('ok');
  expect(value(await world.bookings.lookup('k2')).status).toBe('cancelled');
  expect(firm()).toEqual([]);
});

test('a process that died after its draft: sweep makes it firm, or finds that it ran out', async () => {
  for (const [wait, standing] of [
    [120_000, 1],
    [3_600_000, 0],
  ] as const) {
    const mine = await held(slot('carta', standing ? '0900' : '1000'));
    world.tool.lose(1, 1);
    expect((await world.bookings.confirm(mine, marta, `k${wait}`)).kind).toBe('unknown');
    world.clock.now += wait;
    await world.other.sweep();
    expect((await world.bookings.lookup(`k${wait}`)).kind).toBe(standing ? 'ok' : 'not_found');
    expect(firm()).toEqual([1]);
  }
});

test('a token that ended is renewed in mid-booking; a limit of theirs, a busy server and “no” with 200 are told, and the seat stays ours', async () => {
  const mine = await held(slot('carta', '0900'));
  world.tool.endTokens();
  world.tool.limitTo(0);
  expect(await world.bookings.confirm(mine, marta, 'k1')).toMatchObject({ kind: 'limit_reached' });
  world.tool.limitTo(null);
  world.tool.before.set('POST', () => world.tool.next({ status: 429, headers: { 'retry-after': '9' } }, 1));
  expect(await world.bookings.confirm(mine, marta, 'k1')).toEqual({ kind: 'retry_after', seconds: 9 });
  world.tool.before.set('POST', () => world.tool.next({ status: 200, body: { success: false, message: 'Calendario sospeso' } }, 1));
  expect(await world.bookings.confirm(mine, marta, 'k1')).toMatchObject({ kind: 'invalid' });
  expect((await world.other.hold(slot('carta', '0900'), 60)).kind).toBe('slot_taken');
  expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('ok');
});

test('where their calendar is closed no slot is offered and none is written', async () => {
  const mine = await held(slot('carta', '0800'));
  const calendar = world.tool.calendars.find(({ id }) => id === 'cal-uno')!;
  calendar.openings = calendar.openings.map((one) => (one.begin_hour === '09:00' ? { ...one, begin_hour: '10:00' } : one));
  expect((await times())[0]).toBe('10:00');
  expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('slot_taken');
  expect(firm()).toEqual([]);
});

test('more than a page of meetings is read to its end; one that cannot be read counts as no free time', async () => {
  for (let n = 0; n < 130; n++) world.tool.put('cal-uno', '2026-12-01T03:00:00+01:00', '2026-12-01T03:10:00+01:00');
  world.tool.put('cal-uno', '2026-12-01T10:00:00+01:00', '2026-12-01T10:30:00+01:00');
  expect(await times()).not.toContain('10:00');
  const mine = await held(slot('carta', '1000'));
  const undo = world.tool.put('cal-uno', '2026-12-01T12:00:00+01:00', 'non una data');
  expect(await world.bookings.slots({ service: 'carta', from: DAY, to: DAY })).toMatchObject({ kind: 'down' });
  expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('down');
  undo();
  expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('ok');
});

test('settings: an address is needed', () => {
  expect(settings.safeParse({}).success).toBe(false);
});
