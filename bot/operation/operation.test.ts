/** The files an operator copies name only what there is: settings that are declared, metrics that are given, routes that are mounted. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allSettings } from '../all-settings.ts';
import { newFolder, startServer } from '../fixtures/run-sportello.ts';
import { checkSettings, coreSettings } from '../settings.ts';

const deploy = path.resolve(import.meta.dirname, '../../deploy');
const read = (file: string) => readFileSync(path.join(deploy, file), 'utf8');

/** `NAME=value` and `NAME: value` of settings, by file. */
function settingsOf(file: string): Record<string, string> {
  const text = read(file);
  const places: Record<string, RegExp> = {
    'systemd/sportello.env': /^([A-Za-z_]+)=(.*)$/gm,
    'systemd/sportello@.service': /^Environment=([A-Za-z_]+)=(.*)$/gm,
    'compose.yaml': /^ {6}([A-Z_]+): (.*)$/gm,
    'kubernetes/sportello.yaml': /^ {2}([A-Z_]+): (.*)$/gm,
    Containerfile: /(?<=^ENV .*)\b([A-Z_]+)=(\S+)/gm,
  };
  return Object.fromEntries([...text.matchAll(places[file]!)].map(([, name, value]) => [name, value!.replaceAll(/^['"]|['"]$/g, '')]));
}

const FILES = ['systemd/sportello.env', 'systemd/sportello@.service', 'compose.yaml', 'kubernetes/sportello.yaml', 'Containerfile'];
// They belong to the database's image.
const OTHERS = ['POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD'];

test.each(FILES)('%s sets only what is declared, to values that are legal', async (file) => {
  const known = (await allSettings()).map(({ name }) => name);
  const given = Object.entries(settingsOf(file)).filter(([name]) => !OTHERS.includes(name));
  expect(given.length).toBeGreaterThan(2);
  expect(given.map(([name]) => name).filter((name) => !known.includes(name))).toEqual([]);
  // What is filled in at the start (`%i`, `${…}`) is no value yet.
  const filled = Object.fromEntries(given.filter(([, value]) => !/%i|\$\{/.test(value)));
  expect(checkSettings(coreSettings, filled).mistakes).toEqual([]);
});

describe('metrics', { timeout: 60_000 }, () => {
  let server: Awaited<ReturnType<typeof startServer>>;
  let page: string;
  beforeAll(async () => {
    server = await startServer({ DATA_DIR: newFolder() });
    const post = async (where: string, token = '', body: unknown = {}) =>
      (await (
        await fetch(`${server.url}/v3/directline${where}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify(body),
        })
      ).json()) as { token: string; conversationId: string };
    const { token } = await post('/tokens/generate');
    const { conversationId } = await post('/conversations', token);
    await post(`/conversations/${conversationId}/activities`, token, { type: 'message', text: 'Quanto costa?', from: { id: 'x' } });
    await vi.waitFor(async () => {
      page = await (await fetch(`${server.url}/metrics`)).text();
      expect(page).toMatch(/sportello_turn_seconds_count\{[^}]*kind="text"[^}]*\} 1/);
    }, 60_000);
  });
  afterAll(() => server?.stop('SIGKILL'));

  test.each(['grafana/sportello.json', 'prometheus/alerts.yml'])('every name in %s is given', (file) => {
    const names = new Set(read(file).match(/\b(?:sportello|process)_[a-z0-9_]+/g));
    expect(names.size).toBeGreaterThan(4);
    const given = new Set([...page.matchAll(/^([a-z0-9_]+)[ {]/gm)].map((match) => match[1]));
    expect([...names].filter((name) => !given.has(name))).toEqual([]);
  });

  test('each family has one type, buckets add up, and nothing of what was written is in it', () => {
    const types = [...page.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
    expect(new Set(types).size).toBe(types.length);
    const turn = page.split('\n').filter((line) => line.startsWith('sportello_turn_seconds_') && line.includes('kind="text"'));
    const values = turn.filter((line) => line.includes('_bucket')).map((line) => Number(line.split(' ').at(-1)));
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.at(-1)).toBe(1);
    expect(page).not.toMatch(/Quanto|costa/);
  });

  test('they are for who stands beside the server, not for who comes through the proxy', async () => {
    const through = await fetch(`${server.url}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(through.status).toBe(404);
  });
});
