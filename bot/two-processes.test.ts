/** Two real server processes on one PostgreSQL, as behind a proxy that sends each request wherever it likes. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../connectors/databases/fixtures/start-postgres.ts';
import { newFolder, run, startServer } from './fixtures/run-sportello.ts';

const why = whyNoPostgres();
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

interface Activity {
  id: string;
  type: string;
  text?: string;
  replyToId?: string;
  attachments?: { contentUrl: string }[];
}
type Server = Awaited<ReturnType<typeof startServer>>;

async function converse(server: Server) {
  const post = (at: Server, where: string, body: unknown, token?: string) =>
    fetch(`${at.url}/v3/directline${where}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(body),
    });
  const { token } = (await (await post(server, '/tokens/generate', {})).json()) as { token: string };
  const opened = (await (await post(server, '/conversations', {}, token)).json()) as { conversationId: string; streamUrl: string };
  const where = `/conversations/${opened.conversationId}/activities`;
  return {
    ...opened,
    token,
    async say(at: Server, text: string): Promise<string> {
      const answered = await post(at, where, { type: 'message', text, from: { id: 'prova' } }, token);
      if (answered.status !== 200) throw new Error(`post answered ${answered.status}`);
      return ((await answered.json()) as { id: string }).id;
    },
    async history(at: Server): Promise<Activity[]> {
      const answered = await fetch(`${at.url}/v3/directline${where}`, { headers: { authorization: `Bearer ${token}` } });
      return ((await answered.json()) as { activities: Activity[] }).activities;
    },
    /** Opens the stream of `at`; texts of the messages it brings. */
    listen(at: Server) {
      const socket = new WebSocket(opened.streamUrl.replace(/^ws:\/\/[^/]+/, at.url.replace('http', 'ws')));
      const seen: Activity[] = [];
      socket.onmessage = ({ data }) => void (data && seen.push(...(JSON.parse(data as string) as { activities: Activity[] }).activities));
      return { seen, close: () => socket.close() };
    },
  };
}

describe.skipIf(why !== null)(`two processes on PostgreSQL${why ? `: ${why}` : ''}`, { timeout: 90_000 }, () => {
  let postgres: TestPostgres;
  let common: Record<string, string>;
  let servers: [Server, Server];
  const start = () => startServer({ ...common, DATA_DIR: newFolder() });
  beforeAll(async () => {
    postgres = await startPostgres();
    common = { DATABASE_URL: await postgres.createDatabase(), MESSAGES_PER_MINUTE: '10000', READS_PER_MINUTE: '10000' };
    // At the same instant, on an empty database.
    servers = await Promise.all([start(), start()]);
  });
  afterAll(async () => {
    await Promise.all(servers?.map((server) => server.stop('SIGKILL')) ?? []);
    await postgres?.stop();
  });

  test('a conversation opened at one is carried on at the other, and the stream of either brings every answer once', async () => {
    const anna = await converse(servers[0]);
    const streams = servers.map((server) => anna.listen(server));
    const ids: string[] = [];
    for (let number = 0; number < 10; number++) ids.push(await anna.say(servers[number % 2]!, `Domanda numero ${number}?`));
    for (const stream of streams) {
      await expect.poll(() => stream.seen.flatMap((one) => one.replyToId ?? [])).toEqual(ids);
      stream.close();
    }
    expect((await anna.history(servers[1])).flatMap((one) => one.replyToId ?? [])).toEqual(ids);
  });

  test('what is published elsewhere, both answer from', async () => {
    const page = path.join(mkdtempSync(path.join(tmpdir(), 'sportello-page-')), 'pesca.md');
    const publish = async (words: string) => {
      writeFileSync(page, `# Permesso di ${words}\n\nIl permesso di ${words} costa 23 euro l’anno e si ritira allo sportello caccia.\n`);
      const ended = await run('scripts/ingest.ts', [page], { ...common, DATA_DIR: newFolder() });
      expect(ended.status).toBe(0);
    };
    const answered = async (server: Server) => {
      const shown = await (await fetch(`${server.url}/ask?q=${encodeURIComponent('Quanto costa il permesso di pesca?')}`)).text();
      return /Il permesso di (\p{L}+) costa 23 euro/u.exec(shown)?.[1];
    };
    await publish('pesca');
    for (const server of servers) await expect.poll(() => answered(server)).toBe('pesca');
  });

  test('a file sent to one is shown by the other', async () => {
    const anna = await converse(servers[0]);
    const form = new FormData();
    form.append(
      'activity',
      new Blob([JSON.stringify({ type: 'message', text: 'ecco', from: { id: 'prova' } })], { type: 'application/vnd.microsoft.activity' }),
    );
    form.append('file', new Blob([PNG], { type: 'image/png' }), 'foto.png');
    const sent = await fetch(`${servers[0].url}/v3/directline/conversations/${anna.conversationId}/upload`, {
      method: 'POST',
      headers: { authorization: `Bearer ${anna.token}` },
      body: form,
    });
    expect(sent.status).toBe(200);
    const url = (await anna.history(servers[1])).flatMap((one) => one.attachments ?? [])[0]!.contentUrl;
    const shown = await fetch(new URL(new URL(url).pathname, servers[1].url), { headers: { authorization: `Bearer ${anna.token}` } });
    expect(shown.status).toBe(200);
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(PNG);
  });

  test('one is stopped and started under load, the other is killed: nothing is lost, doubled or out of order', async () => {
    const talks = await Promise.all(Array.from({ length: 3 }, () => converse(servers[0])));
    const sent = new Map(talks.map((talk) => [talk, [] as string[]]));
    let restarting = true;
    const writing = talks.map(async (talk, index) => {
      for (let number = 0; restarting || number < 10; number++) {
        // A proxy tries the next server when one refuses; the same words are asked again until one takes them.
        for (let attempt = index + number; ; attempt++) {
          const id = await talk.say(servers[attempt % 2]!, `Domanda ${number}?`).catch(() => null);
          if (id) {
            sent.get(talk)!.push(id);
            break;
          }
        }
      }
    });
    expect((await servers[0].stop('SIGTERM')).status).toBe(0);
    servers[0] = await start();
    await servers[1].stop('SIGKILL');
    restarting = false;
    await Promise.all(writing);
    for (const [talk, ids] of sent) {
      const replies = async () => (await talk.history(servers[0])).flatMap((one) => one.replyToId ?? []);
      const missing = async () => {
        const seen = new Set(await replies());
        return ids.filter((id) => !seen.has(id));
      };
      await expect.poll(missing, { timeout: 60_000, interval: 500 }).toEqual([]);
      const answered = await replies();
      expect(new Set(answered).size).toBe(answered.length);
      expect(answered.filter((id) => ids.includes(id))).toEqual(ids);
    }
  });
});
