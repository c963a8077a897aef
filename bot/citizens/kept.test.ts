/** What is kept of citizens and where it goes, on a real database: profiles of who comes back, letters among many dead ones, a chat that two share. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import { plainReply } from '../conversation/replies.ts';
import { speech } from '../dialogs/fixtures/town.ts';
import { createProfiles } from './profile.ts';
import { createSessions } from './sessions.ts';
import { createKeyed, type Keyed } from './thread.ts';
import { createUndelivered } from './undelivered.ts';

const CODE = 'RSSMRA85T10A562S';
describe.each(engines.filter(({ why }) => !why))('$title', (engine) => {
  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  let database: Database;
  let keyed: Keyed;
  let clock: number;
  const now = () => clock;
  const stamp = () => new Date(clock).toISOString();

  beforeEach(async () => {
    clock = Date.parse('2026-11-25T09:00:00Z');
    database = await engine.open(await engine.place());
    keyed = await createKeyed(database);
    return () => database.close();
  });

  async function signIn(conversationId: string, fiscalCode = CODE) {
    const sessions = createSessions({ database, keyed, now });
    const asker = { conversationId, channel: 'telegram', citizenId: conversationId };
    const verified = { fiscalCode, name: 'Mario Rossi', level: 2 as const };
    const id = `${conversationId} ${fiscalCode} ${clock}`;
    await database.write((tx) => sessions.write(tx, sessions.rowOf({ id, asker, verified, wish: null, cookie: id, figures: null })));
    return sessions.personOf(fiscalCode);
  }

  test('a profile goes two years after its citizen was last seen, not after it was last changed', async () => {
    const profiles = createProfiles({ database, keyed, now });
    const person = await signIn('c1');
    await profiles.keep({ person, fiscalCode: CODE, name: 'Mario Rossi' }, { channel: null, lang: null, elsewhere: true });
    clock += 700 * 86_400_000;
    await signIn('c2');
    clock += 700 * 86_400_000;
    expect(await profiles.sweep()).toBe(0);
    clock += 40 * 86_400_000;
    expect(await profiles.sweep()).toBe(1);
  });

  test('a letter is moved however many dead ones there are; never to a chat in which somebody else signed in', async () => {
    const profiles = createProfiles({ database, keyed, now });
    const person = await signIn('mine');
    await profiles.keep({ person, fiscalCode: CODE, name: 'Mario Rossi' }, { channel: null, lang: null, elsewhere: true });
    let figures = '';
    await profiles.askEmail(person, 'mario@example.org', async (_, sent) => {
      figures = sent;
    });
    await profiles.confirmEmail(person, figures);
    await signIn('family');
    await signIn('family', 'GDUMRT84E52D612J');
    const json = JSON.stringify({ reply: plainReply('Il tuo appuntamento è domani.', 'it'), activityId: 'a' });
    const letter = (conversation_id: string, number: number) => ({
      channel: 'telegram',
      conversation_id,
      json,
      dedup: `${number}:0`,
      status: 'dead',
      attempts: 1,
      next_at: stamp(),
      claimed_until: null,
      error: 'blocked',
      created_at: stamp(),
    });
    await database.write(async (tx) => {
      const chat = { window_until: null, blocked_at: null, linked_at: null, reference: null, created_at: stamp() };
      const address = {
        channel: 'whatsapp',
        address: '39',
        conversation_id: 'family',
        own_conversation_id: 'family',
        citizen_id: 'family',
      };
      await tx
        .insertInto('channel_address')
        .values({ ...address, ...chat })
        .execute();
      for (let number = 1; number <= 60; number++) await tx.insertInto('outbox').values(letter('nobody', number)).execute();
      await tx.insertInto('outbox').values(letter('mine', 61)).execute();
    });
    const said: string[] = [];
    const line = {
      delivery: { pushes: () => true },
      async accept({ conversationId }: { conversationId: string }) {
        said.push(conversationId);
        return { id: '', repeated: false };
      },
    };
    const undelivered = createUndelivered({ database, profiles, now });
    expect(await undelivered.move({ line: line as never, speech, bodyName: 'Comune', publicUrl: '' })).toBe(1);
    expect(said).toEqual([]);
    const mails = await database.read.selectFrom('mail').select('address').where('id', 'like', 'moved:%').execute();
    expect(mails).toEqual([{ address: 'mario@example.org' }]);
  });
});
