/** What needs the citizen's yes: asked in the chat, noted, and done only then. Files of agents, and colleagues named in notes. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice, type Signed } from './fixtures/open-office.ts';

let office: Office;
let anna: Signed;
let bruno: Signed;
beforeAll(async () => {
  office = await openOffice();
  anna = await office.staff('Anna Neri');
  bruno = await office.staff('Bruno Blu');
}, 120_000);
afterAll(() => office?.stop());

const WAIT = { timeout: 30_000 };
type Talk = Awaited<ReturnType<Office['citizens']['converse']>>;
const textsOf = async (talk: Talk) =>
  (await talk.read()).activities.filter((one) => one['type'] === 'message').map((one) => String(one['text']));
const lastOf = async (talk: Talk) => (await textsOf(talk)).at(-1) ?? '';
const notesOf = async (id: string) => (await anna.call('GET', `/api/handoffs/${id}`)).body['notes'] as { text: string; kind: string }[];

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

test('a contact and a permission are asked for, and what was answered is noted', async () => {
  const { talk, id } = await withAnna();
  expect((await bruno.call('POST', `/api/handoffs/${id}/ask`, { what: 'contact' })).status).toBe(409);
  expect((await anna.call('POST', `/api/handoffs/${id}/ask`, { what: 'contact' })).status).toBe(202);
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/chiede un recapito/);
  // What is neither is for the agent, and the question stands.
  await talk.say('a cosa serve?');
  await talk.say('333 1234567');
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/annotato/);
  expect((await anna.call('GET', `/api/handoffs/${id}`)).body['request']).toMatchObject({ contact: '333 1234567' });
  await anna.call('POST', `/api/handoffs/${id}/ask`, { what: 'permission', text: 'guardare la tua pratica 12/2026' });
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/Acconsenti/);
  await talk.say('No, grazie');
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/resta tutto qui/);
  expect((await notesOf(id)).map(({ text, kind }) => [kind, text])).toEqual([
    ['consent', 'Ha lasciato un recapito: 333 1234567.'],
    ['consent', 'Non ha acconsentito: «guardare la tua pratica 12/2026».'],
  ]);
});

test('goes to another body only with a yes: then by letter, once, and the talk here is over', async () => {
  const { talk, id } = await withAnna();
  const wanted = { what: 'elsewhere', body: 'INPS', address: 'urp@inps.example' };
  await anna.call('POST', `/api/handoffs/${id}/ask`, wanted);
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/INPS[\s\S]*urp@inps\.example[\s\S]*Acconsenti/);
  const letters = () => office.sportello.database.read.selectFrom('mail').selectAll().where('id', 'like', 'elsewhere:%').execute();
  expect(await letters()).toEqual([]);
  await talk.say('Sì, acconsento');
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/passato la conversazione a \*\*INPS\*\*/);
  expect(await letters()).toHaveLength(1);
  const row = await office.sportello.database.read
    .selectFrom('handoff')
    .select(['state', 'outcome'])
    .where('id', '=', id)
    .executeTakeFirst();
  expect(row).toEqual({ state: 'completed', outcome: 'elsewhere' });
  const folder = join(office.sportello.settings.DATA_DIR, 'mails');
  const sent = () => {
    try {
      return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    } catch {
      return [];
    }
  };
  await expect.poll(() => sent().filter((text) => text.includes('urp@inps.example')).length, WAIT).toBe(1);
  await talk.say('Quanto costa il loculo?');
  await expect.poll(async () => (await talk.read()).activities.at(-1)?.from['role'], WAIT).toBe('bot');
});

test('a yes that comes when the conversation waits at another office leaves nobody waiting', async () => {
  const { talk, id } = await withAnna();
  await anna.call('POST', `/api/handoffs/${id}/ask`, { what: 'elsewhere', body: 'INPS', address: 'urp@inps.example' });
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/Acconsenti/);
  await office.sportello.database.write((tx) =>
    tx.updateTable('handoff').set({ state: 'queued', agent_id: null, agent_name: null }).where('id', '=', id).execute(),
  );
  await talk.say('Sì, acconsento');
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/passato la conversazione a \*\*INPS\*\*/);
  const row = await office.sportello.database.read.selectFrom('handoff').select('state').where('id', '=', id).executeTakeFirst();
  expect(row).toEqual({ state: 'completed' });
});

test('an agent’s file reaches the citizen by a link that only its key opens', async () => {
  const { talk, id } = await withAnna();
  const form = new FormData();
  form.append('file', new Blob(['Modulo di prova']), 'modulo.txt');
  const send = (who: Signed) =>
    fetch(`${office.serving.url}/api/handoffs/${id}/files`, {
      method: 'POST',
      headers: { cookie: who.cookie, 'x-csrf': who.csrf },
      body: form,
    });
  expect((await send(bruno)).status).toBe(409);
  expect((await send(anna)).status).toBe(201);
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/^\[modulo\.txt\]\(/);
  const link = /\((?:https?:\/\/[^/]+)?(\/attachments\/[^)]+)\)/.exec(await lastOf(talk))?.[1] ?? '';
  const got = await fetch(office.serving.url + link);
  expect([got.status, await got.text()]).toEqual([200, 'Modulo di prova']);
  expect((await fetch(office.serving.url + link.replace(/key=.*/, 'key=x'))).status).toBe(404);
});

test('a colleague named in a note finds the conversation among their own', async () => {
  const { id } = await withAnna();
  const mine = async (who: Signed) =>
    ((await who.call('GET', '/api/handoffs?view=mine')).body['handoffs'] as { id: string }[]).map((one) => one.id);
  expect(await mine(bruno)).not.toContain(id);
  await anna.call('POST', `/api/handoffs/${id}/notes`, { text: 'mail@bruno no; @bruno blu, guardi tu?' });
  expect(await mine(bruno)).toContain(id);
  await anna.call('POST', `/api/handoffs/${id}/close`, { outcome: 'solved' });
  expect(await mine(bruno)).not.toContain(id);
});
