/** Letters on every database, against a real SMTP server that is away, refuses and comes back. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import type { Mails } from '../../connectors/mails/contract.ts';
import { type MailServer, REFUSED, startMailServer } from '../../connectors/mails/fixtures/mail-server.ts';
import openSmtp from '../../connectors/mails/smtp.ts';
import { createPost, type Letter, writeLetter } from './post.ts';

const letter: Letter = { id: 'booking:ABC2D3:0', conversationId: 'c1', to: 'anna@example.org', subject: 'Prova', text: 'Segreto\n' };

describe.each(engines.filter(({ why }) => !why))('post on $title', (engine) => {
  let database: Database;
  let second: Database;
  let server: MailServer;
  let mails: Mails;
  const clock = { now: Date.parse('2026-11-25T09:00:00Z') };
  const post = (on = database) => createPost({ database: on, mails, log: { warn() {} }, now: () => clock.now });
  const write = (one: Letter) => database.write((tx) => writeLetter(tx, one, new Date(clock.now).toISOString()));
  const rows = () => database.read.selectFrom('mail').select(['id', 'status', 'address', 'json', 'attempts']).orderBy('id').execute();

  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    const place = await engine.place();
    database = await engine.open(place);
    second = engine.name === 'postgres' ? await engine.open(place) : database;
    server = await startMailServer();
    mails = await openSmtp({ dataDir: '' }, { SMTP_URL: `smtp://127.0.0.1:${server.port}` });
  });
  afterEach(async () => {
    await mails.close();
    await server.close();
    if (second !== database) await second.close();
    await database.close();
  });

  test('the same news written twice is one letter; sent, neither address nor words stay', async () => {
    await write(letter);
    await write({ ...letter, text: 'ancora' });
    expect(await post().sendDue()).toBe(1);
    expect(await post().sendDue()).toBe(0);
    expect(server.letters.map(({ to }) => to)).toEqual([['anna@example.org']]);
    expect(server.letters[0]?.source).toContain('Segreto');
    expect(await rows()).toEqual([{ id: letter.id, status: 'sent', address: '', json: '{}', attempts: 1 }]);
  });

  test('a transaction that is undone leaves no letter', async () => {
    const undone = database.write(async (tx) => {
      await writeLetter(tx, letter, new Date(clock.now).toISOString());
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await post().sendDue()).toBe(0);
  });

  test('while the server puts off the letter waits, longer each time, and then goes', async () => {
    await write(letter);
    server.answer = { code: 451, text: 'Try later' };
    expect(await post().sendDue()).toBe(0);
    server.answer = null;
    // Not yet: the server is left in peace for a while.
    expect(await post().sendDue()).toBe(0);
    expect(server.letters).toEqual([]);
    clock.now += 16_000;
    expect(await post().sendDue()).toBe(1);
  });

  test('an address refused for good is given up at once; the others go all the same', async () => {
    await write({ ...letter, id: 'a', to: REFUSED });
    await write({ ...letter, id: 'b' });
    expect(await post().sendDue()).toBe(1);
    expect((await rows()).map(({ id, status }) => [id, status])).toEqual([
      ['a', 'dead'],
      ['b', 'sent'],
    ]);
  });

  test('two processes send each letter once', async () => {
    for (let n = 0; n < 12; n++) await write({ ...letter, id: `m${n}`, to: `p${n}@example.org` });
    const [one, other] = [post(), post(second)];
    const sent = await Promise.all([one.sendDue(), other.sendDue(), one.sendDue()]);
    expect(sent.reduce((sum, count) => sum + count, 0)).toBe(12);
    expect(new Set(server.letters.map(({ to }) => to[0])).size).toBe(12);
    expect(server.letters.length).toBe(12);
  });

  test('a process that died while sending: after its lease another sends', async () => {
    await write(letter);
    const dying: Mails = { ...mails, send: () => Promise.reject(new Error('killed')) };
    await expect(createPost({ database, mails: dying, log: { warn() {} }, now: () => clock.now }).sendDue()).rejects.toThrow('killed');
    expect(await post().sendDue()).toBe(0);
    clock.now += 61_000;
    expect(await post().sendDue()).toBe(1);
  });
});
