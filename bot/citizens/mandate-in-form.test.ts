/** Acting for another, and the right to do so ends half-way: the form stops, says so and what to do, and nothing is booked. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemoAppointments } from '../../knowledge/demo/load-appointments.ts';
import { openOffice, type Office } from '../desk/fixtures/open-office.ts';
import { signInAt, WAIT } from './fixtures/signed-in.ts';

const LUCA = 'VRDLCU78M15A562V';
let office: Office;
beforeAll(async () => {
  office = await openOffice({ IDENTITIES: 'embedded' });
  await loadDemoAppointments(office.sportello.database);
}, 120_000);
afterAll(() => office?.stop());

interface Said {
  text: string;
  choices: string[];
}

/** Mario, signed in, acts for Luca; `id`: the mandate. */
async function mario() {
  const { mandates } = office.sportello.citizens;
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const principal = { fiscalCode: LUCA, name: 'Luca Verdi' };
  const holder = { fiscalCode: 'RSSMRA85T10A562S', name: 'Mario Rossi' };
  const recorded = await mandates.record({
    kind: 'parent',
    scope: 'bookings',
    principal,
    holder,
    until,
    basis: 'stato di famiglia',
    recordedBy: 'operator',
  });
  const { talk } = await signInAt(office, 'mario');
  const say = async (text: string): Promise<Said> => {
    const { body } = await talk.say(text);
    const reply = async () => (await talk.read()).activities.find(({ replyToId }) => replyToId === body.id);
    await expect.poll(async () => (await reply()) !== undefined, WAIT).toBe(true);
    const found = await reply();
    const actions = (found?.['suggestedActions'] as { actions?: { title: string }[] } | undefined)?.actions ?? [];
    return { text: String(found?.['text']), choices: actions.map(({ title }) => title) };
  };
  expect((await say('agisci per Luca Verdi')).text).toContain('per **Luca Verdi** (genitore)');
  return { say, id: recorded.kind === 'ok' ? recorded.id : '' };
}
const booked = () => office.sportello.database.read.selectFrom('booking').select(['name', 'status', 'start_at']).execute();
const revoke = (id: string) => office.sportello.citizens.mandates.revoke(id, office.sportello.citizens.signIns.sessions.personOf(LUCA));
const STOPPED = /per \*\*Luca Verdi\*\* è stata revocata[\s\S]*non ho prenotato niente[\s\S]*nuova delega/;

test('revoked between the summary and the yes: nothing is booked, the seat is free again, and the way on is told', {
  timeout: 240_000,
}, async () => {
  const { say, id } = await mario();
  const days = await say('vorrei prenotare un appuntamento per la carta d’identità');
  const times = await say(days.choices.find((one) => /\d{4}/.test(one)) ?? '');
  const time = times.choices.find((one) => /^\d{1,2}:\d{2}$/.test(one)) ?? '';
  await say(time);
  expect((await say('luca@example.org')).text).toContain('Prenota per conto');
  expect((await booked()).filter(({ status }) => status === 'held')).toHaveLength(1);
  expect(await revoke(id)).toBe(true);
  const stopped = await say('Sì, prenota');
  expect(stopped.text).toMatch(STOPPED);
  expect(stopped.choices).toEqual(['Accedi', 'Parla con una persona']);
  expect(await booked()).toEqual([]);
  // The same yes again is no yes to anything, and the conversation goes on.
  await say('Sì, prenota');
  expect(await booked()).toEqual([]);
  expect((await say('agisci per me')).text).toContain('di nuovo per te');
});

test('ended by its last day in mid-form: stopped at the next word, whatever step it is', { timeout: 240_000 }, async () => {
  for (const steps of [0, 1, 2]) {
    const { say, id } = await mario();
    let said = await say('vorrei prenotare un appuntamento per la carta d’identità');
    for (let step = 0; step < steps; step++) said = await say(said.choices.find((one) => /\d{4}|^\d{1,2}:\d{2}$/.test(one)) ?? '');
    await office.sportello.database.write((tx) =>
      tx.updateTable('mandate').set({ until_day: '2020-01-01' }).where('id', '=', id).execute(),
    );
    const stopped = await say(['lunedì alle 9', 'alle 9', 'luca@example.org'][steps] ?? '');
    expect([steps, stopped.text]).toEqual([steps, expect.stringMatching(STOPPED)]);
    expect(await booked()).toEqual([]);
  }
});
