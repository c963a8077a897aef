/** Signing in from a chat, over a real provider and a real server. */
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StartedProvider, startProvider } from '../../connectors/identities/fixtures/provider.ts';
import { openTown, type Town } from '../channels/fixtures/open-town.ts';
import { figuresOn, openBrowser } from './fixtures/browser.ts';
import { figuresIn, wantedIn } from './wishes.ts';

const WAIT = { timeout: 30_000 };
let provider: StartedProvider;
let town: Town;
type Talk = Awaited<ReturnType<Town['citizens']['converse']>>;

const freePort = () =>
  new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  provider = await startProvider([`${url}/sign-in/callback`]);
  town = await openTown({ IDENTITIES: 'oidc', ...provider.settings, PORT: String(port) });
}, 120_000);
afterAll(async () => {
  await town?.stop();
  await provider?.stop();
});

const textsOf = async (talk: Talk) =>
  (await talk.read()).activities.filter((one) => one['type'] === 'message').map((one) => String(one['text']));
const lastOf = async (talk: Talk) => (await textsOf(talk)).at(-1) ?? '';
const choicesOf = async (talk: Talk) => {
  const last = (await talk.read()).activities.at(-1)?.['suggestedActions'] as { actions: { title: string }[] } | undefined;
  return last?.actions.map(({ title }) => title) ?? [];
};
const linkIn = (text: string) => /http:[^)"\s]+\/sign-in\/[\w-]{22}/.exec(text)?.[0] ?? '';

async function linkFor(talk: Talk, words = 'le mie pratiche'): Promise<string> {
  await talk.say(words);
  await expect.poll(async () => linkIn(await lastOf(talk)), WAIT).not.toBe('');
  return linkIn(await lastOf(talk));
}

test('a citizen signs in from the chat, sees what is theirs without a code, and leaves again', async () => {
  const talk = await town.citizens.converse();
  const thread = /sportello-thread=([^;]+)/.exec(talk.started.headers.get('set-cookie') ?? '')?.[1] ?? '';
  expect(thread).toHaveLength(43);
  const link = await linkFor(talk);
  expect(await choicesOf(talk)).toContain('A che punto è la mia pratica');
  const browser = openBrowser(provider, new Map([['sportello-thread', thread]]));
  const before = await browser.go(link);
  expect(before.text).toMatch(/chat iniziata sul sito alle \d\d:\d\d/);
  expect(before.headers.get('referrer-policy')).toBe('no-referrer');
  provider.next = { account: 'mario', level: 2 };
  const done = await browser.signIn(link);
  expect(done.text).toContain('Hai fatto l&#8217;accesso come'.replace('&#8217;', '’'));
  // The browser that opened the conversation: nothing has to be written in the chat.
  expect(figuresOn(done)).toBe('');
  await expect.poll(() => lastOf(talk), WAIT).toContain('Mario Rossi');
  const listed = await lastOf(talk);
  expect(listed).toContain('**Le tue pratiche**');
  expect(listed.match(/^- \d+\/\d{4}, /gm)).toHaveLength(2);
  expect(await choicesOf(talk)).toContain('Esci');
  const one = (await choicesOf(talk)).find((title) => title.startsWith('A che punto è la pratica')) ?? '';
  await talk.say(one);
  await expect.poll(() => lastOf(talk), WAIT).toContain('Protocollo');
  await talk.say('esci');
  await expect.poll(() => lastOf(talk), WAIT).toContain('Sei uscito');
  await talk.say('le mie pratiche');
  await expect.poll(() => lastOf(talk), WAIT).toContain('Accedi con SPID o CIE');
  expect((await town.sportello.database.read.selectFrom('citizen_session').select('id').execute()).length).toBe(0);
}, 120_000);

test('whoever follows a link that another sent gives nothing away: the chat must write the figures of their browser', async () => {
  const talk = await town.citizens.converse();
  const link = await linkFor(talk);
  provider.next = { account: 'luca', level: 2 };
  const victim = openBrowser(provider);
  const done = await victim.signIn(link);
  const figures = figuresOn(done);
  expect(figures).toMatch(/^\d{6}$/);
  await expect.poll(() => lastOf(talk), WAIT).toContain('codice di 6 cifre');
  expect((await textsOf(talk)).join('\n')).not.toContain('Verdi');
  await talk.say('le mie pratiche');
  await expect.poll(() => lastOf(talk), WAIT).toContain('Accedi con SPID o CIE');
  const wrong = figures === '000000' ? '000001' : '000000';
  for (const words of ['non è questo', 'non è questo', 'non vale più']) {
    await talk.say(wrong);
    await expect.poll(() => lastOf(talk), WAIT).toContain(words);
  }
  const { body } = await talk.say(figures);
  await expect.poll(async () => (await talk.read()).activities.some(({ replyToId }) => replyToId === body.id), WAIT).toBe(true);
  expect((await textsOf(talk)).join('\n')).not.toContain('Verdi');
}, 120_000);

test('on Telegram the figures make the chat theirs; a form in progress goes on where it stood', async () => {
  const anna = town.telegram.citizen(811);
  await anna.say('buongiorno');
  await expect.poll(() => anna.texts().length, WAIT).toBe(2);
  await anna.say('accedi');
  await expect.poll(() => linkIn(anna.last()?.text ?? ''), WAIT).not.toBe('');
  const link = linkIn(anna.last()?.text ?? '');
  await anna.say('vorrei prenotare un appuntamento per la carta d’identità');
  await expect.poll(() => anna.last()?.plain, WAIT).not.toContain('Accedi');
  provider.next = { account: 'mario', level: 3 };
  const browser = openBrowser(provider);
  expect((await browser.go(link)).text).toContain('chat su Telegram');
  const figures = figuresOn(await browser.signIn(link));
  await expect.poll(() => anna.last()?.plain, WAIT).toContain('codice di 6 cifre');
  await anna.say(`${figures.slice(0, 3)} ${figures.slice(3)}`);
  await expect.poll(() => anna.last()?.plain, WAIT).toContain('Mario Rossi');
  const row = await town.sportello.database.read
    .selectFrom('citizen_conversation')
    .innerJoin('channel_address', 'channel_address.conversation_id', 'citizen_conversation.conversation_id')
    .select('person')
    .where('channel_address.address', '=', '811')
    .execute();
  expect(row).toHaveLength(1);
  const conversation = await town.sportello.database.read
    .selectFrom('conversation')
    .innerJoin('channel_address', 'channel_address.conversation_id', 'conversation.id')
    .select('state')
    .where('channel_address.address', '=', '811')
    .executeTakeFirstOrThrow();
  expect(JSON.parse(conversation.state)).toMatchObject({ dialog: { name: 'booking', data: { stage: 'form' } } });
}, 120_000);

test('refused: another browser, another state, the same way back twice, a used link, too low a level', async () => {
  const talk = await town.citizens.converse();
  const link = await linkFor(talk);
  provider.next = { account: 'mario', level: 2 };
  const [browser, other] = [openBrowser(provider), openBrowser(provider)];
  const back = (await browser.setOut(link)).href;
  const foreign = new URL(back);
  foreign.searchParams.set('state', 'x'.repeat(43));
  expect((await other.go(back)).status).toBe(404);
  expect((await browser.go(foreign.href)).status).toBe(404);
  const [first, second] = await Promise.all([browser.go(back), browser.go(back)]);
  expect([first.status, second.status].sort()).toEqual([200, 404]);
  expect((await browser.go(back)).status).toBe(404);
  expect((await browser.go(link)).status).toBe(404);
  expect((await browser.post(link)).status).toBe(404);
  const low = await linkFor(await town.citizens.converse());
  provider.next = { account: 'mario', level: 1 };
  const refused = await browser.signIn(low);
  expect([refused.status, refused.text]).toEqual([403, expect.stringContaining('livello di sicurezza più basso')]);
  // The state was used up, the link was not.
  provider.next = { account: 'mario', level: 2 };
  expect((await browser.signIn(low)).status).toBe(200);
}, 120_000);

test('of an attempt on its way the database keeps hashes alone, so that it outlives a restart and cannot be read there', async () => {
  const talk = await town.citizens.converse();
  const browser = openBrowser(provider);
  provider.next = { account: 'mario', level: 2 };
  const back = await browser.setOut(await linkFor(talk));
  const rows = await town.sportello.database.read
    .selectFrom('sign_in')
    .select(['state', 'browser'])
    .where('conversation_id', '=', talk.id)
    .execute();
  expect(rows[0]?.state).toHaveLength(64);
  expect(JSON.stringify(rows)).not.toContain(back.searchParams.get('state'));
});

test('the session is of one citizen in one chat: another user of the same conversation has none, and it ends by itself', async () => {
  const talk = await town.citizens.converse();
  provider.next = { account: 'mario', level: 2 };
  const thread = /sportello-thread=([^;]+)/.exec(talk.started.headers.get('set-cookie') ?? '')?.[1] ?? '';
  await openBrowser(provider, new Map([['sportello-thread', thread]])).signIn(await linkFor(talk));
  await expect.poll(() => lastOf(talk), WAIT).toContain('Mario Rossi');
  const { sessions } = town.sportello.citizens.signIns;
  const row = await town.sportello.database.read
    .selectFrom('citizen_session')
    .selectAll()
    .where('conversation_id', '=', talk.id)
    .executeTakeFirstOrThrow();
  const asker = { conversationId: talk.id, channel: row.channel, citizenId: row.citizen_id };
  expect((await sessions.of(asker))?.name).toBe('Mario Rossi');
  expect(await sessions.of({ ...asker, citizenId: 'telegram:9' })).toBeNull();
  expect(await sessions.of({ ...asker, channel: 'telegram' })).toBeNull();
  await town.sportello.database.write((tx) =>
    tx.updateTable('citizen_session').set({ expires_at: '2026-01-01T00:00:00.000Z' }).where('id', '=', row.id).execute(),
  );
  expect(await sessions.of(asker)).toBeNull();
  expect(await town.sportello.citizens.signIns.sweep()).toBeGreaterThan(0);
  expect(await town.sportello.database.read.selectFrom('citizen_session').select('id').where('id', '=', row.id).execute()).toEqual([]);
}, 120_000);

test('words that ask for what is one’s own, and words that do not', () => {
  const asked: Record<string, string[]> = {
    bookings: [
      'le mie prenotazioni',
      'Quali sono i miei appuntamenti?',
      'vorrei vedere le mie prenotazioni',
      'my bookings',
      'Zeigen Sie mir meine Termine',
      'mes rendez-vous',
      'mis citas',
    ],
    cases: ['le mie pratiche', 'mostrami le mie domande', 'my applications', 'mes dossiers'],
    all: ['le mie cose', 'i miei dati'],
    'sign-in': ['accedi', 'Accedi con SPID', 'vorrei accedere', 'login'],
    'sign-out': ['esci', 'Esci.', 'logout', 'abmelden'],
  };
  for (const [wanted, texts] of Object.entries(asked)) for (const text of texts) expect([text, wantedIn(text)]).toEqual([text, wanted]);
  for (const text of [
    'come prenoto?',
    'come si accede agli atti?',
    'vorrei spostare i miei appuntamenti a domani',
    'dove finiscono i miei dati sanitari?',
    'esco di casa',
  ])
    expect([text, wantedIn(text)]).toEqual([text, null]);
  expect([figuresIn('482 913'), figuresIn('il codice è 482913.'), figuresIn('4829131'), figuresIn('12/2026')]).toEqual([
    '482913',
    '482913',
    null,
    null,
  ]);
});

test('who leaves at the provider has left here, in the chat too; who leaves here is shown the way out there', async () => {
  const [talk, link] = await (async () => {
    const one = await town.citizens.converse();
    return [one, await linkFor(one)] as const;
  })();
  const thread = /sportello-thread=([^;]+)/.exec(talk.started.headers.get('set-cookie') ?? '')?.[1] ?? '';
  provider.next = { account: 'mario', level: 2 };
  const browser = openBrowser(provider, new Map([['sportello-thread', thread]]));
  await browser.signIn(link);
  await expect.poll(() => lastOf(talk), WAIT).toContain('Mario Rossi');
  const url = new URL(link).origin;
  expect((await browser.go(`${url}/me`)).text).toContain('Accesso come');
  await provider.leave();
  await expect.poll(async () => (await browser.go(`${url}/me`)).text, WAIT).toContain('devi fare l’accesso');
  await talk.say('le mie pratiche');
  await expect.poll(() => lastOf(talk), WAIT).toContain('Accedi con SPID o CIE');

  await browser.signIn(await linkFor(talk));
  await expect.poll(async () => (await browser.go(`${url}/me`)).text, WAIT).toContain('Accesso come');
  const left = await browser.post(`${url}/me/sign-out`);
  const there = /href="([^"]+)">esci anche da lì/.exec(left.text)?.[1]?.replaceAll('&#38;', '&').replaceAll('&amp;', '&') ?? '';
  expect(new URL(there).origin).toBe(provider.issuer);
  expect((await browser.go(`${url}/me`)).text).toContain('devi fare l’accesso');
  expect(await provider.leave(there)).toMatch(new RegExp(`^${url}/me`));
}, 120_000);
