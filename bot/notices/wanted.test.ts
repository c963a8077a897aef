/** Who gets what, and for how long: after a no, under a mandate, with several processes, with a row that cannot be read. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import openBookings from '../../connectors/bookings/embedded.ts';
import { emptyState } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { ChooseSpeaker } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';
import { speech } from '../dialogs/fixtures/town.ts';
import {
  agree,
  at,
  book,
  CASE_FACT,
  conversation,
  FACT,
  last,
  news,
  newsroom,
  now,
  run,
  sent,
  tellingTown,
  town,
  write,
} from './fixtures/telling-town.ts';
import { withNotices } from './listen.ts';
import { noticeRoutes } from './routes.ts';
import { watch } from './watch.ts';

tellingTown();

const messageIn = (conversationId: string, text: string): Message => ({
  channel: 'telegram',
  externalId: randomUUID(),
  conversationId,
  id: randomUUID(),
  kind: 'text',
  text,
  attachments: [],
  citizenId: conversationId,
  receivedAt: new Date(now()).toISOString(),
});

/** One turn before which another speaker stands; its rows are written. */
async function turn(choose: ChooseSpeaker, conversationId: string, text: string, mode: 'bot' | 'person' = 'bot') {
  const { database } = town;
  const parts = { database, newsroom, speech, own: 'it', now, allNews: 'tutte' };
  const message = messageIn(conversationId, text);
  const standing = {
    id: conversationId,
    channel: 'telegram',
    citizenId: conversationId,
    lang: 'it',
    mode,
    state: emptyState(),
    history: [],
  };
  const result = await withNotices(choose, parts)(message, standing as never)(message, standing as never);
  await database.write(async (tx) => {
    for (const effect of result.effects ?? []) await effect(tx);
  });
  return result.replies.map((reply) => reply.text);
}
const silent: ChooseSpeaker =
  () =>
  async (_message, { state }) => ({ state, replies: [] });

test('a booking read out to whoever signed in, without its second fact, is remembered as before', async () => {
  const one = await book();
  const dialog = { name: 'booking', data: { stage: 'told', code: one.code, fact: '' } };
  const reading: ChooseSpeaker =
    () =>
    async (_message, { state }) => ({ state: { ...state, dialog }, replies: [plainReply('Ecco', 'it')] });
  await turn(reading, one.conversationId, 'le mie prenotazioni');
  at(`${new Date(one.start - 86_400_000).toISOString().slice(0, 10)}T09:05:00Z`);
  expect(await run()).toBe(1);
  expect(await last(one.conversationId)).toMatch(/^\*\*Promemoria\*\*/);
});

test('a booking that the office moves to an earlier day is remembered for that day', async () => {
  const one = await book();
  const bookings = await openBookings({ database: town.database, now });
  const moveTo = async (from: string, to: string) => {
    const found = await bookings.slots({ service: 'carta-identita', from, to });
    const slot = found.kind === 'ok' ? found.value[0] : undefined;
    expect((await bookings.reschedule(one.code, { kind: 'fact', fact: FACT }, slot?.id ?? '', `move ${from}`)).kind).toBe('ok');
    return slot?.start.slice(0, 10) ?? '';
  };
  await moveTo('2026-12-14', '2026-12-18');
  expect(await run()).toBe(0);
  const day = await moveTo('2026-11-30', '2026-12-04');
  at(`${new Date(Date.parse(`${day}T12:00:00Z`) - 86_400_000).toISOString().slice(0, 10)}T09:05:00Z`);
  expect(await run()).toBe(1);
});

test('two processes at once: a change is told once, and the next one too', async () => {
  const one = await town.talk();
  await one.all('a che punto è la mia pratica 1234/2026?', CASE_FACT);
  await one.say('Avvisami se la pratica cambia');
  await town.desk.move({ number: 1234, year: 2026 }, 'waiting', '2026-11-25', 'manca un documento');
  at('2026-11-25T10:30:00Z');
  const [first, second] = await Promise.all([run(), run()]);
  expect(first + second).toBe(1);
  await town.desk.move({ number: 1234, year: 2026 }, 'granted', '2026-11-25', 'fatto');
  at('2026-11-25T12:00:00Z');
  expect(await run()).toBe(1);
});

test('one that cannot be read holds up none of the others', async () => {
  const id = await conversation('telegram');
  const row = { conversation_id: id, kind: 'expiry', lang: 'it', origin: '', done_at: null, created_at: '2026-11-25T08:00:00.000Z' };
  const day = JSON.stringify({ document: 'patente', day: '2026-12-01' });
  await town.database.write((tx) =>
    tx
      .insertInto('notice_watch')
      .values([
        { ...row, id: 'broken', subject: 'a', json: 'nothing', due_at: '2026-11-25T08:00:00.000Z' },
        { ...row, id: 'whole', subject: 'b', json: day, due_at: '2026-11-25T08:00:01.000Z' },
      ])
      .execute(),
  );
  at('2026-11-25T10:00:00Z');
  expect(await run()).toBe(1);
});

test('what is asked for after "stop promemoria" is told', async () => {
  const one = await town.talk();
  await one.say('stop promemoria');
  at('2026-11-25T09:00:00Z');
  await one.say('ricordami che la patente scade il 10 dicembre 2026');
  expect(await run()).toBe(1);
  await one.say('ricordami che la tessera scade il 11 dicembre 2026');
  at('2026-11-25T10:00:00Z');
  await one.say('stop promemoria');
  expect(await run()).toBe(0);
});

test('a case seen under a mandate is told for as long as the mandate stands', async () => {
  const { database } = town;
  const [standing, over] = [await conversation('telegram'), await conversation('telegram')];
  const stamp = new Date(now()).toISOString();
  for (const id of [standing, over])
    await database.write(async (tx) => {
      const session = {
        id,
        conversation_id: id,
        channel: 'telegram',
        citizen_id: id,
        person: 'holder',
        fiscal_code: FACT,
        name: 'Mario Rossi',
      };
      const rest = {
        level: 2,
        wish: null,
        browser: id,
        confirm: null,
        tries: 0,
        created_at: stamp,
        expires_at: '2026-11-25T23:00:00.000Z',
        acting: id,
      };
      await tx
        .insertInto('citizen_session')
        .values({ ...session, ...rest })
        .execute();
      const whose = {
        principal: id,
        principal_fiscal_code: CASE_FACT,
        principal_name: 'Marta Guidi',
        holder: 'holder',
        holder_name: 'Mario Rossi',
      };
      const how = { kind: 'delegate', scope: 'cases', basis: '', recorded_by: 'citizen', from_day: '2026-11-25', until_day: '2026-12-25' };
      await tx
        .insertInto('mandate')
        .values({ id, ...whose, ...how, created_at: stamp, revoked_at: null, revoked_by: null })
        .execute();
      const data = { ref: { number: 1234, year: 2026 }, proof: { kind: 'fiscal_code', fiscalCode: CASE_FACT }, seen: 'received' };
      await watch(messageIn(id, ''), 'it', { kind: 'case', subject: '1234/2026', data, dueAt: stamp })(tx);
    });
  await database.write((tx) => tx.updateTable('mandate').set({ revoked_at: stamp }).where('id', '=', over).execute());
  await town.desk.move({ number: 1234, year: 2026 }, 'waiting', '2026-11-25', 'manca un documento');
  at('2026-11-25T10:00:00Z');
  expect(await run()).toBe(1);
  expect([(await last(standing)).includes('1234/2026'), await last(over)]).toEqual([true, '']);
  await town.desk.move({ number: 1234, year: 2026 }, 'granted', '2026-11-25', 'fatto');
  await database.write((tx) => tx.updateTable('mandate').set({ until_day: '2026-11-24' }).execute());
  at('2026-11-25T12:00:00Z');
  expect(await run()).toBe(0);
});

test('who wants no more news is not told that an alert is over; "stop notizie" counts while a person speaks', async () => {
  const [kept, gone, passing] = [await conversation('telegram'), await conversation('telegram'), await conversation('telegram')];
  await agree(kept);
  await agree(gone);
  const id = await write(news({ kind: 'alert', until: '2026-12-01T00:00:00.000Z' }));
  at('2026-11-25T09:00:00Z');
  expect(await run()).toBe(2);
  const stamp = new Date(now()).toISOString();
  await town.database.write((tx) =>
    tx.insertInto('notice_told').values({ notice_id: id, conversation_id: passing, channel: 'telegram', told_at: stamp }).execute(),
  );
  expect(await turn(silent, gone, 'stop notizie', 'person')).toHaveLength(1);
  expect(await turn(silent, passing, 'stop notizie')).toHaveLength(1);
  expect(await turn(silent, kept, 'iscrivimi alle notizie', 'person')).toEqual([]);
  await newsroom.end(id, 'redattore', async () => {});
  expect(await run()).toBe(1);
  await expect.poll(() => sent.length).toBe(3);
  expect(await last(kept)).toContain('Non vale più');
});

test('a topic is the same with and without accents; news without an end is not sent again to who comes later', async () => {
  const [before, after] = [await town.talk(), await town.talk()];
  await before.say('iscrivimi alle notizie su mobilità');
  await write(news({ topic: 'mobilità' }));
  at('2026-11-25T09:00:00Z');
  expect(await run()).toBe(1);
  await after.say('iscrivimi alle notizie su mobilità');
  expect(await run()).toBe(0);
  await write(news({ topic: 'mobilità', until: '2026-12-01T00:00:00.000Z' }));
  expect(await run()).toBe(2);
});

test('ended by two at once it is ended once', async () => {
  const id = await write(news({ kind: 'alert', until: '2026-12-01T00:00:00.000Z' }));
  const end = () => newsroom.end(id, 'redattore', async () => {});
  expect((await Promise.all([end(), end()])).filter(Boolean)).toHaveLength(1);
  expect(newsroom.list().filter(({ kind }) => kind === 'ended')).toHaveLength(1);
});

test('the end of a notice is written as it is compared', async () => {
  const post = noticeRoutes({ newsroom, database: town.database, now }).find(
    ({ method, path }) => method === 'post' && path === '/api/notices',
  );
  const body = { ...news(), until: '2026-11-25T09:30Z' };
  const staff = { id: 'x', name: 'x', role: 'editor', office: null };
  await post?.handle({ body, staff } as never);
  expect(newsroom.list()[0]?.until).toBe('2026-11-25T09:30:00.000Z');
});
