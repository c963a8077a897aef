/** A request for assistance where nobody is there: its fields, read back, sent with the privacy notice read, by mail too. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';
import { splitName } from './assistance/fields.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
}, 240_000);
afterAll(() => office?.stop());

const WAIT = { timeout: 60_000 };
async function talk() {
  const citizen = await office.citizens.converse();
  const read = async () => (await citizen.read()).activities.filter(({ from }) => from.role === 'bot');
  await expect.poll(async () => (await read()).length, WAIT).toBe(1);
  let count = 1;
  return {
    id: citizen.id,
    async say(text: string): Promise<{ text: string; choices: string[] }> {
      count += 1;
      await citizen.say(text);
      await expect.poll(async () => (await read()).length, WAIT).toBe(count);
      const last = (await read()).at(-1);
      const actions = (last?.['suggestedActions'] as { actions: { value: string }[] } | undefined)?.actions ?? [];
      return { text: last?.text ?? '', choices: actions.map(({ value }) => value) };
    },
  };
}
const requests = async (conversation: string) =>
  (
    await office.sportello.database.read
      .selectFrom('handoff')
      .select(['state', 'request'])
      .where('conversation_id', '=', conversation)
      .execute()
  ).map(({ state, request }) => ({ state, ...(JSON.parse(request) as Record<string, string>) }));

test('name, surname, e-mail, category, service, details, privacy: read back, kept, and sent by mail', { timeout: 240_000 }, async () => {
  const { say, id } = await talk();
  expect((await say('vorrei parlare con una persona')).choices).toEqual(['Lascia una richiesta di assistenza', 'Annulla']);
  expect((await say('Lascia una richiesta di assistenza')).text).toMatch(/richiesta è registrata.*nome e cognome/s);
  await say('Rosa De Santis');
  expect((await say('rosa@esempio')).text).toMatch(/non torna/);
  expect((await say('rosa@esempio.it')).choices).toContain('Relazioni con il pubblico');
  await say('Tributi, finanze e contravvenzioni');
  expect((await say('la tassa sui rifiuti')).text).toMatch(/600 caratteri/);
  expect((await say('x'.repeat(601))).text).toMatch(/601 caratteri/);
  const summary = await say('Mi è arrivata due volte la stessa bolletta.');
  expect(summary.text).toMatch(
    /Rosa De Santis.*rosa@esempio\.it.*Tributi, finanze e contravvenzioni.*tassa sui rifiuti.*bolletta.*\/privacy\)/s,
  );
  expect(summary.choices[0]).toBe('Invia: ho letto l’informativa sulla privacy');
  expect((await requests(id))[0]).not.toHaveProperty('category');
  expect((await say(summary.choices[0] ?? '')).text).toMatch(/registrato la tua richiesta.*riepilogo per e-mail/s);
  expect(await requests(id)).toMatchObject([
    {
      state: 'requested',
      name: 'Rosa',
      surname: 'De Santis',
      email: 'rosa@esempio.it',
      category: 'Tributi, finanze e contravvenzioni',
      service: 'la tassa sui rifiuti',
      text: 'Mi è arrivata due volte la stessa bolletta.',
      privacyReadAt: expect.stringMatching(/^20/),
      contact: 'rosa@esempio.it',
    },
  ]);
  const letters = await office.sportello.database.read.selectFrom('mail').select('id').where('conversation_id', '=', id).execute();
  expect(letters).toHaveLength(1);
});

test('left half-way with a word nothing is kept to be answered; a contact alone is still enough', { timeout: 240_000 }, async () => {
  const { say, id } = await talk();
  await say('vorrei parlare con una persona');
  await say('Lascia una richiesta di assistenza');
  expect((await say('annulla')).text).toMatch(/ho annullato la richiesta/);
  expect((await requests(id)).map(({ state }) => state)).toEqual(['left']);
});

test.each([
  ['Rosa Greco', 'Rosa', 'Greco'],
  ['Anna Maria De Santis', 'Anna Maria', 'De Santis'],
  ['Omar ben Salah', 'Omar', 'ben Salah'],
])('%s', (full, name, surname) => {
  expect(splitName(full)).toEqual({ name, surname });
});
