/** The whole program on INDEX=qdrant: Qdrant killed between two questions costs no answer, and `/health` says so until it is back. */
import { rmSync } from 'node:fs';
import { afterAll, expect, test, vi } from 'vitest';
import { createMemory, startQdrant } from '../knowledge/indexes/fixtures/qdrant-server.ts';
import { newFolder, run, startServer } from './fixtures/run-sportello.ts';

const DATA_DIR = newFolder();
afterAll(() => rmSync(DATA_DIR, { recursive: true, force: true }));

test('killed, missed by nobody, back again', async () => {
  const memory = createMemory();
  const first = await startQdrant(memory);
  const settings = { DATA_DIR, INDEX: 'qdrant', QDRANT_URL: first.url, DEMO: 'true' };
  const server = await startServer(settings);
  const index = async () =>
    ((await (await fetch(`${server.url}/health`)).json()) as { dependencies: { index: string } }).dependencies.index;
  const ask = async (question = 'Quanto costa la carta d’identità?') => {
    const { status, out, err } = await run('scripts/ask.ts', [question], { DATA_DIR });
    expect(status, err).toBe(0);
    return out;
  };
  await vi.waitFor(async () => expect(await index()).toBe('ok'), { timeout: 20_000 });
  const answer = await ask();
  expect(answer).toContain('[1]');
  expect(first.served.some((request) => request.endsWith('points/query'))).toBe(true);

  await first.stop();
  expect(await ask()).toBe(answer);
  // What was asked before is at hand; what was not has to be looked for.
  expect(await ask('Quanto costa sposarsi in Comune?')).toContain('[1]');
  expect(await index()).toBe('degraded');

  const second = await startQdrant(memory, first.port);
  await vi.waitFor(async () => expect(await index()).toBe('ok'), { timeout: 40_000 });
  expect(await ask()).toBe(answer);
  expect(await ask('Quanto costa la mensa scolastica?')).toContain('[1]');
  expect(second.served.some((request) => request.endsWith('points/query'))).toBe(true);
  expect([...first.mistakes, ...second.mistakes]).toEqual([]);
  await server.stop();
  expect(server.said.err).toContain('goes on without its server');
  await second.stop();
}, 120_000);
