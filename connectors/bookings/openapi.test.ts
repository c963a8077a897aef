/** What only the generic plug has: two files that must fit together, a program's own ways, and the exchanges that were recorded from a real one. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import openDatabase from '../databases/embedded.ts';
import { temporary } from '../databases/fixtures/engines.ts';
import { easyAppointments } from './fixtures/easyappointments.ts';
import { DAY, marta, piero, proof, value } from './fixtures/on-every-plug.ts';
import { AUTHORIZATION, fixture, type OpenApiWorld, openApiPlug } from './fixtures/openapi-world.ts';
import openOpenApi from './openapi.ts';
import { at, fill } from './openapi/fill.ts';

const RECORDED = '/work/shared/specs/recordings/easyappointments.json';
const slot = (service: string, time: string) => `${service}~municipio~20261201T${time}Z`;

describe('on the stand-in', () => {
  let world: OpenApiWorld;
  beforeEach(async () => {
    world = await openApiPlug.open();
  });
  afterEach(() => world.close());

  const held = async (id: string, bookings = world.bookings) => value(await bookings.hold(id, 300));
  const kept = () => [...world.tool.appointments.values()];

  test('the clerk finds the customer once, the service, the counter and our reference', async () => {
    value(await world.bookings.confirm(await held(slot('carta', '0900')), marta, 'k1'));
    const second = value(await world.bookings.confirm(await held(slot('ritiro', '1000')), marta, 'k2'));
    value(await world.bookings.confirm(await held(slot('carta', '1030')), piero, 'k3'));
    expect(world.tool.customers.map(({ email }) => email)).toEqual([marta.email, expect.stringMatching(/@senza-posta\.invalid$/)]);
    expect(kept()[0]).toMatchObject({
      start: '2026-12-01 10:00:00',
      end: '2026-12-01 10:30:00',
      location: 'Sportello 1',
      providerId: 1,
      serviceId: 1,
    });
    expect(kept()[1]?.notes).toContain(`codice ${second.code}`);
    expect(kept()[1]?.['customerId']).toBe(kept()[0]?.['customerId']);
  });

  test('two installations that know nothing of each other: the lowest number stays', async () => {
    const second = await world.installation();
    for (const time of ['0800', '0900', '1000']) {
      const holds = await Promise.all([held(slot('carta', time)), held(slot('carta', time), second)]);
      const outcomes = await Promise.all([
        world.bookings.confirm(holds[0], marta, `a${time}`),
        second.confirm(holds[1], piero, `b${time}`),
      ]);
      expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['ok', 'slot_taken']);
    }
    expect(kept()).toHaveLength(3);
  });

  test('more than a page of appointments, and those of other counters that lack what we read', async () => {
    world.tool.put(2, '2026-12-01 verso le dieci', '2026-12-01 10:30:00');
    for (let n = 0; n < 130; n++) world.tool.put(2, '2026-12-01 03:00:00', '2026-12-01 03:10:00');
    world.tool.put(1, '2026-12-01 10:00:00', '2026-12-01 10:30:00');
    const free = value(await world.bookings.slots({ service: 'carta', from: DAY, to: DAY })).map(({ start }) => start.slice(11, 16));
    expect(free).not.toContain('10:00');
    expect(free).toHaveLength(10);
  });

  test('an appointment that cannot be read counts as no free time: nothing is offered and none is written until it can', async () => {
    const mine = await held(slot('carta', '0900'));
    const undo = world.tool.put(1, '2026-12-01 verso le dieci', '2026-12-01 10:30:00');
    const slots = { service: 'carta', from: DAY, to: DAY };
    expect(await world.bookings.slots(slots)).toMatchObject({ kind: 'down', reason: expect.stringContaining('cannot be read') });
    expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('down');
    expect(kept()).toHaveLength(1);
    undo();
    expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('ok');
  });

  test('a refusal told as 500 is a refusal, a broken server is unknown, and the seat stays ours meanwhile', async () => {
    const mine = await held(slot('carta', '0900'));
    const next = (status: number, body: unknown) => world.tool.before.set('POST', () => world.tool.next({ status, body }, 1));
    value(await world.bookings.confirm(await held(slot('carta', '1030')), marta, 'first'));
    next(500, { success: false, message: 'Unknown or bad format (PTM)' });
    expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('invalid');
    next(500, { success: false, message: 'Daily limit' });
    expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('limit_reached');
    next(200, { success: false, message: 'no' });
    expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('invalid');
    next(503, '<html>');
    expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('unknown');
    expect((await world.other.hold(slot('carta', '0900'), 60)).kind).toBe('slot_taken');
    expect((await world.bookings.confirm(mine, marta, 'k1')).kind).toBe('ok');
    expect(kept()).toHaveLength(2);
  });

  test('an appointment moved or dropped by a clerk is so for the citizen', async () => {
    const first = value(await world.bookings.confirm(await held(slot('carta', '0900')), marta, 'k1'));
    const second = value(await world.bookings.confirm(await held(slot('carta', '1000')), marta, 'k2'));
    Object.assign(kept()[0]!, { start: '2026-12-01 11:30:00', end: '2026-12-01 12:00:00' });
    world.tool.appointments.delete(kept()[1]!.id);
    expect(value(await world.bookings.get(first.code, proof)).start).toBe('2026-12-01T11:30:00+01:00');
    expect(value(await world.bookings.get(second.code, proof)).status).toBe('cancelled');
  });
});

test('a mapping that does not fit the document does not open, and says each thing that is wrong', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-mapping-'));
  const file = join(folder, 'mapping.json');
  const mapping = JSON.parse(readFileSync(fixture('easyappointments.mapping.json'), 'utf8'));
  const database = await openDatabase({ dataDir: temporary() });
  const tried = async (change: Record<string, unknown>) => {
    writeFileSync(file, JSON.stringify({ ...mapping, ...change }));
    const given = { OPENAPI_DOCUMENT: fixture('easyappointments.openapi.json'), OPENAPI_MAPPING: file };
    return openOpenApi({ database }, given).then(
      () => 'opened',
      (error: Error) => error.message,
    );
  };
  expect(await tried({})).toBe('opened');
  expect(await tried({ writes: ['makeAppointment', 'makeCustomer'] })).toContain(
    'dropAppointment changes something and is not among "writes"',
  );
  expect(await tried({ read: { operation: 'dropAppointment', path: { appointmentId: '{id}' } } })).toContain('must not change anything');
  expect(await tried({ read: { operation: 'appointment' } })).toContain('nothing is given for {appointmentId}');
  expect(await tried({ list: { ...mapping.list, query: { da: '{day}' } } })).toContain('has no query "da"');
  expect(await tried({ create: { ...mapping.create, body: { start: '{quando}' } } })).toContain('{quando} is not a value we have');
  expect(await tried({ remove: { operation: 'nothing' } })).toContain('no operation "nothing"');
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

test('document and mapping in YAML do as well; a mistake in them names file, line and column', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sportello-yaml-'));
  const database = await openDatabase({ dataDir: temporary() });
  const read = (name: string) => readFileSync(fixture(name), 'utf8');
  const [document, mapping] = [join(folder, 'programma.yaml'), join(folder, 'programma.mapping.yml')];
  // Every JSON is YAML; the comment is not JSON.
  writeFileSync(document, `# dal fornitore\n---\n${read('easyappointments.openapi.json')}`);
  writeFileSync(mapping, `# nostra\n${read('easyappointments.mapping.json')}`);
  const given = { OPENAPI_DOCUMENT: document, OPENAPI_MAPPING: mapping, OPENAPI_URL: 'http://127.0.0.1:9' };
  const bookings = await openOpenApi({ database }, given);
  expect(bookings.name).toBe('openapi');
  await bookings.close();
  for (const [text, words] of [
    ['openapi: 3.0.0\npaths:\n\t/a: {}\n', 'programma.yaml: line 3, column 1: a tab in the indentation: use spaces'],
    ['a: &a [1]\nb: *c\n', 'programma.yaml: line 2, column 4: "*c" names nothing above'],
    ['openapi: 2.0\npaths: {}\n', 'openapi'],
  ] as const) {
    writeFileSync(document, text);
    await expect(openOpenApi({ database }, given)).rejects.toThrow(words);
  }
  await database.close();
  rmSync(folder, { recursive: true });
});

test('values keep their type, pointers lead where RFC 6901 says', () => {
  expect(fill({ id: '{customer}', text: 'n. {customer}', none: '{x}' }, { customer: 4 })).toEqual({ id: 4, text: 'n. 4', none: '' });
  expect([at({ a: [{ 'b/c': 1 }] }, '/a/0/b~1c'), at(null, '/a'), at({ a: 1 }, '')]).toEqual([1, undefined, { a: 1 }]);
});

test.skipIf(!existsSync(RECORDED))('the stand-in answers as the recorded server did (skipped where the recording is absent)', async () => {
  const { basePath, exchanges } = JSON.parse(readFileSync(RECORDED, 'utf8')) as {
    basePath: string;
    exchanges: { request: { method: string; path: string; body?: Record<string, unknown> }; response: { status: number; body: unknown } }[];
  };
  const tool = await easyAppointments(AUTHORIZATION);
  tool.customers.push({ id: 4, email: 'mario.rossi@example.it', firstName: 'Mario' });
  const ids = new Map<number, number>();
  let compared = 0;
  for (const { request, response } of exchanges) {
    if (request.path.includes('/availabilities') || request.path.includes('from=') || request.path.includes('sort=')) continue;
    const path = request.path.replace(basePath, '').replace(/\d+$/, (id) => String(ids.get(Number(id)) ?? id));
    const answer = await fetch(tool.url + path, {
      method: request.method,
      headers: { authorization: AUTHORIZATION },
      ...(request.body && { body: JSON.stringify(request.body) }),
    });
    const text = await answer.text();
    const body = text ? JSON.parse(text) : null;
    expect([request.method, request.path, answer.status]).toEqual([request.method, request.path, response.status]);
    const was = response.body as Record<string, unknown> | null;
    if (was && !Array.isArray(was)) {
      expect(Object.keys(body).sort()).toEqual(Object.keys(was).sort());
      for (const name of ['start', 'end', 'notes', 'providerId', 'success', 'message', 'meetingLink'])
        expect(body[name]).toEqual(was[name]);
      if (typeof was['id'] === 'number') ids.set(was['id'], body.id);
    } else expect(body === null).toBe(was === null);
    compared++;
  }
  expect(compared).toBe(20);
  await tool.close();
});
