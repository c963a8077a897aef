/** The whole program with EMBEDDER=openai: found by meaning; the endpoint gone, answered from words within its time-out, and `/health` says so. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openStandIn, type StandIn, silent } from '../knowledge/composers/fixtures/stand-in.ts';
import { createConceptEmbedder } from '../knowledge/embedders/fixtures/concept-embedder.ts';
import { inputsOf, vectors } from '../knowledge/embedders/fixtures/endpoint.ts';
import { newFolder, run, startServer } from './fixtures/run-sportello.ts';

const model = createConceptEmbedder();
const folder = mkdtempSync(path.join(tmpdir(), 'sportello-embedder-'));
const dataDirs: string[] = [];
let endpoint: StandIn;
beforeAll(async () => {
  endpoint = await openStandIn();
});
afterAll(async () => {
  await endpoint.close();
  for (const place of [folder, ...dataDirs]) rmSync(place, { recursive: true, force: true });
});
const servers: Awaited<ReturnType<typeof startServer>>[] = [];
afterEach(async () => {
  endpoint.requests.length = 0;
  for (const server of servers.splice(0)) await server.stop();
});
async function start(given: Record<string, string>) {
  const server = await startServer(given);
  servers.push(server);
  return server;
}

/** The endpoint, with the toy model behind it. */
async function well(): Promise<void> {
  endpoint.behave((request, response) => {
    void model.embed(inputsOf(request), 'passage').then((made) => {
      const byText = new Map(inputsOf(request).map((text, i) => [text, [...(made[i] as Float32Array)]]));
      vectors((text) => byText.get(text))(request, response);
    });
  });
}

function settings(more: Record<string, string> = {}) {
  const DATA_DIR = newFolder();
  dataDirs.push(DATA_DIR);
  const own = { EMBEDDER: 'openai', EMBEDDING_MODEL: 'concetti', EMBEDDING_DIMENSION: '96', EMBEDDING_TIMEOUT_MS: '2000' };
  return { DATA_DIR, OPENAI_BASE_URL: endpoint.url, ...own, ...more };
}

test('a wrong dimension stops the start, with what to set', async () => {
  await well();
  const { status, err } = await run('bot/main.ts', [], settings({ EMBEDDING_DIMENSION: '384' }));
  expect(status).toBe(2);
  expect(err).toContain('Set EMBEDDING_DIMENSION=96');
});

test('found by meaning; gone in mid-run, no answer is lost; back, it is used again', async () => {
  await well();
  const given = settings();
  const server = await start(given);
  const embedder = async () =>
    ((await (await fetch(`${server.url}/health`)).json()) as { dependencies: { embedder: string } }).dependencies.embedder;
  const file = path.join(folder, 'fontane.md');
  writeFileSync(
    file,
    '# Parchi\n\nLe fontane restano spente da novembre a marzo, salvo gelate precoci.\n\n## Cani\n\nI cani si portano al guinzaglio.\n',
  );
  expect((await run('scripts/ingest.ts', [file], given)).status).toBe(0);
  await vi.waitFor(async () => expect(await embedder()).toBe('ok'), { timeout: 20_000 });
  const retrieve = (question: string) => run('scripts/ask.ts', ['--step', 'retrieve', '--json', question], given);
  expect((await retrieve('zampilli')).out).toContain('Le fontane restano spente');

  endpoint.behave(silent);
  for (let i = 0; i < 3; i++) expect((await retrieve('fontane spente')).out).toContain('Le fontane restano spente');
  expect(await embedder()).toBe('unreachable');
  const asked = endpoint.requests.length;
  expect((await retrieve('fontane spente')).out).toContain('Le fontane restano spente');
  expect(endpoint.requests.length).toBe(asked);
  expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
  await server.stop();
  expect(server.said.err).toContain('the embedder is away');

  // The next start, with the endpoint still gone: it starts all the same and has its vectors from the database.
  await start(given);
  expect((await retrieve('fontane spente')).out).toContain('Le fontane restano spente');
  await well();
  expect((await retrieve('zampilli')).out).toContain('Le fontane restano spente');
}, 120_000);
