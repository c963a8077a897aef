/** An empty office made ready and worked over REST alone, and what a citizen then finds there. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import { type Office, openOffice, type Signed } from '../desk/fixtures/open-office.ts';

let office: Office;
let chief: Signed;
let clerk: Signed;
let elsewhere: Signed;
const always = [['08:00', '20:00']];
const plan = {
  places: [{ id: 'm', name: 'Municipio', address: 'piazza Uno 1' }],
  services: [{ id: 'carta', name: 'Carta d’identità', office: 'Anagrafe', minutes: 30, words: ['CIE'], bring: [] }],
  counters: [
    { id: 'uno', name: 'Sportello 1', place: 'm', services: ['carta'], holidays: true, week: Array.from({ length: 7 }, () => always) },
  ],
};
const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);

beforeAll(async () => {
  office = await openOffice();
  chief = await office.staff('Carla Capo', 'administrator');
  clerk = await office.staff('Anna Neri', 'agent', 'Anagrafe');
  elsewhere = await office.staff('Bruno Blu', 'agent', 'Tributi');
});
afterAll(() => office?.stop());

test('a plan is set whole, or refused with what is wrong in which field', async () => {
  const wrong = await chief.call('PUT', '/api/bookings/plan', { ...plan, counters: [{ ...plan.counters[0], services: ['altro'] }] });
  expect(wrong.status).toBe(400);
  expect(JSON.stringify(wrong.body)).toMatch(/counters/);
  expect((await chief.call('PUT', '/api/bookings/plan', plan)).status).toBe(200);
  expect(await office.sportello.bookings.services()).toMatchObject({ kind: 'ok', value: [{ id: 'carta' }] });
  expect((await clerk.call('GET', '/api/bookings/plan')).body).toMatchObject({ services: [{ id: 'carta' }] });
});

test('of twenty who change the plan they read, one does; closures and plan set at once are both kept', async () => {
  const desk = createDesk({ database: office.sportello.database });
  const { version } = await desk.saved.get();
  const named = (name: string) => ({ ...plan, places: [{ ...plan.places[0]!, name }] });
  const outcomes = await Promise.all(Array.from({ length: 20 }, (_, n) => desk.saved.save(named(`Municipio ${n}`), version)));
  expect(outcomes.filter(({ kind }) => kind === 'ok')).toHaveLength(1);
  expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(19);
  const days = Array.from({ length: 6 }, (_, n) => `2027-01-0${n + 1}`);
  await desk.saved.save(plan);
  const each = await Promise.all(days.map((from) => desk.saved.saveClosures([{ from, to: from, reason: '' }])));
  expect(each.every(({ kind }) => kind === 'ok')).toBe(true);
  const { written } = await desk.saved.get();
  expect([written.closures?.length, written.services.length]).toEqual([1, 1]);
  expect((await chief.call('PUT', '/api/bookings/plan', plan)).status).toBe(200);
});

test('appointments by hand and blocks share the citizens’ seats; the day is seen by its office, without the citizen’s key, and that is audited', async () => {
  const at = (time: string) => `${soon}T${time}:00+01:00`;
  const asked = { service: 'carta', start: at('09:00'), person: { name: 'Mario Rossi', phone: '3331234567' } };
  const made = await clerk.call('POST', '/api/bookings', asked);
  expect(made).toMatchObject({ status: 201, body: { status: 'booked', person: { name: 'Mario Rossi' } } });
  expect((await clerk.call('POST', '/api/bookings', asked)).status).toBe(409);
  expect((await clerk.call('POST', '/api/bookings', { ...asked, start: 'domani' })).status).toBe(400);
  const blocked = await clerk.call('POST', '/api/bookings/blocks', { counter: 'uno', start: at('10:00'), end: at('12:00') });
  expect(blocked.status).toBe(201);
  const free = async () => {
    const slots = await office.sportello.bookings.slots({ service: 'carta', from: soon, to: soon });
    return slots.kind === 'ok' ? slots.value.map(({ start }) => start.slice(11, 16)) : [];
  };
  expect(await free()).not.toContain('09:00');
  expect(await free()).not.toContain('10:30');
  expect((await clerk.call('DELETE', `/api/bookings/blocks/${String(blocked.body['id'])}`)).status).toBe(200);
  expect(await free()).toContain('10:30');
  const seen = await clerk.call('GET', `/api/bookings?day=${soon}`);
  expect(seen.body['bookings']).toMatchObject([{ person: { name: 'Mario Rossi' } }]);
  expect(JSON.stringify(seen.body)).not.toContain('calendarKey');
  expect((await elsewhere.call('GET', `/api/bookings?day=${soon}`)).body['bookings']).toEqual([]);
  const trail = await office.sportello.database.read
    .selectFrom('audit')
    .select(['action', 'actor'])
    .where('actor', '=', clerk.id)
    .execute();
  expect(trail.map(({ action }) => action)).toEqual(expect.arrayContaining(['booking.put', 'block.put', 'block.delete', 'bookings.read']));
});

test('a case on paper: put there, taken in charge, waiting, concluded, as the citizen is told', async () => {
  const person = { fiscalCode: 'GDUMRT84E52D612J', surname: 'Guidi', birthDate: '1984-05-12' };
  const asked = { subject: 'Passo carrabile', office: 'Tributi', person, number: 1234, year: 2026, receivedOn: '2026-11-02' };
  expect((await clerk.call('POST', '/api/cases', asked)).status).toBe(201);
  const { year: _, ...halved } = asked;
  expect((await clerk.call('POST', '/api/cases', halved)).status).toBe(400);
  expect((await elsewhere.call('GET', '/api/cases?open=1')).body['cases']).toMatchObject([{ number: 1234, subject: 'Passo carrabile' }]);
  expect((await clerk.call('GET', '/api/cases')).body['cases']).toEqual([]);
  const steps = '/api/cases/2026/1234/steps';
  expect((await clerk.call('POST', steps, { status: 'in_progress', on: '2026-11-04', protocol: '0004521/2026' })).body).toMatchObject({
    protocol: '0004521/2026',
    takenInChargeOn: '2026-11-04',
  });
  await clerk.call('POST', steps, { status: 'waiting', on: '2026-11-10', note: 'Manca la planimetria.' });
  await clerk.call('POST', steps, { status: 'granted', on: '2026-11-20' });
  expect((await clerk.call('POST', '/api/cases/2026/9/steps', { status: 'closed' })).status).toBe(404);
  expect((await clerk.call('POST', steps, { status: 'persa' })).status).toBe(400);
  expect((await elsewhere.call('GET', '/api/cases?open=1')).body['cases']).toEqual([]);
  const told = await office.sportello.cases.find({ number: 1234, year: 2026 }, { kind: 'fiscal_code', fiscalCode: person.fiscalCode });
  expect(told).toMatchObject({ kind: 'ok', value: { status: 'granted', concludedOn: '2026-11-20', protocol: '0004521/2026' } });
});

test('kinds of fault, and a report moved on with a word', async () => {
  const categories = [{ code: 'buca', name: 'Buca nella strada', words: ['buche'], office: 'Lavori pubblici' }];
  expect((await chief.call('PUT', '/api/reports/categories', { categories: [{ code: 'a b' }] })).status).toBe(400);
  expect((await chief.call('PUT', '/api/reports/categories', { categories })).status).toBe(200);
  const sent = await office.sportello.reports.submit({ category: 'buca', description: 'Profonda', address: 'via Po 3' }, 'k1');
  if (sent.kind !== 'ok') throw new Error(sent.kind);
  const moved = await clerk.call('POST', `/api/reports/${sent.value.id}/steps`, { status: 'solved', note: 'Riparata stamattina.' });
  expect(moved).toMatchObject({ status: 200, body: { status: 'solved', statusNote: 'Riparata stamattina.' } });
  expect((await clerk.call('POST', '/api/reports/S999-2026/steps', { status: 'solved' })).status).toBe(404);
});

test('payment notices from a CSV: the right lines are found by citizens, the wrong ones told with their number', async () => {
  const csv = 'nav;importo;scadenza;causale;pagato\n301000000000000180;1.123,45;16/12/2026;TARI 2026;no\n3010;10;;Sosta;no\n';
  const sent = await fetch(`${office.serving.url}/api/payments/notices`, {
    method: 'POST',
    headers: { cookie: chief.cookie, 'x-csrf': chief.csrf, 'content-type': 'text/csv' },
    body: csv,
  });
  expect(await sent.json()).toMatchObject({ lines: 2, added: 1, wrong: [{ line: 3 }] });
  expect(await office.sportello.payments.find('301000000000000180')).toMatchObject({
    kind: 'ok',
    value: { amountCents: 112_345, state: 'payable' },
  });
  expect((await clerk.call('POST', '/api/payments/notices', {})).status).toBe(403);
});
