/** What Telegram refuses goes to the same person's WhatsApp or letter box, where they agreed to it; else it is a dead letter. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTown, type Town } from '../channels/fixtures/open-town.ts';
import { figuresOn, openBrowser } from './fixtures/browser.ts';

const WAIT = { timeout: 30_000 };
let town: Town;
beforeAll(async () => {
  town = await openTown({ IDENTITIES: 'embedded', DEMO: 'false' });
}, 120_000);
afterAll(() => town?.stop());

/** Signs Mario Rossi in from a chat of a channel. */
async function signIn(chat: { say(text: string): Promise<unknown>; texts(): string[] }, last: () => string): Promise<void> {
  await chat.say('buongiorno');
  await expect.poll(() => chat.texts().length, WAIT).toBeGreaterThan(1);
  await chat.say('accedi');
  await expect.poll(() => /\/sign-in\/[\w-]{22}/.exec(last())?.[0] ?? '', WAIT).not.toBe('');
  const browser = openBrowser({ walk: async (to) => new URL(to, town.url) });
  const choose = await browser.setOut(`${town.url}${/\/sign-in\/[\w-]{22}/.exec(last())?.[0]}`);
  const state = choose.searchParams.get('state') ?? '';
  const done = await browser.go(`${town.url}/sign-in/callback?${new URLSearchParams({ code: 'mario', state })}`);
  await expect.poll(last, WAIT).toContain('codice di 6 cifre');
  await chat.say(figuresOn(done));
  await expect.poll(last, WAIT).toContain('Mario Rossi');
}

test('refused by Telegram: a dead letter without a yes, then WhatsApp, then e-mail where that is preferred; each once', async () => {
  const { sportello } = town;
  const { profiles, signIns, undelivered } = sportello.citizens;
  const person = signIns.sessions.personOf('RSSMRA85T10A562S');
  const [telegram, whatsapp] = [town.telegram.citizen(921), town.whatsapp.citizen('393330000921')];
  await signIn(telegram, () => telegram.last()?.text ?? '');
  await signIn(whatsapp, () => whatsapp.texts().at(-1) ?? '');
  const move = () =>
    undelivered.move({ line: sportello.line, speech: sportello.knowledge.speech, bodyName: 'Comune', publicUrl: town.url });
  const dead = async () => (await sportello.line.listDeadLetters()).filter(({ box }) => box === 'outbox').length;
  const refuse = async () => {
    const before = await dead();
    town.telegram.faults.push({ kind: '400' });
    await telegram.say('grazie');
    await expect.poll(dead, WAIT).toBe(before + 1);
  };

  await refuse();
  expect(await move()).toBe(0);
  expect(await dead()).toBe(1);

  await profiles.keep({ person, fiscalCode: 'RSSMRA85T10A562S', name: 'Mario Rossi' }, { channel: null, lang: null, elsewhere: true });
  const seen = whatsapp.texts().length;
  // The server looks by itself as well: whoever is first, it arrives once.
  const moved = await Promise.all([move(), move()]);
  expect(moved[0] + moved[1]).toBeLessThanOrEqual(1);
  await expect.poll(() => whatsapp.texts().length, WAIT).toBe(seen + 1);
  expect(whatsapp.texts().at(-1)).toMatch(/Su Telegram non siamo riusciti a consegnarti questo messaggio/);
  expect(await dead()).toBe(0);

  await profiles.keep({ person, fiscalCode: 'RSSMRA85T10A562S', name: 'Mario Rossi' }, { channel: 'mail', lang: null, elsewhere: true });
  let figures = '';
  await profiles.askEmail(person, 'mario@example.org', async (_, sent) => {
    figures = sent;
  });
  // An address that nobody has shown to be theirs gets nothing: the other chat does.
  await refuse();
  await move();
  expect(await sportello.database.read.selectFrom('mail').select('id').where('id', 'like', 'moved:%').execute()).toEqual([]);
  await expect.poll(() => whatsapp.texts().length, WAIT).toBe(seen + 2);
  expect(await profiles.confirmEmail(person, figures)).toBe('ok');
  await refuse();
  await move();
  const letters = await sportello.database.read
    .selectFrom('mail')
    .select(['id', 'status', 'address'])
    .where('id', 'like', 'moved:%')
    .execute();
  expect(letters).toHaveLength(1);
  expect(whatsapp.texts().length).toBe(seen + 2);
  const rows = await sportello.database.read.selectFrom('outbox').select('error').where('status', '=', 'moved').orderBy('id').execute();
  expect(rows.map(({ error }) => error?.split(' → ')[1])).toEqual(['whatsapp', 'whatsapp', 'mail']);
}, 180_000);

test('what the other chat refuses too goes no further round: a letter, or a dead letter', async () => {
  const { sportello } = town;
  const { profiles, signIns, undelivered } = sportello.citizens;
  const person = signIns.sessions.personOf('RSSMRA85T10A562S');
  await profiles.forget(person);
  await profiles.keep({ person, fiscalCode: 'RSSMRA85T10A562S', name: 'Mario Rossi' }, { channel: null, lang: null, elsewhere: true });
  const move = () =>
    undelivered.move({ line: sportello.line, speech: sportello.knowledge.speech, bodyName: 'Comune', publicUrl: town.url });
  const deadOf = async () => (await sportello.line.listDeadLetters()).filter(({ box }) => box === 'outbox').map(({ channel }) => channel);
  const telegram = town.telegram.citizen(921);
  town.telegram.faults.push({ kind: '400' });
  await telegram.say('grazie ancora');
  await expect.poll(deadOf, WAIT).toEqual(['telegram']);
  // Twenty-four hours without a word: WhatsApp takes free text no more, once the reply is on its way.
  await sportello.database.write((tx) =>
    tx.updateTable('channel_address').set({ window_until: '2026-01-01T00:00:00.000Z' }).where('channel', '=', 'whatsapp').execute(),
  );
  expect(await move()).toBe(0);
  expect(await deadOf()).toEqual(['telegram']);
}, 120_000);
