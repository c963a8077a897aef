import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDesk } from '../bookings/embedded/desk.ts';
import type { Database } from '../databases/contract.ts';
import openDatabase from '../databases/embedded.ts';
import type { Result } from '../result.ts';
import type { Lines } from './contract.ts';
import open from './embedded.ts';

let now = 0;
let database: Database;
let lines: Lines;
const week: [string, string][] = [['09:00', '12:00']];
const plan = {
  places: [{ id: 'a', name: 'Municipio' }],
  services: [
    { id: 'tributi', name: 'Tributi', office: 'Tributi', minutes: 10, words: ['TARI'] },
    { id: 'anagrafe', name: 'Anagrafe', office: 'Anagrafe', minutes: 20 },
  ],
  counters: [
    { id: 'uno', name: 'Sportello 1', place: 'a', services: ['tributi', 'anagrafe'], week: [[], week, week, week, week, week, []] },
  ],
};

beforeEach(async () => {
  now = Date.parse('2026-11-18T10:00:00+01:00');
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-lines-')) });
  expect((await createDesk({ database, now: () => now }).savePlan(plan)).kind).toBe('ok');
  lines = await open({ database, now: () => now });
});
afterEach(() => database.close());

const value = <T>(result: Result<T>): T => {
  if (result.kind !== 'ok') throw new Error(result.kind);
  return result.value;
};

test('a hundred takers at once get a hundred numbers without a gap; one key, one ticket', async () => {
  const keys = Array.from({ length: 100 }, (_, index) => `k${index % 50}`);
  const tickets = (await Promise.all(keys.map((key) => lines.take('tributi', key)))).map(value);
  expect([...new Set(tickets.map((one) => one.number))].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(new Set(tickets.map((one) => one.id)).size).toBe(50);
  expect(await lines.take('anagrafe', 'k1')).toMatchObject({ kind: 'invalid' });
});

test('place, range of the wait and who is served, until it is one’s turn', async () => {
  for (const key of ['a', 'b']) await lines.take('tributi', key);
  const mine = value(await lines.take('tributi', 'c'));
  expect(mine).toMatchObject({ label: 'T3', day: '2026-11-18', ahead: 2, serving: null, wait: { from: 10, to: 30 } });
  expect(value(await lines.callNext('tributi'))).toMatchObject({ label: 'T1', status: 'called' });
  expect(value(await lines.now('tributi'))).toMatchObject({ serving: 'T1', waiting: 2 });
  expect(value(await lines.leave(value(await lines.take('tributi', 'b')).id)).status).toBe('left');
  expect(value(await lines.get(mine.id))).toMatchObject({ ahead: 0, serving: 'T1' });
  expect(value(await lines.callNext('tributi'))).toMatchObject({ id: mine.id, wait: null });
  expect(value(await lines.leave(mine.id)).status).toBe('called');
  expect(await lines.callNext('tributi')).toEqual({ kind: 'not_found' });
});

test('numbers start again every day; closed lines give none; unknown ones neither', async () => {
  await lines.take('tributi', 'a');
  now += 86_400_000;
  expect(value(await lines.take('tributi', 'b')).number).toBe(1);
  now = Date.parse('2026-11-18T13:00:00+01:00');
  expect(await lines.take('tributi', 'c')).toEqual({ kind: 'not_allowed', need: 'too_late' });
  expect(value(await lines.lines()).map(({ id, open: isOpen }) => [id, isOpen])).toEqual([
    ['tributi', false],
    ['anagrafe', false],
  ]);
  expect([(await lines.take('x', 'd')).kind, (await lines.get('x')).kind, (await lines.now('x')).kind]).toEqual(Array(3).fill('not_found'));
});
