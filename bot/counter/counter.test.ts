/** Totem, display and clerk on the real office, with a clock of our own. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import openBookings from '../../connectors/bookings/embedded.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import type { Lines } from '../../connectors/lines/contract.ts';
import openLines from '../../connectors/lines/embedded.ts';
import { type Counter, createCounter } from './counter.ts';

let database: Database;
let lines: Lines;
let counter: Counter;
const clock = { now: 0 };
const now = () => clock.now;
const at = (time: string, day = '2026-11-26') => Date.parse(`${day}T${time}:00+01:00`);
const week: [string, string][] = [['09:00', '12:00']];
const plan = {
  places: [{ id: 'm', name: 'Municipio', address: 'piazza Uno 1' }],
  services: ['carta', 'residenza'].map((id) => ({ id, name: id, office: 'Anagrafe', minutes: 20, words: [], bring: [] })),
  counters: ['uno', 'due'].map((id) => ({
    id,
    name: id,
    place: 'm',
    services: ['carta', 'residenza'],
    week: [[], week, week, week, week, week, []],
  })),
};
const person = (n: number) => ({ name: `Persona ${n}`, phone: `33300000${n}${n}` });

describe.each(engines.filter(({ why }) => !why))('on $title', (engine) => {
  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    clock.now = at('09:00');
    database = await engine.open(await engine.place());
    expect((await createDesk({ database, now }).savePlan(plan)).kind).toBe('ok');
    lines = await openLines({ database, now });
    const today = () => new Date(clock.now + 3_600_000).toISOString().slice(0, 10);
    counter = createCounter({ database, lines, bookings: await openBookings({ database, now }), today, now });
  });
  afterEach(() => database.close());

  async function take(line: string): Promise<string> {
    const taken = await lines.take(line, Math.random().toString());
    if (taken.kind !== 'ok') throw new Error(taken.kind);
    return taken.value.label;
  }
  const book = (code: string, time: string, n: number, day?: string) =>
    createDesk({ database, now }).put({ service: 'carta', start: new Date(at(time, day)).toISOString(), person: person(n), code });

  test('the longest line first, in order within it, each called once; then nobody', async () => {
    const [a, b, c] = [await take('carta'), await take('residenza'), await take('residenza')];
    const called = [];
    for (let n = 0; n < 4; n++) called.push((await counter.next(['carta', 'residenza'], `Sportello ${n}`))?.label ?? null);
    expect(called).toHaveLength(4);
    expect(called[0]).toBe(b);
    expect(called.slice(1).sort()).toEqual([a, c, null].sort());
    expect(called[3]).toBeNull();
    clock.now += 1000;
    expect((await counter.called()).map(({ counter: to }) => to).sort()).toEqual(['Sportello 0', 'Sportello 1', 'Sportello 2']);
  });

  test('who has an appointment and is there goes before tickets once it is time, and not before', async () => {
    await book('ABC2D3', '09:30', 1);
    const first = await take('carta');
    const second = await take('carta');
    expect(await counter.arrive('abc2d3', '333 0000011')).toMatchObject({ kind: 'ok', value: { label: 'P-2D3' } });
    // Said twice it is one arrival.
    await counter.arrive('ABC2D3', '3330000011');
    expect(await counter.arrived()).toMatchObject([{ label: 'P-2D3', line: 'carta' }]);
    expect((await counter.next(['carta'], 'Uno'))?.label).toBe(first);
    clock.now = at('09:26');
    expect((await counter.next(['carta'], 'Uno'))?.label).toBe('P-2D3');
    expect((await counter.next(['carta'], 'Uno'))?.label).toBe(second);
    expect(await counter.arrived()).toEqual([]);
  });

  test('who came early is called when nobody else waits', async () => {
    await book('ABC2D3', '11:00', 1);
    await counter.arrive('ABC2D3', '3330000011');
    expect((await counter.next(['residenza'], 'Uno'))?.label).toBeUndefined();
    expect((await counter.next(['carta'], 'Uno'))?.label).toBe('P-2D3');
  });

  test('a wrong fact, another day, a cancelled appointment: no arrival', async () => {
    await book('ABC2D3', '09:30', 1);
    await book('ABC2D4', '09:30', 2, '2026-11-27');
    expect((await counter.arrive('ABC2D3', '3339999999')).kind).toBe('not_found');
    expect((await counter.arrive('NNNNN9', '3330000011')).kind).toBe('not_found');
    expect((await counter.arrive('ABC2D4', '3330000022')).kind).toBe('not_allowed');
    const bookings = await openBookings({ database, now });
    await bookings.cancel('ABC2D3', { kind: 'fact', fact: '3330000011' }, 'k');
    expect((await counter.arrive('ABC2D3', '3330000011')).kind).toBe('not_allowed');
    expect(await counter.arrived()).toEqual([]);
  });

  test('many counters at once call each person once', async () => {
    await book('ABC2D3', '09:00', 1);
    await counter.arrive('ABC2D3', '3330000011');
    const labels = ['P-2D3'];
    for (let n = 0; n < 9; n++) labels.push(await take('carta'));
    const called = await Promise.all(Array.from({ length: 14 }, (_, n) => counter.next(['carta'], `S${n}`)));
    expect(called.flatMap((one) => one?.label ?? []).sort()).toEqual(labels.sort());
  });

  test('a call whose answer was lost calls the same person again, once; the next call the next one; tomorrow it is nobody’s', async () => {
    await book('ABC2D3', '09:00', 1);
    await counter.arrive('ABC2D3', '3330000011');
    const [a, b] = [await take('carta'), await take('carta')];
    const called = [];
    for (const key of ['k1', 'k1', 'k2', 'k2', 'k1', 'k3']) called.push((await counter.next(['carta'], 'Uno', key))?.label);
    expect(called).toEqual(['P-2D3', 'P-2D3', a, a, 'P-2D3', b]);
    expect(await counter.called()).toHaveLength(3);
    clock.now += 24 * 3_600_000;
    expect(await counter.next(['carta'], 'Uno', 'k1')).toBeNull();
  });

  test('the same call twice at one instant is one call', async () => {
    for (let n = 0; n < 4; n++) await take('carta');
    const called = await Promise.allSettled(Array.from({ length: 8 }, () => counter.next(['carta'], 'Uno', 'k1')));
    const labels = called.flatMap((one) => (one.status === 'fulfilled' ? [one.value?.label] : []));
    expect(new Set(labels).size).toBe(1);
    expect(await counter.called()).toHaveLength(1);
    expect((await lines.now('carta')) as unknown).toMatchObject({ value: { waiting: 3 } });
  });

  test('a process that died between taking a ticket out of its line and showing it: whoever calls again shows that one', async () => {
    const [a, b] = [await take('carta'), await take('carta')];
    const today = new Date(clock.now + 3_600_000).toISOString().slice(0, 10);
    expect(await lines.callNext('carta', `${today}:k1`)).toMatchObject({ value: { label: a } });
    // By now another line is longer, and an appointment is due.
    for (let n = 0; n < 3; n++) await take('residenza');
    await book('ABC2D3', '09:00', 1);
    await counter.arrive('ABC2D3', '3330000011');
    expect(await counter.called()).toEqual([]);
    expect((await counter.next(['carta', 'residenza'], 'Uno', 'k1'))?.label).toBe(a);
    expect((await counter.called()).map(({ label }) => label)).toEqual([a]);
    expect((await lines.now('carta')) as unknown).toMatchObject({ value: { waiting: 1 } });
    expect(b).not.toBe(a);
  });

  test('again: the newest on the display, and only who was called today', async () => {
    await take('carta');
    await take('carta');
    const first = await counter.next(['carta'], 'Uno');
    clock.now += 60_000;
    await counter.next(['carta'], 'Due');
    clock.now += 60_000;
    expect((await counter.again(first?.id ?? ''))?.label).toBe(first?.label);
    expect((await counter.called()).map(({ label }) => label)[0]).toBe(first?.label);
    expect(await counter.again('ticket:none')).toBeNull();
    clock.now += 24 * 3_600_000;
    expect(await counter.again(first?.id ?? '')).toBeNull();
    expect(await counter.called()).toEqual([]);
  });
});
