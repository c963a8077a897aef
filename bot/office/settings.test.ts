/** What administrators set, and what comes of it at once. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice, PASSWORD, type Signed } from '../desk/fixtures/open-office.ts';

let office: Office;
let chief: Signed;
beforeEach(async () => {
  office = await openOffice();
  chief = await office.staff('Capo', 'administrator');
});
afterEach(() => office.stop());

const users = async () =>
  (await chief.call('GET', '/api/users')).body['users'] as { id: string; name: string; role: string; disabledAt: string | null }[];
const signIn = (name: string, password: string) =>
  fetch(`${office.serving.url}/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });

test('users are made, changed, shut out; roles count at once and the last administrator stays', async () => {
  expect((await chief.call('POST', '/api/users', { name: 'Anna Neri', role: 'agent', office: null, password: 'corta' })).status).toBe(400);
  expect((await chief.call('POST', '/api/users', { name: 'Anna Neri', role: 'agent', office: 'Nessuno', password: PASSWORD })).status).toBe(
    400,
  );
  expect((await chief.call('POST', '/api/users', { name: 'Anna Neri', role: 'agent', password: PASSWORD })).status).toBe(201);
  expect((await chief.call('POST', '/api/users', { name: 'Anna Neri', role: 'agent', password: PASSWORD })).status).toBe(409);
  const bruno = await office.staff('Bruno Blu');
  expect((await bruno.call('GET', '/api/users')).status).toBe(403);
  expect((await chief.call('PUT', `/api/users/${bruno.id}`, { role: 'supervisor' })).status).toBe(200);
  expect((await bruno.call('GET', '/api/insight')).status).toBe(200);
  await chief.call('PUT', `/api/users/${bruno.id}`, { disabled: true });
  expect((await bruno.call('GET', '/api/me')).status).toBe(401);
  expect((await signIn('Bruno Blu', PASSWORD)).status).toBe(401);
  await chief.call('PUT', `/api/users/${bruno.id}`, { disabled: false, password: 'tutta un’altra password' });
  expect((await signIn('Bruno Blu', PASSWORD)).status).toBe(401);
  expect((await signIn('Bruno Blu', 'tutta un’altra password')).status).toBe(200);
  for (const change of [{ role: 'agent' }, { disabled: true }])
    expect((await chief.call('PUT', `/api/users/${chief.id}`, change)).status).toBe(409);
  expect((await users()).find(({ id }) => id === chief.id)).toMatchObject({ role: 'administrator', disabledAt: null });
  const audit = await office.sportello.database.read.selectFrom('audit').select('detail').where('action', '=', 'user.change').execute();
  expect(audit).toHaveLength(3);
  expect(JSON.stringify(audit)).not.toMatch(/altra password/);
});

test('offices, the body’s name and its welcome are read by citizens at once', async () => {
  await chief.call('PUT', '/api/offices', { name: 'Biblioteca', address: 'via Po 1', hours: 'sabato 9-12', topics: ['libri', 'urp'] });
  expect((await chief.call('GET', '/api/offices')).body['offices']).toMatchObject([{ name: 'Biblioteca', topics: ['libri', 'urp'] }]);
  expect(
    (await chief.call('PUT', '/api/body', { name: 'Comune di Borgo Prova', welcome: 'Sabato gli uffici sono chiusi.' })).body,
  ).toMatchObject({ shownName: 'Comune di Borgo Prova' });
  const citizen = await office.citizens.converse();
  const [greeting] = await citizen.until(1);
  expect(greeting?.text).toMatch(/^Sabato gli uffici sono chiusi\.\n\n[\s\S]*Comune di Borgo Prova/);
  expect(await (await fetch(`${office.serving.url}/privacy`)).text()).toMatch(/Comune di Borgo Prova/);
  const catalogue = (await (await fetch(`${office.serving.url}/open-data/catalogo.jsonld`)).json()) as { 'dct:title': string };
  expect(catalogue['dct:title']).toMatch(/Borgo Prova/);
  expect(await (await fetch(`${office.serving.url}/counter/kiosk`)).text()).toMatch(/Comune di Borgo Prova/);
  expect(await (await fetch(`${office.serving.url}/open311/v2/discovery.json`)).text()).toMatch(/Comune di Borgo Prova/);
});

test('days without appointments are taken out of the calendar', async () => {
  const demo = await openOffice({ DEMO: 'true' });
  try {
    const boss = await demo.staff('Capo', 'administrator');
    const find = async (from: string, to: string) => {
      const found = await demo.sportello.bookings.slots({ service: 'carta-identita', from, to });
      return found.kind === 'ok' ? found.value : [];
    };
    // The first day that has any: which one depends on the day of the test.
    const from = demo.sportello.today();
    const to = new Date(Date.parse(from) + 14 * 86_400_000).toISOString().slice(0, 10);
    const day = (await find(from, to)).map(({ start }) => start.slice(0, 10)).find((one) => one > from) ?? '';
    const slots = async () => (await find(day, day)).length;
    expect(await slots()).toBeGreaterThan(0);
    const before = (await boss.call('GET', '/api/bookings/closures')).body['closures'] as object[];
    expect(
      (await boss.call('PUT', '/api/bookings/closures', { closures: [...before, { from: day, to: day, reason: 'assemblea' }] })).status,
    ).toBe(200);
    expect(await slots()).toBe(0);
    expect(
      (await boss.call('PUT', '/api/bookings/closures', { closures: [{ from: day, to: day, hours: ['25:00', '26:00'] }] })).status,
    ).toBe(400);
    expect(await slots()).toBe(0);
    expect((await boss.call('PUT', '/api/bookings/closures', { closures: before })).status).toBe(200);
    expect(await slots()).toBeGreaterThan(0);

    // Two pages open at once: the one saved last does not write over what it has not seen.
    const { version } = (await boss.call('GET', '/api/bookings/closures')).body as { version: string };
    const add = (reason: string) => ({ closures: [...before, { from: day, to: day, reason }], version });
    const both = await Promise.all(['prima', 'seconda'].map((reason) => boss.call('PUT', '/api/bookings/closures', add(reason))));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect((await boss.call('GET', '/api/bookings/closures')).body['version']).not.toBe(version);
    const { services } = (await boss.call('GET', '/api/bookings/plan')).body as { services: unknown[] };
    expect(services.length).toBeGreaterThan(3);
  } finally {
    await demo.stop();
  }
});

test('the office’s own tools: which, whether they answer and what they can do; the probe names each', async () => {
  const { connectors } = (await chief.call('GET', '/api/connectors')).body as { connectors: { socket: string; state: string }[] };
  expect(connectors.map(({ socket }) => socket)).toEqual(['bookings', 'cases', 'reports', 'payments', 'mails', 'identities', 'handoffs']);
  expect(connectors[0]).toMatchObject({ plug: 'embedded', state: 'up', capabilities: expect.arrayContaining(['cancel', 'hold']) });
  const probe = (await (await fetch(`${office.serving.url}/health`)).json()) as { dependencies: Record<string, string> };
  expect(probe.dependencies).toMatchObject({ bookings: 'ok', cases: 'ok', reports: 'ok', payments: 'ok', mails: 'ok' });
  expect((await (await office.staff('Sara', 'supervisor')).call('GET', '/api/connectors')).status).toBe(403);
});
