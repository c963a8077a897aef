/** Files for a form in the conversation: asked for, checked, read back, kept with the case, or sent again when they were lost on the way. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepFile } from '../channels/web/upload.ts';
import type { Attachment } from '../message.ts';
import { eraseCitizen } from '../privacy/erase.ts';
import { UP_TO_FILES } from './fixtures/passo-carrabile.ts';
import { openTown, type Town } from './fixtures/town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

const PDF = Buffer.from('%PDF-1.7 piantina');

/** As a channel leaves a file: its row, and its bytes unless they are still to come. */
async function sent(
  conversationId: string,
  name: string,
  content: Buffer,
  { contentType = 'application/pdf', coming = false } = {},
): Promise<Attachment> {
  const id = randomUUID();
  const now = new Date(town.clock.now).toISOString();
  if (!coming) await keepFile(town.dataDir, id, content);
  await town.database.write(async (tx) => {
    const row = { id, name, content_type: contentType, bytes: content.length, conversation_id: conversationId, created_at: now };
    await tx.insertInto('upload').values(row).execute();
    const media = { upload_id: id, channel: 'telegram', reference: 'x', conversation_id: conversationId, attempts: 0, created_at: now };
    if (coming) await tx.insertInto('channel_media').values(media).execute();
  });
  return { name, contentType, url: `/v3/directline/conversations/${conversationId}/files/${id}` };
}
const kept = () => town.database.read.selectFrom('case_attachment').selectAll().orderBy('name').execute();

test('asked for with what will do, taken one after another, read back, kept with the case, erased with the citizen', async () => {
  const citizenId = randomUUID();
  const one = await town.talk('it', citizenId);
  const file = (name: string, content = PDF, of = {}) => sent(one.conversationId, name, content, of);
  expect((await one.all(...UP_TO_FILES)).text).toMatch(/Piantina|piantina[\s\S]*fino a 3 file \(PDF, JPG, PNG, WEBP\), al massimo 5 MB/);
  const wrong = await one.say('', [await file('curriculum.docx', PDF, { contentType: 'application/vnd.oasis.opendocument.text' })]);
  expect(wrong.text).toMatch(/Qui servono file PDF/);
  expect((await one.say('ecco', [await file('grande.pdf', Buffer.alloc(6 * 1024 * 1024))])).text).toMatch(/troppo grande: al massimo 5 MB/);
  const first = await one.say('ecco la piantina', [await file('piantina.pdf')]);
  expect([first.text, first.choices]).toEqual([
    expect.stringMatching(/Ho ricevuto piantina\.pdf[\s\S]*Fino a 3/),
    expect.arrayContaining(['Ho finito con i file']),
  ]);
  // The address of a file in another's conversation opens nothing.
  const other = await town.talk();
  const foreign = await sent(other.conversationId, 'altrui.pdf', PDF);
  expect((await one.say('', [foreign])).text).toMatch(/non è arrivato[\s\S]*piantina\.pdf/);
  await one.say('', [await file('foto.jpg', Buffer.from('\xff\xd8\xff foto', 'latin1'), { contentType: 'image/jpeg' })]);
  expect((await one.say('Ho finito con i file')).text).toMatch(
    /Piantina e fotografie\*\*: piantina\.pdf, foto\.jpg[\s\S]*Invio la richiesta/,
  );
  expect(await kept()).toEqual([]);
  const done = await one.say('Sì, invia');
  expect(done.text).toMatch(/Allegati ricevuti: piantina\.pdf, foto\.jpg/);
  const [, number, year] = /pratica è \*\*(\d+)\/(\d{4})\*\*/.exec(done.text) ?? [];
  expect((await kept()).map(({ name, number: of, sent_at }) => [name, of, sent_at !== null])).toEqual([
    ['foto.jpg', Number(number), true],
    ['piantina.pdf', Number(number), true],
  ]);
  const files = await town.files.ofCase({ number: Number(number), year: Number(year) });
  const [plan] = files.filter(({ name }) => name === 'piantina.pdf');
  expect((await town.files.read(plan?.id ?? ''))?.equals(PDF)).toBe(true);
  await eraseCitizen({ database: town.database, dataDir: town.dataDir }, citizenId);
  expect(await kept()).toEqual([]);
  expect(await town.files.read(plan?.id ?? '')).toBeNull();
});

test('a file that a chat service is still bringing waits for the sending, one that was lost is asked for again', async () => {
  const one = await town.talk();
  await one.all(...UP_TO_FILES);
  await one.say('', [await sent(one.conversationId, 'piantina.pdf', PDF, { coming: true })]);
  await one.say('Ho finito con i file');
  expect((await one.say('Sì, invia')).text).toMatch(/Sto ancora ricevendo piantina\.pdf[\s\S]*Invio la richiesta/);
  const waiting = await town.database.read.selectFrom('upload').select('id').executeTakeFirstOrThrow();
  await town.database.write(async (tx) => {
    await tx.deleteFrom('channel_media').execute();
    await tx.deleteFrom('upload').where('id', '=', waiting.id).execute();
  });
  expect((await one.say('Sì, invia')).text).toMatch(/Non ho ricevuto piantina\.pdf[\s\S]*Puoi mandarle adesso/);
  expect((await town.desk.list({ office: 'Tributi', open: true })).some(({ subject }) => subject === 'Richiesta di passo carrabile')).toBe(
    false,
  );
  await one.say('', [await sent(one.conversationId, 'di nuovo.pdf', PDF)]);
  await one.say('basta');
  expect((await one.say('Sì, invia')).text).toMatch(/Allegati ricevuti: di nuovo\.pdf/);
});

test('three files are enough, a file where none is asked for is not attached, what was never sent is dropped', async () => {
  const one = await town.talk();
  await one.all(...UP_TO_FILES.slice(0, 3));
  // Files may come before their question.
  const early = await one.say('', [await sent(one.conversationId, 'presto.pdf', PDF)]);
  expect(early.text).toMatch(/codice fiscale/);
  await one.all(...UP_TO_FILES.slice(3));
  const four = await Promise.all(['b', 'c', 'd'].map((name) => sent(one.conversationId, `${name}.pdf`, PDF)));
  const all = await one.say('', four);
  expect(all.text).toMatch(/bastano 3 file[\s\S]*presto\.pdf, b\.pdf, c\.pdf/);
  expect((await one.say('', [await sent(one.conversationId, 'e.pdf', PDF)])).text).toMatch(/non chiede file[\s\S]*Invio la richiesta/);
  await town.files.keep('page:mai', 'allegati', { name: 'x.pdf', contentType: 'application/pdf', bytes: 3 }, PDF);
  town.clock.now += 2 * 86_400_000;
  expect(await town.files.sweep()).toBe(1);
});
