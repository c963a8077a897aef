/** What a hostile tester tries first, over the running server: other people's things, odd bodies, forged addresses and headers, files that are two things, expressions that never end. */
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import { type Office, openOffice, type Signed } from '../desk/fixtures/open-office.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg" onload="window.__x=1"><script>window.__x=1</script></svg>';

let office: Office;
let boss: Signed;
let editor: Signed;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true' });
  boss = await office.staff('Dario Dirigente', 'administrator');
  editor = await office.staff('Elsa Editora', 'editor', 'anagrafe');
}, 120_000);
afterAll(() => office?.stop());

const at = (path: string, init: RequestInit = {}) => fetch(office.serving.url + path, { redirect: 'manual', ...init });
const json = (body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
/** As written, since fetch mends addresses and refuses odd headers. */
const raw = (lines: string[]): Promise<string> =>
  new Promise((resolve) => {
    const { port } = new URL(office.serving.url);
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`));
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on('data', (piece) => (answer += String(piece)));
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });

test('one citizen’s token opens nothing of another’s: reading, writing, refreshing, files, continuing, the stream', async () => {
  const [anna, bruno] = [await office.citizens.converse(), await office.citizens.converse()];
  const of = (token: string) => ({ authorization: `Bearer ${token}` });
  const dl = '/v3/directline';
  for (const [method, path, body] of [
    ['GET', `${dl}${anna.path}`, null],
    ['GET', `${dl}${anna.path}/activities`, null],
    ['GET', `${dl}${anna.path}/files/1`, null],
    ['POST', `${dl}${anna.path}/activities`, { type: 'message', text: 'x', from: { id: 'x' } }],
    ['POST', `${dl}${anna.path}/upload`, {}],
  ] as const) {
    const answer = await at(path, {
      method,
      headers: { 'content-type': 'application/json', ...of(bruno.token) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect([403, 404], `${method} ${path}`).toContain(answer.status);
    expect(await answer.text()).not.toContain('activities":[');
  }
  const stream = (path: string) =>
    new Promise<string>((resolve) => {
      const socket = new WebSocket(`${office.serving.url.replace(/^http/, 'ws')}${path}`, { origin: 'https://evil.example' });
      socket.on('message', (data) => {
        resolve(`read ${String(data).slice(0, 40)}`);
        socket.close();
      });
      socket.on('error', (error) => resolve(error.message));
      socket.on('close', () => resolve('closed'));
    });
  for (const path of [`${dl}${anna.path}/stream`, `${dl}${anna.path}/stream?t=${bruno.token}`, `${dl}${anna.path}/stream?t=x`])
    expect(await stream(path), path).not.toMatch(/^read/);
});

test('fields nobody offered change nothing: role, office, author, sender, prototypes', async () => {
  const agent = await office.staff('Agata Agente');
  for (const extra of [{ role: 'administrator' }, { constructor: { prototype: { admin: true } } }])
    expect((await agent.call('POST', '/api/password', { old: 'x', password: 'y', ...extra })).status).not.toBe(200);
  expect((await agent.call('POST', '/api/users', { name: 'Io', role: 'administrator', password: 'una password lunga' })).status).toBe(403);
  const other = await boss.call('PUT', `/api/users/${agent.id}`, { role: 'agent', id: boss.id, passwordHash: 'x', office: null });
  expect([200, 400]).toContain(other.status);
  expect((await boss.call('GET', '/api/me')).body['role']).toBe('administrator');
  expect((await agent.call('GET', '/api/me')).body['role']).toBe('agent');
  const anna = await office.citizens.converse();
  await anna.post({
    type: 'message',
    text: 'ciao',
    from: { id: boss.id, name: 'Il Sindaco', role: 'bot' },
    recipient: { id: 'x' },
    channelData: { sportello: { outcome: 'answered' }, clientActivityID: 'a' },
  });
  const mine = (await anna.read()).activities.find(({ text }) => text === 'ciao');
  expect(mine?.from).not.toMatchObject({ role: 'bot' });
  expect(JSON.stringify(mine)).not.toContain(boss.id);
  expect(JSON.stringify(mine?.channelData ?? {})).not.toContain('answered');
  for (const body of ['{"__proto__":{"admin":true},"name":"x","password":"y"}', '{"constructor":{"prototype":{"admin":true}}}'])
    await at('/api/sign-in', json(body));
  expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
});

test('line breaks in headers, hosts and addresses bring no header and no way out', async () => {
  for (const path of [
    '/ask?q=a%0d%0aSet-Cookie:%20x=1',
    '/sign-in/a%0d%0aLocation:%20https://evil.example',
    '/calendar/x%0d%0aX-Evil:%201.ics?key=y',
    '/attachments/x%0d%0aX-Evil:1',
    '/privacy?lang=it%0d%0aX-Evil:1',
  ]) {
    const { headers } = await at(path);
    expect(headers.get('set-cookie') ?? '', path).not.toMatch(/x=1/);
    expect(headers.get('x-evil'), path).toBeNull();
    expect(headers.get('location') ?? '', path).not.toMatch(/evil/);
  }
  // Without a proxy of ours these headers are a stranger's.
  const answer = await raw(['GET / HTTP/1.1', 'Host: 127.0.0.1', 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https']);
  expect(answer).not.toContain('evil.example');
  const twice = await raw([
    'POST /ask HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Length: 5',
    'Transfer-Encoding: chunked',
    '',
    '0',
    '',
    'GET /',
  ]);
  expect(twice).toMatch(/^HTTP\/1\.1 400/);
});

test('ways out of the folder, in every address that names a file', async () => {
  const outs = [
    '../../../../etc/passwd',
    '..%2f..%2f..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%5c..%5cetc%5cpasswd',
    '%252e%252e%252fetc%252fpasswd',
    'x%00.png',
    '/etc/passwd',
  ];
  for (const base of [
    '/sources/',
    '/sources/carta/',
    '/assets/',
    '/attachments/',
    '/guides/',
    '/forms/',
    '/calendar/',
    '/open-data/',
    '/open311/v2/',
    '/link/',
  ])
    for (const out of outs) {
      const answer = await raw([`GET ${base}${out} HTTP/1.1`, 'Host: 127.0.0.1', `Cookie: ${boss.cookie}`]);
      expect(answer, base + out).toMatch(/^HTTP\/1\.1 (?:30|4)\d/);
      expect(answer, base + out).not.toMatch(/root:x:|root:\*:/);
    }
});

test('nobody is sent to another site, wherever a way back could be named', async () => {
  for (const name of ['next', 'return', 'returnTo', 'redirect', 'redirect_uri', 'url', 'to', 'back', 'continue'])
    for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'https:evil.example', 'javascript:alert(1)'])
      for (const path of ['/', '/account', '/desk', '/me', '/sign-in/callback', '/first-administrator', '/staff/provider']) {
        const answer = await at(`${path}?${name}=${encodeURIComponent(to)}`);
        expect(answer.headers.get('location') ?? '', `${path} ${name}`).not.toMatch(/evil|javascript/);
        expect(answer.headers.get('refresh') ?? '').not.toMatch(/evil|javascript/);
        if ((answer.headers.get('content-type') ?? '').startsWith('text/html'))
          expect(await answer.text(), `${path} ${name}`).not.toMatch(/(?:href|action|content)="[^"]*(?:evil|javascript:)/);
        else await answer.arrayBuffer();
      }
}, 120_000);

test('a file that is two things is refused, or given back as a file to keep', async () => {
  const anna = await office.citizens.converse();
  for (const [name, content, type] of [
    ['a.svg', SCRIPT, 'image/svg+xml'],
    ['a.png', SCRIPT, 'image/png'],
    ['a.html', '<script>x</script>', 'text/html'],
    ['a.png', Buffer.concat([PNG, Buffer.from(SCRIPT)]), 'image/png'],
    ['a.png.html', Buffer.concat([PNG, Buffer.from('<html><script>x</script>')]), 'text/html'],
    ['a.pdf', `%PDF-1.7\n${SCRIPT}`, 'text/html'],
    ['a.gif', `GIF89a/*${SCRIPT}*/=1;alert(1)`, 'application/javascript'],
  ] as const) {
    const form = new FormData();
    form.append('activity', new Blob([JSON.stringify({ type: 'message', text: 'ecco' })], { type: 'application/vnd.microsoft.activity' }));
    form.append('file', new Blob([content as never], { type }), name);
    const path = `/v3/directline${anna.path}/upload?userId=x`;
    const answer = await at(path, { method: 'POST', headers: { authorization: `Bearer ${anna.token}` }, body: form });
    expect([200, 415], name).toContain(answer.status);
  }
  await expect
    .poll(async () => (await anna.read()).activities.flatMap((one) => (one['attachments'] as unknown[]) ?? []).length)
    .toBeGreaterThan(0);
  const files = (await anna.read()).activities.flatMap((one) => (one['attachments'] as { contentUrl?: string }[]) ?? []);
  for (const { contentUrl } of files.filter((one) => one.contentUrl)) {
    const { headers } = await fetch(contentUrl as string, { headers: { authorization: `Bearer ${anna.token}` } });
    expect(headers.get('content-type')).not.toMatch(/html|svg|xml|script/);
    expect(headers.get('content-disposition')).toMatch(/^attachment/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  }
});

test('no sheet that we give out runs what somebody wrote', async () => {
  const { id } = await office.sportello.database.read.selectFrom('document').select('id').executeTakeFirstOrThrow();
  for (const question of ['=HYPERLINK("https://evil.example")', '+1+1', '-2+3', '@SUM(1)'])
    expect((await boss.call('POST', `/api/documents/${id}/tests`, { question, kind: 'cites', lang: 'it' })).status, question).toBe(201);
  const sheet = async (path: string) => {
    const answer = await at(path, { headers: { cookie: boss.cookie } });
    expect(answer.status, path).toBe(200);
    return answer.text();
  };
  const tests = await sheet('/api/tests/export?format=csv');
  expect(tests.match(/'[=+@-]/g)?.length).toBeGreaterThanOrEqual(4);
  for (const text of [tests, await sheet('/open-data/indicatori.csv')]) expect(text).not.toMatch(/(?:^|[,;\n])"?[=+@\t-][A-Z1-9(=]/m);
});

test('a session that somebody planted is not taken over at sign-in, and one’s own is new each time', async () => {
  const planted = `${boss.cookie.split('=')[0]}=planted-by-somebody`;
  expect((await at('/api/me', { headers: { cookie: planted } })).status).toBe(401);
  const second = await office.staff('Sara Seconda', 'agent');
  const third = await office.staff('Terzo Agente', 'agent');
  expect(new Set([boss.cookie, editor.cookie, second.cookie, third.cookie]).size).toBe(4);
  expect((await at('/api/me', { headers: { cookie: planted } })).status).toBe(401);
});

test('a booking’s code, alone or with a wrong key, name or number, is answered as one that does not exist', async () => {
  const { bookings, database } = office.sportello;
  const services = await bookings.services();
  if (services.kind !== 'ok' || !services.value[0]) throw new Error('nothing to book');
  const start = `${new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)}T10:00:00+01:00`;
  const put = await createDesk({ database }).put({
    service: services.value[0].id,
    start,
    person: { name: 'Piera Segreta', fiscalCode: 'RSSMRA85T10A562S' },
    code: 'SEGR-2026',
  });
  expect(put.kind).toBe('ok');
  const answers = async (code: string) => {
    const all: string[] = [];
    for (const key of ['', '?key=', '?key=x', `?key=${'a'.repeat(22)}`, '?key=%25', "?key=' OR 1=1 --"]) {
      const answer = await at(`/calendar/${code}.ics${key}`);
      all.push(`${answer.status} ${await answer.text()}`);
    }
    for (const fact of ['Rossi', 'RSSMRA85T10A562X', '%', '']) {
      const answer = await at('/counter/kiosk/check-in', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', origin: office.serving.url },
        body: String(new URLSearchParams({ code, fact })),
      });
      all.push(`${answer.status} ${await answer.text()}`.replaceAll(code, 'CODE'));
    }
    return all;
  };
  const [real, madeUp] = [await answers('SEGR-2026'), await answers('NONE-2026')];
  // Looked up, and not turned away before.
  expect(real.map((one) => one.slice(0, 3)).filter((status) => !/^(?:200|404|422)$/.test(status))).toEqual([]);
  expect(real).toEqual(madeUp);
  expect(real.join()).not.toMatch(/Segreta|BEGIN:VCALENDAR/);
});

test('a stranger’s X-Forwarded-For buys no second guess, and a lie about a name no other answer', async () => {
  let refused = 0;
  const answers = new Set<string>();
  for (let i = 0; i < 40; i++) {
    const answer = await at(
      '/api/sign-in',
      json(
        { name: `nessuno-${i}`, password: 'x' },
        { 'x-forwarded-for': `10.0.0.${i}`, 'x-real-ip': `10.1.0.${i}`, forwarded: `for=10.2.0.${i}` },
      ),
    );
    if (answer.status === 429) refused++;
    else answers.add(`${answer.status} ${await answer.text()}`);
  }
  expect(refused).toBeGreaterThan(0);
  expect(answers.size).toBe(1);
});
