/** S-07, S-09, S-20, S-31, S-32: every route that is mounted, knocked at with good, hostile and broken words, as nobody and as an administrator. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice, type Signed } from '../desk/fixtures/open-office.ts';
import { dump } from '../privacy/fixtures/planted.ts';

let office: Office;
let boss: Signed;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true', TRUST_PROXY: 'true' });
  boss = await office.staff('Dario Dirigente', 'administrator');
});
afterAll(() => office?.stop());

const knock = (path: string, headers: Record<string, string> = {}) =>
  fetch(office.serving.url + path, { headers: { accept: 'text/html,application/json', ...headers }, redirect: 'manual' });
/** Every address that can be got, its parameters filled in with `word`. */
const addresses = (word = '1') =>
  office.serving.routes.filter(({ method }) => method === 'get').map(({ path }) => path.replace(/:\w+/g, encodeURIComponent(word)));

test('S-07 every answer of every route carries the headers, and no page holds inline code', { timeout: 180_000 }, async () => {
  for (const path of [...addresses(), '/ask?q=Quanto+costa+la+carta', '/non-esiste', '/accessibility?lang=en'])
    for (const cookie of ['', boss.cookie]) {
      const { headers, ...reply } = await knock(path, { cookie, 'x-forwarded-proto': 'https' }).then(async (one) => ({
        headers: one.headers,
        text: await one.text(),
      }));
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy, path).toMatch(/default-src 'none'/);
      expect(policy, path).toMatch(/frame-ancestors/);
      expect(policy, path).toMatch(/base-uri 'none'/);
      expect(policy, path).not.toMatch(/unsafe-|\bhttps?:\s|\*\.\w/);
      expect(headers.get('x-content-type-options'), path).toBe('nosniff');
      expect(headers.get('referrer-policy'), path).toBeTruthy();
      expect(headers.get('permissions-policy'), path).toMatch(/camera=\(\)/);
      expect(headers.get('strict-transport-security'), path).toMatch(/^max-age=\d{8}/);
      expect(headers.get('x-powered-by') ?? headers.get('server'), path).not.toMatch(/express|restify|\d/i);
      if (headers.get('content-type')?.startsWith('text/html'))
        expect(reply.text, path).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son\w+=|\sstyle=|javascript:/i);
    }
  expect((await knock('/health/live')).headers.get('strict-transport-security')).toBeNull();
});

test('S-09 no GET changes anything, whoever asks: the whole database is as it was', { timeout: 180_000 }, async () => {
  // Who looked at whom is written down by law, and when a session was last used.
  const without = async () => {
    const { audit: _audit, secret: _head, staff_session: _seen, ...rest } = await dump(office.sportello.database);
    return rest;
  };
  const before = await without();
  for (const path of addresses()) for (const cookie of ['', boss.cookie]) await (await knock(path, { cookie })).arrayBuffer();
  expect(await without()).toEqual(before);
});

const HOSTILE = [
  "' OR '1'='1",
  '"; DROP TABLE staff_user; --',
  '%',
  '_',
  '{"$gt":""}',
  '../../../etc/passwd',
  '\u0000',
  '<script>x</script>',
  'a'.repeat(4_000),
];
const NAMES = [
  'q',
  'view',
  'day',
  'place',
  'open',
  'week',
  'from',
  'to',
  'key',
  'token',
  'lang',
  'date',
  'status',
  'service_code',
  'start_date',
  'id',
  'service_request_id',
];

test('S-31 S-32 quotes, wildcards and worse are taken literally in every address and search; no error shows a stack, a path or SQL', {
  timeout: 180_000,
}, async () => {
  const wide: string[] = [];
  for (const word of HOSTILE)
    for (const path of addresses(word)) {
      const query = `?${NAMES.map((name) => `${name}=${encodeURIComponent(word)}`).join('&')}`;
      const reply = await knock(path + query, { cookie: boss.cookie });
      const text = await reply.text();
      // 503 is an honest "not ready"; anything else above is a surprise inside.
      if (reply.status >= 500 && reply.status !== 503) wide.push(`${reply.status} ${path.slice(0, 80)}`);
      if (
        /\bat (?:\w+\.)*\w+ \(|node_modules|\/(?:bot|knowledge|connectors)\/[\w/-]+\.ts|SQLITE|syntax error|select .+ from /i.test(text) &&
        !/\.(?:js|css)/.test(path)
      )
        wide.push(`shows the inside: ${path.slice(0, 80)}`);
      if (text.includes('<script>x')) wide.push(`repeats markup: ${path.slice(0, 80)}`);
    }
  expect(wide).toEqual([]);
  const staff = await office.sportello.database.read.selectFrom('staff_user').select('name').execute();
  expect(staff).toEqual([{ name: 'Dario Dirigente' }]);
});

test('S-20 who sends a body and never ends it is cut off; meanwhile and afterwards others are served', async () => {
  const { port, hostname } = new URL(office.serving.url);
  const slow = new Promise<string>((resolve) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        `POST /api/sign-in HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: 100000000\r\n\r\n{"name":"`,
      );
      const drip = setInterval(() => socket.write('x'.repeat(64 * 1024)), 20);
      socket.on('close', () => {
        clearInterval(drip);
        resolve(said);
      });
    });
    socket.on('data', (piece) => (said += piece)).on('error', () => {});
  });
  expect((await knock('/health/live')).status).toBe(200);
  expect(await slow).toMatch(/^(?:HTTP\/1\.1 (?:408|413)|$)/);
  expect((await knock('/health/live')).status).toBe(200);
});
