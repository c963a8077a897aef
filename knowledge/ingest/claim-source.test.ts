/** Of many processes that look for a source at once, one reads it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import { addSource } from '../documents/source-shelf.ts';
import { claimSource } from './claim-source.ts';

describe.each(engines.map((engine) => [engine.title, engine] as const))('%s', (_, engine) => {
  beforeAll(() => (engine.why ? undefined : engine.start()), 120_000);
  afterAll(() => engine.stop());

  test('a source that is due goes to one of those who ask, and to the next when the lease is over', async ({ skip }) => {
    if (engine.why) return skip(engine.why);
    const database = await engine.open(await engine.place());
    const now = new Date();
    const given = { kind: 'page' as const, office: '', lang: null, everyHours: 24, publish: false };
    for (const path of ['a', 'b'])
      await database.write((tx) => addSource(tx, { url: `https://comune.example/${path}`, ...given }, 'u', now));
    const taken = await Promise.all(Array.from({ length: 8 }, () => claimSource(database, now)));
    expect(taken.flatMap((one) => one?.url ?? []).sort()).toEqual(['https://comune.example/a', 'https://comune.example/b']);
    const later = new Date(now.getTime() + 31 * 60_000);
    expect(await claimSource(database, later)).not.toBeNull();
    await database.close();
  });
});
