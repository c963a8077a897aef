/** An agent proposes an appointment in the chat: the citizen's own yes does it, and nothing else; then it is cancelled on their behalf the same way. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice, type Signed } from './fixtures/open-office.ts';

let office: Office;
let anna: Signed;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true' });
  anna = await office.staff('Anna Neri');
}, 120_000);
afterAll(() => office?.stop());

const WAIT = { timeout: 30_000 };
type Talk = Awaited<ReturnType<Office['citizens']['converse']>>;
const textsOf = async (talk: Talk) =>
  (await talk.read()).activities.filter((one) => one['type'] === 'message').map((one) => String(one['text']));
const lastOf = async (talk: Talk) => (await textsOf(talk)).at(-1) ?? '';
const bookings = () => office.sportello.database.read.selectFrom('booking').selectAll().where('status', '!=', 'held').execute();

async function withAnna(): Promise<{ talk: Talk; id: string }> {
  await anna.call('POST', '/api/desk/here', {});
  const talk = await office.citizens.converse();
  await talk.until(1);
  await talk.say('vorrei parlare con una persona');
  await talk.until(3);
  const listed = (await anna.call('GET', '/api/handoffs')).body['handoffs'] as { id: string; conversationId: string }[];
  const { id } = listed.find((one) => one.conversationId === talk.id) as { id: string };
  expect((await anna.call('POST', `/api/handoffs/${id}/claim`, {})).status).toBe(200);
  return { talk, id };
}

async function freeSlots(): Promise<{ service: string; place: string; starts: string[] }> {
  const { services } = (await anna.call('GET', '/api/desk/services')).body as unknown as {
    services: { id: string; places: { id: string }[] }[];
  };
  const service = services[0]!.id;
  const { slots } = (await anna.call('GET', `/api/desk/slots?service=${service}`)).body as unknown as {
    slots: { start: string; place: string }[];
  };
  const place = slots[0]!.place;
  return { service, place, starts: slots.filter((one) => one.place === place).map(({ start }) => start) };
}

const person = { name: 'Maria Rossi', fiscalCode: 'RSSMRA80A41H501Y', phone: '333 1234567' };

test('is booked by the citizen’s yes alone, asks what is missing, and is cancelled the same way', async () => {
  const { talk, id } = await withAnna();
  const { service, place, starts } = await freeSlots();
  const wrong = await anna.call('POST', `/api/handoffs/${id}/propose`, {
    what: 'book',
    service,
    place,
    start: starts[3],
    ...person,
    fiscalCode: 'RSSMRA80A41H501A',
  });
  expect([wrong.status, wrong.body.error?.code]).toEqual([422, 'BadFiscalCode']);
  const notFree = await anna.call('POST', `/api/handoffs/${id}/propose`, {
    what: 'book',
    service,
    place,
    start: '2031-01-01T03:00:00+01:00',
  });
  expect([notFree.status, notFree.body.error?.code]).toEqual([409, 'SlotTaken']);

  const done = await anna.call('POST', `/api/handoffs/${id}/propose`, {
    what: 'book',
    service,
    place,
    start: starts[3],
    name: person.name,
  });
  expect(done.status).toBe(202);
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/Anna Neri.*ti propone[\s\S]*codice fiscale/);
  expect(await lastOf(talk)).not.toMatch(/persona/);
  // What the form does not ask for is said to the agent.
  const before = (await textsOf(talk)).length;
  await talk.say('ma devo portare anche le foto?');
  await talk.say(person.fiscalCode);
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/telefono|e-mail/i);
  expect((await textsOf(talk)).length).toBe(before + 3);
  await talk.say(person.phone);
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/Maria Rossi[\s\S]*Confermi/i);
  const packet = (await anna.call('GET', `/api/handoffs/${id}`)).body as unknown as { standing: { stage: string; start: string } };
  expect(packet.standing).toMatchObject({ form: 'book', stage: 'confirming', start: starts[3] });

  // The agent asks something else in between: a yes to that books nothing.
  await anna.call('POST', `/api/handoffs/${id}/messages`, { text: 'Le serve anche il parcheggio?', key: 'p' });
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/parcheggio/);
  await talk.say('sì');
  await expect
    .poll(
      async () => (await office.sportello.database.read.selectFrom('inbox').select('id').where('status', '=', 'new').execute()).length,
      WAIT,
    )
    .toBe(0);
  expect(await bookings()).toEqual([]);
  expect(await lastOf(talk)).toBe('sì');
  await talk.say('Sì, prenota');
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/codice/i);
  const [booked, second] = await bookings();
  expect(second).toBeUndefined();
  expect(booked).toMatchObject({ status: 'booked' });
  const code = String((booked as unknown as { code: string }).code);
  expect((await anna.call('GET', `/api/handoffs/${id}`)).body['standing']).toBeNull();
  // The form is done with: words go to the agent again.
  const count = (await textsOf(talk)).length;
  await talk.say('grazie, anzi no, non posso venire');
  await anna.call('POST', `/api/handoffs/${id}/messages`, { text: 'Lo disdico io.', key: 'd' });
  await expect.poll(async () => (await textsOf(talk)).length, WAIT).toBe(count + 2);

  expect((await anna.call('POST', `/api/handoffs/${id}/propose`, { what: 'cancel', code, fact: person.phone })).status).toBe(202);
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/propone di disdire/);
  expect(await bookings()).toMatchObject([{ status: 'booked' }]);
  await talk.say('Sì, disdici');
  await expect.poll(async () => (await bookings())[0]?.status, WAIT).toBe('cancelled');
  const audited = await office.sportello.database.read.selectFrom('audit').select('action').where('subject', '=', id).execute();
  expect(audited.filter(({ action }) => action === 'handoff.propose')).toHaveLength(2);
});

test('only whoever has the conversation proposes', async () => {
  const { id } = await withAnna();
  const bruno = await office.staff('Bruno Blu');
  const { service, place, starts } = await freeSlots();
  const answer = await bruno.call('POST', `/api/handoffs/${id}/propose`, { what: 'book', service, place, start: starts[4] });
  expect([answer.status, answer.body.error?.code]).toEqual([409, 'NotClaimed']);
});
