/** Hours set by an administrator, as citizens and agents meet them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.stop());

const ALWAYS = Array.from({ length: 7 }, () => [['00:00', '24:00']]);
/** Open on one weekday only, which is not today nor tomorrow. */
const far = (now: Date) => Array.from({ length: 7 }, (_, weekday) => (weekday === (now.getUTCDay() + 3) % 7 ? [['09:00', '12:00']] : []));
async function askForPerson() {
  const citizen = await office.citizens.converse();
  await citizen.until(1);
  await citizen.say('vorrei parlare con una persona');
  return (await citizen.until(3)).at(-1)?.text ?? '';
}
const requests = () => office.sportello.database.read.selectFrom('handoff').selectAll().orderBy('created_at').execute();

test('whoever asks when nobody is there reads when somebody will be; what is promised counts opening time', async () => {
  const chief = await office.staff('Capo', 'administrator');
  const agent = await office.staff('Anna Neri');
  expect(await askForPerson()).not.toMatch(/tornano/);
  expect(await requests()).toMatchObject([{ first_due_at: null }]);

  const hours = { week: far(new Date()), holidays: true, firstReplyMinutes: 60 };
  expect((await agent.call('PUT', '/api/hours', { office: '', hours })).status).toBe(403);
  expect((await chief.call('PUT', '/api/hours', { office: '', hours })).status).toBe(200);
  const weekday = new Intl.DateTimeFormat('it', { weekday: 'long' });
  expect(await askForPerson()).toMatch(/Gli operatori tornano \*\*\p{L}+ \d+ \p{L}+ alle (0?9:00)\*\*/u);
  const second = (await requests())[1];
  const due = new Date(second?.first_due_at ?? 0);
  expect(due.toLocaleTimeString('it', { timeZone: 'Europe/Rome', hour: '2-digit', minute: '2-digit' })).toBe('10:00');
  expect(due.getTime() - Date.now()).toBeGreaterThan(24 * 3_600_000);
  expect(weekday.format(due)).not.toBe(weekday.format(new Date()));

  // Open round the clock: nothing to say, and the promise is for within the hour.
  expect((await chief.call('PUT', '/api/hours', { office: '', hours: { ...hours, week: ALWAYS } })).status).toBe(200);
  expect(await askForPerson()).not.toMatch(/tornano/);
  const third = (await requests())[2];
  expect(Date.parse(third?.first_due_at ?? '') - Date.parse(third?.created_at ?? '')).toBe(3_600_000);
  expect((await agent.call('GET', '/api/handoffs')).body['handoffs']).toHaveLength(3);
});

test('what is wrong is said; what is written comes back as written; every change is in the audit', async () => {
  const chief = await office.staff('Capo', 'administrator');
  const save = (hours: unknown, name = '') => chief.call('PUT', '/api/hours', { office: name, hours });
  expect((await save({ week: [[['12:00', '09:00']], [], [], [], [], [], []] })).status).toBe(400);
  expect((await save({ week: ALWAYS, closures: [{ from: '2026-12-24', to: '2026-12-20' }] })).status).toBe(400);
  expect((await save({ week: ALWAYS }, 'Ufficio che non c’è')).status).toBe(400);
  const closures = [{ from: '2026-12-24', to: '2026-12-24', hours: ['12:00', '24:00'], reason: 'vigilia' }];
  await save({ week: ALWAYS, closures });
  const read = (await chief.call('GET', '/api/hours')).body['hours'];
  expect(read).toMatchObject([{ office: '', hours: { week: ALWAYS, closures } }]);
  await save(null);
  expect((await chief.call('GET', '/api/hours')).body['hours']).toEqual([]);
  const audit = await office.sportello.database.read.selectFrom('audit').select('action').where('action', '=', 'hours.save').execute();
  expect(audit).toHaveLength(2);
});
