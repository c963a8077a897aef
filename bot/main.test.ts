/** The program as an operator meets it: real processes, real signals, real folders. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { newFolder, run, startServer } from './fixtures/run-sportello.ts';

const SECRET_WORDS = 'zanzibar ornitorinco quarantadue';
const json = { 'content-type': 'application/json' };

interface Opened {
  conversationId: string;
  token: string;
  streamUrl: string;
  userId: string;
}

async function openConversation(url: string): Promise<Opened> {
  const userId = 'dl_prova';
  const made = await fetch(`${url}/v3/directline/tokens/generate`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ user: { id: userId } }),
  });
  const { token } = (await made.json()) as { token: string };
  const opened = await fetch(`${url}/v3/directline/conversations`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  return { ...((await opened.json()) as Opened), userId };
}

describe('a running server', () => {
  const DATA_DIR = newFolder();
  let server: Awaited<ReturnType<typeof startServer>>;
  let startMs = 0;
  beforeAll(async () => {
    const began = performance.now();
    server = await startServer({ DATA_DIR });
    startMs = performance.now() - began;
  });
  afterAll(() => server?.stop('SIGKILL'));

  test('a second one on the same folder is refused within a second, and told by whom', async () => {
    const second = await run('bot/main.ts', [], { DATA_DIR });
    expect(second.status).toBe(2);
    expect(second.err).toContain(`process ${server.pid}`);
    expect(second.err.trim().split('\n')).toHaveLength(1);
    // The quicker of two, and where even that takes more than a second, far from a whole start: the machine may be slow or busy.
    const third = await run('bot/main.ts', [], { DATA_DIR });
    expect(Math.min(second.ms, third.ms)).toBeLessThan(Math.max(1_000, startMs / 2));
  });

  test('what people write, tokens and passwords never reach the log', async () => {
    const opened = await openConversation(server.url);
    const sent = await fetch(`${server.url}/v3/directline/conversations/${opened.conversationId}/activities`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${opened.token}` },
      body: JSON.stringify({ type: 'message', from: { id: opened.userId }, text: SECRET_WORDS }),
    });
    expect(sent.status).toBe(200);
    await fetch(`${server.url}/api/sign-in`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ name: 'Nessuno', password: SECRET_WORDS }),
    });
    await fetch(`${server.url}/ask?q=${encodeURIComponent(SECRET_WORDS)}`);
    await fetch(`${server.url}/api/sign-in`, { method: 'POST', headers: json, body: `{"name": ${SECRET_WORDS}` });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.said.err + server.said.out).not.toMatch(/zanzibar|ornitorinco|quarantadue/);
    expect(server.said.err + server.said.out).not.toContain(opened.token);
  });

  test('SIGTERM lets a request in flight end, closes open streams, and exits 0 with the folder free', async () => {
    const opened = await openConversation(server.url);
    const stream = new WebSocket(opened.streamUrl);
    await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject));
    const closed = new Promise<number>((resolve) => stream.once('close', resolve));
    // The server has it when it says that the body may come.
    const inFlight = request(`${server.url}/ask`, {
      method: 'POST',
      headers: { expect: '100-continue', 'content-type': 'application/x-www-form-urlencoded' },
    });
    const status = new Promise((resolve, reject) =>
      inFlight.once('response', (answer) => resolve(answer.resume().statusCode)).once('error', reject),
    );
    await new Promise((resolve, reject) => inFlight.once('continue', resolve).once('error', reject).flushHeaders());
    inFlight.end('q=orari');
    const asked = performance.now();
    const ended = await server.stop();
    expect(ended.status).toBe(0);
    expect(performance.now() - asked).toBeLessThan(4_000);
    expect(await status).toBe(200);
    expect(await closed).toBe(1001);
    const verified = await run('scripts/admin.ts', ['audit', 'verify'], { DATA_DIR });
    expect(verified).toMatchObject({ status: 0 });
  });
});

describe('a start that cannot be', () => {
  test('a taken port, in words', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const ended = await run('bot/main.ts', [], { DATA_DIR: newFolder(), PORT: String(port) });
    other.close();
    expect(ended.status).toBe(2);
    expect(ended.err.trim()).toBe(`Port ${port} is in use by another program: stop that one, or set PORT to another (0 takes a free one).`);
  });

  test('a folder that is a file, in words', async () => {
    const file = path.join(newFolder(), 'file');
    writeFileSync(file, '');
    const ended = await run('bot/main.ts', [], { DATA_DIR: file });
    expect(ended).toMatchObject({ status: 2, err: `${file} cannot be written (EEXIST): mend its rights, or choose another DATA_DIR.\n` });
  });

  test('every bad setting at once, no secret shown, and the next start is free', async () => {
    const DATA_DIR = newFolder();
    const bad = { PORT: 'abc', INDEX: 'nope', LANGUAGES: 'it,xx', DEMO: 'maybe', DATABASE_URL: 'mysql://u:hunter2@h/x' };
    const ended = await run('bot/main.ts', [], { DATA_DIR, ...bad });
    expect(ended.status).toBe(2);
    for (const name of Object.keys(bad)) expect(ended.err).toContain(`- ${name} `);
    expect(ended.err).not.toMatch(/hunter2|\n\s+at /);
    const server = await startServer({ DATA_DIR });
    expect((await server.stop()).status).toBe(0);
  });

  test('a database that does not answer, without its password', async () => {
    const url = 'postgres://sportello:hunter2@127.0.0.1:1/x';
    const ended = await run('bot/main.ts', [], { DATA_DIR: newFolder(), DATABASE_URL: url });
    // Not 2: the service would not be started again (deploy/systemd), and PostgreSQL may only be restarting.
    expect(ended.status).toBe(75);
    expect(ended.err.trim()).toMatch(/^DATABASE_URL: .*cannot be reached/);
    expect(ended.err).not.toContain('hunter2');
  });
});

test('settings that cannot be read are told in one line', () => {
  const cwd = newFolder();
  mkdirSync(path.join(cwd, '.env'));
  const main = path.resolve(import.meta.dirname, 'main.ts');
  const { status, stderr } = spawnSync(process.execPath, [main], { cwd, encoding: 'utf8', env: { PATH: process.env['PATH'], PORT: '0' } });
  expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(`${path.join(cwd, '.env')} cannot be read`)]);
  expect(status).toBe(2);
});
