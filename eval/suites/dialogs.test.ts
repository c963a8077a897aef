import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { gives } from './dialogs/script.ts';
import suite from './dialogs.ts';

const SHARED = '/work/shared/data/bookings-it/dialogs.jsonl';
const OWN = new URL('../datasets/dialogs.jsonl', import.meta.url).pathname;
const run = async (scripts: string, flags: string[] = []) => {
  const lines: Record<string, unknown>[] = [];
  const result = await suite.run({ values: { scripts }, flags: new Set(flags), progress: () => {}, out: (line) => void lines.push(line) });
  return { result, lines };
};

test('what a turn gives is seen from outside the reader', () => {
  const facts = { name: 'Mario Rossi', codice_fiscale: 'RSSMRA85T10A562S', phone: '333 1234567', email: 'm@example.org' };
  expect([...gives('sono Mario Rossi', facts)]).toEqual(['name']);
  expect([...gives('rss mra 85t10 a562', facts)]).toEqual(['codice_fiscale']);
  expect([...gives('333 1234567', facts)]).toEqual(['contact']);
  expect([...gives('giovedì 26 alle 11', facts)]).toEqual([]);
});

test('our own scripts, whichever way facts are given: no wrong action, nothing twice', async () => {
  for (const flags of [[], ['facts-at-once']]) {
    const { result, lines } = await run(OWN, flags);
    expect(result).toMatchObject({ n: 200, wrongActions: 0, doubleActions: 0 });
    expect(result['succeeded']).toBeGreaterThanOrEqual(196);
    expect(Object.keys(lines[0] ?? {}).sort()).toEqual(['actions', 'id']);
  }
}, 600_000);

test.skipIf(!existsSync(SHARED))(
  'the shared scripts (skipped where they are absent)',
  async () => {
    const { result } = await run(SHARED);
    expect(result).toMatchObject({ n: 25, wrongActions: 0, doubleActions: 0 });
    expect(result['succeeded']).toBeGreaterThanOrEqual(24);
  },
  300_000,
);

test('a missing file and a wrong clock are told', async () => {
  await expect(suite.run({ values: {}, flags: new Set(), progress: () => {}, out: () => {} })).rejects.toThrow('--scripts');
  await expect(suite.run({ values: { scripts: OWN, now: 'ieri' }, flags: new Set(), progress: () => {}, out: () => {} })).rejects.toThrow(
    '--now',
  );
});
