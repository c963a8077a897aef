/** The server away, slow, back again, emptied: no question unanswered, no write lost. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { passage } from './fixtures/passages.ts';
import { embedded, few, filled, find, firstDocument, heldBy, idsOf, open, served, start, tidy, topTen } from './fixtures/qdrant-bench.ts';
import { createMemory } from './fixtures/qdrant-server.ts';

afterEach(tidy);

describe('the server away', () => {
  test('killed in mid-run: embedded answers, writes are kept, and it comes back by itself', async () => {
    const memory = createMemory();
    const first = await start(memory);
    const surprises: unknown[] = [];
    const index = await filled(first.url, { onSurprise: (error) => surprises.push(error) });
    expect(index.state()).toBe('up');
    await first.stop();
    expect(await topTen(index, 3)).toEqual(await topTen(await embedded(), 3));
    expect(index.state()).toBe('degraded');
    expect(surprises).toHaveLength(1);
    await index.put([passage('cicogna', 'La cicogna nidifica sul campanile.')]);
    await index.remove(firstDocument);
    expect((await find(index, 'cicogna'))[0]).toBe('cicogna');

    const again = await start(memory, first.port);
    await vi.waitFor(() => expect(index.state()).toBe('up'), { timeout: 20_000, interval: 20 });
    expect(heldBy(again)).toEqual(idsOf(index));
    const before = served(again, 'points/query');
    expect((await find(index, 'cicogna'))[0]).toBe('cicogna');
    expect(served(again, 'points/query')).toBe(before + 1);
  });

  test('away from the start, it joins when it is there', async () => {
    const gone = await start();
    await gone.stop();
    const index = await filled(gone.url);
    expect(index.state()).toBe('degraded');
    expect((await topTen(index, 0)).length).toBe(10);
    const server = await start(createMemory(), gone.port);
    await vi.waitFor(() => expect(index.state()).toBe('up'), { timeout: 20_000, interval: 20 });
    expect(server.points('prova')).toHaveLength(few.length);
  });

  test.each(['silent', 'broken'] as const)(
    '%s: the question is answered all the same, the next one asks no server, and it recovers',
    async (mood) => {
      const server = await start();
      const index = await filled(server.url, { deadlineMs: 200, retryMs: 60_000 });
      const expected = await topTen(await embedded(), 7);
      server.mood(mood);
      expect(await topTen(index, 7)).toEqual(expected);
      expect(index.state()).toBe('degraded');
      const asked = served(server, 'points/query');
      server.mood('well');
      expect(await topTen(index, 7)).toEqual(expected);
      expect(served(server, 'points/query')).toBe(asked);
      await index.settle();
      expect(index.state()).toBe('up');
    },
  );

  test('emptied meanwhile, it is filled again', async () => {
    const memory = createMemory();
    const server = await start(memory);
    const index = await filled(server.url);
    memory.collections.clear();
    memory.aliases.clear();
    expect(await topTen(index, 5)).toEqual(await topTen(await embedded(), 5));
    await index.settle();
    expect(server.points('prova')).toHaveLength(few.length);
    expect(index.state()).toBe('up');
  });
});

describe('writes', () => {
  test('a write that the server refuses is kept, nobody is told of it as an error, and it arrives later', async () => {
    const server = await start();
    const index = await filled(server.url);
    server.mood('broken');
    await index.put([passage('cicogna', 'La cicogna nidifica sul campanile.')]);
    await index.remove(firstDocument);
    expect(index.state()).toBe('degraded');
    expect((await find(index, 'cicogna'))[0]).toBe('cicogna');
    server.mood('well');
    await vi.waitFor(() => expect(index.state()).toBe('up'), { timeout: 20_000, interval: 20 });
    expect(heldBy(server)).toEqual(idsOf(index));
  });

  test('what stands there already is not written again after a restart', async () => {
    const server = await start();
    await (await filled(server.url)).close();
    const written = served(server, '/points');
    const index = await filled(server.url);
    expect(index.state()).toBe('up');
    expect(served(server, '/points')).toBe(written);
  });

  test('what was withdrawn while this process was away leaves the server', async () => {
    const server = await start();
    await (await filled(server.url)).close();
    const index = open(server.url);
    await index.put(few.slice(10));
    await index.settle();
    expect(server.points('prova')).toHaveLength(few.length - 10);
    expect(index.state()).toBe('up');
  });

  test('a new version in place of the old one: neither is missing in between', async () => {
    const server = await start();
    const index = await filled(server.url);
    await index.put([passage('orto', 'Gli orti hanno lo spaventapasseri.')]);
    const next = { ...passage('orto-2', 'Gli orti hanno lo spaventapasseri nuovo.'), documentId: 'orto', version: 2 };
    const writing = Promise.all([index.remove('orto'), index.put([next])]);
    expect(await find(index, 'spaventapasseri')).toEqual(['orto-2']);
    await writing;
    expect(await find(index, 'spaventapasseri')).toEqual(['orto-2']);
    expect(server.points('prova').filter((point) => point.payload['document'] === 'orto')).toHaveLength(1);
  });

  test('outgrown averages are weighed anew', async () => {
    const server = await start();
    const index = open(server.url);
    await index.put(few.slice(0, 20));
    await index.settle();
    await index.put(few.slice(20));
    expect(new Set(server.points('prova').map((point) => point.payload['among']))).toEqual(new Set([few.length]));
  });
});
