/** A citizen asks for a person, and one comes: over HTTP, on the real line. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startPostgres, whyNoPostgres } from '../../connectors/databases/fixtures/start-postgres.ts';
import { type Office, openOffice, type Signed } from './fixtures/open-office.ts';

let office: Office;
let anna: Signed;
let bruno: Signed;
beforeEach(async () => {
  office = await openOffice();
  anna = await office.staff('Anna Neri');
  bruno = await office.staff('Bruno Blu');
});
afterEach(() => office.stop());

type Listed = { id: string; state: string; number: string; request: { text: string; contact: string | null }; conversationId: string };
const open = async (who: Signed) => (await who.call('GET', '/api/handoffs')).body['handoffs'] as Listed[];
const request = async (citizen: Awaited<ReturnType<Office['citizens']['converse']>>) => {
  await citizen.until(1);
  await citizen.say('vorrei parlare con una persona');
  const said = await citizen.until(3);
  const handoff = (await open(anna)).find((one) => one.conversationId === citizen.id) as Listed;
  return { handoff, answer: said.at(-1)?.text ?? '' };
};

describe('a person', () => {
  test('takes over with everything said so far, answers under a name, and gives the conversation back', async () => {
    await anna.call('POST', '/api/desk/here', {});
    const citizen = await office.citizens.converse();
    await citizen.until(1);
    await citizen.say('Quanto costa il loculo?');
    await citizen.until(3);
    await citizen.say('vorrei parlare con una persona');
    const queued = (await citizen.until(5)).at(-1)!;
    expect(queued.text).toMatch(/numero 1/);
    expect(queued.channelData?.['sportello']).toMatchObject({ outcome: 'dialog', dialog: 'handoff' });
    const [handoff] = await open(anna);
    expect(handoff).toMatchObject({ state: 'queued', conversationId: citizen.id });

    const packet = (await anna.call('GET', `/api/handoffs/${handoff!.id}`)).body as {
      transcript: { role: string; text: string }[];
      summary: string;
    };
    expect(packet.transcript.filter(({ role }) => role === 'citizen').map(({ text }) => text)).toEqual([
      'Quanto costa il loculo?',
      'vorrei parlare con una persona',
    ]);
    expect(packet.summary).toMatch(/loculo/);

    expect((await anna.call('POST', `/api/handoffs/${handoff!.id}/claim`, {})).status).toBe(200);
    expect((await bruno.call('POST', `/api/handoffs/${handoff!.id}/claim`, {})).status).toBe(409);
    await citizen.until(6);
    const said = { text: 'Buongiorno, il loculo costa secondo la zona.', key: 'k1' };
    const first = await anna.call('POST', `/api/handoffs/${handoff!.id}/messages`, said);
    const again = await anna.call('POST', `/api/handoffs/${handoff!.id}/messages`, said);
    expect([first.status, first.body['messageId']]).toEqual([201, again.body['messageId']]);
    const heard = (await citizen.until(7)).at(-1)!;
    expect(heard).toMatchObject({
      text: said.text,
      from: { name: 'Anna Neri', role: 'bot' },
      channelData: { sportello: { speaker: 'agent' } },
    });
    expect(heard.replyToId).toBeUndefined();

    await citizen.say('Grazie! E la concessione quanto dura?');
    await citizen.until(8);
    expect((await bruno.call('POST', `/api/handoffs/${handoff!.id}/messages`, { text: 'Io no' })).status).toBe(409);
    expect((await anna.call('POST', `/api/handoffs/${handoff!.id}/notes`, { text: 'richiamare' })).status).toBe(201);
    expect((await anna.call('POST', `/api/handoffs/${handoff!.id}/close`, { outcome: 'solved' })).status).toBe(200);
    const closed = (await citizen.until(9)).at(-1)!;
    expect(closed).toMatchObject({ suggestedActions: { actions: [{ value: 'Valuta il servizio' }] } });
    await citizen.say('Valuta il servizio');
    await citizen.until(11);
    await citizen.say('5');
    await citizen.until(13);
    await citizen.say('annulla');
    const thanks = (await citizen.until(15)).at(-1)!;
    expect(thanks.text).toMatch(/parere/);
    const ratings = await office.sportello.database.read.selectFrom('rating').selectAll().execute();
    expect(ratings).toMatchObject([{ conversation_id: citizen.id, subject: 'desk', stars: 5 }]);
    await citizen.say('Quanto costa il loculo?');
    expect((await citizen.until(17)).at(-1)!.channelData?.['sportello']).toMatchObject({ outcome: expect.any(String) });
    expect(await open(anna)).toEqual([]);
  });

  test('where nobody is there a contact is asked for, kept with the request, and an agent may still come', async () => {
    const citizen = await office.citizens.converse();
    const { handoff, answer } = await request(citizen);
    expect(answer).toMatch(/nome/);
    expect(handoff).toMatchObject({ state: 'requested', request: { contact: null } });
    await citizen.say('Maria Rossi, 333 1234567, per la TARI');
    await citizen.until(5);
    expect(await open(anna)).toMatchObject([{ id: handoff.id, request: { contact: '333 1234567' } }]);
    expect((await anna.call('POST', `/api/handoffs/${handoff.id}/claim`, {})).status).toBe(200);
  });

  test('a citizen who waits gets answers meanwhile, may leave, and is not taken afterwards', async () => {
    await anna.call('POST', '/api/desk/here', {});
    const citizen = await office.citizens.converse();
    const { handoff } = await request(citizen);
    await citizen.say('Quanto costa il loculo?');
    const said = await citizen.until(6);
    expect(said.at(-2)?.channelData?.['sportello']).toMatchObject({ outcome: expect.any(String) });
    expect(said.at(-1)?.text).toMatch(/sempre in attesa.*numero 1/);
    await citizen.say('annulla');
    await citizen.until(8);
    expect(await open(anna)).toEqual([]);
    expect((await anna.call('POST', `/api/handoffs/${handoff.id}/claim`, {})).status).toBe(409);
  });

  test('is passed on to a colleague; staff of another office see nothing of it', async () => {
    const citizen = await office.citizens.converse();
    const { handoff } = await request(citizen);
    await anna.call('POST', `/api/handoffs/${handoff.id}/claim`, {});
    await office.sportello.database.write((tx) =>
      tx.updateTable('handoff').set({ office: 'Anagrafe' }).where('id', '=', handoff.id).execute(),
    );
    const carla = await office.staff('Carla', 'agent', 'Tributi');
    expect(await open(carla)).toEqual([]);
    expect((await carla.call('GET', `/api/handoffs/${handoff.id}`)).status).toBe(404);
    expect((await anna.call('POST', `/api/handoffs/${handoff.id}/transfer`, { to: 'Nessuno' })).status).toBe(400);
    expect((await anna.call('POST', `/api/handoffs/${handoff.id}/transfer`, { to: 'Bruno Blu' })).status).toBe(200);
    expect((await anna.call('POST', `/api/handoffs/${handoff.id}/messages`, { text: 'ancora io' })).status).toBe(409);
    expect((await bruno.call('POST', `/api/handoffs/${handoff.id}/messages`, { text: 'eccomi' })).status).toBe(201);
  });

  test('who vanishes loses nothing: the citizen waits again, and the agent may come back', async () => {
    await anna.call('POST', '/api/desk/here', {});
    const citizen = await office.citizens.converse();
    const { handoff } = await request(citizen);
    await anna.call('POST', `/api/handoffs/${handoff.id}/claim`, {});
    await citizen.until(4);
    const long = new Date(Date.now() - 90_000).toISOString();
    await office.sportello.database.write((tx) => tx.updateTable('desk_presence').set({ seen_at: long }).execute());
    expect(await office.sportello.desk.sweep()).toBe(1);
    expect(await office.sportello.desk.sweep()).toBe(0);
    expect((await citizen.until(5)).at(-1)?.text).toMatch(/di nuovo in attesa/);
    expect((await anna.call('POST', `/api/handoffs/${handoff.id}/messages`, { text: 'scusi, eccomi' })).status).toBe(201);
    await citizen.until(6);
    expect(await open(anna)).toMatchObject([{ state: 'accepted' }]);
  });

  test('a citizen cannot send what only a desk sends', async () => {
    const citizen = await office.citizens.converse();
    await citizen.until(1);
    await citizen.post({ type: 'event', name: 'desk', value: { act: 'said', name: 'Sindaco', text: 'Tutto gratis' } });
    await citizen.post({ type: 'desk', value: { act: 'joined', name: 'Sindaco' } });
    await citizen.say('ciao');
    const said = await citizen.until(3);
    expect(said.some(({ text }) => /Sindaco|gratis/.test(text ?? ''))).toBe(false);
  });
});

const why = whyNoPostgres();
const engines = [{ engine: 'embedded' }, ...(why ? [] : [{ engine: 'postgres' }])];
describe.each(engines)('claims at once on $engine', ({ engine }) => {
  test('a hundred conversations and a thousand claims: each is taken once', { timeout: 120_000 }, async () => {
    const postgres = engine === 'postgres' ? await startPostgres() : null;
    const many = await openOffice(postgres ? { DATABASE_URL: await postgres.createDatabase() } : {});
    try {
      const agents = await Promise.all(Array.from({ length: 10 }, (_, i) => many.staff(`Agente ${i}`)));
      const { database, line } = many.sportello;
      const receivedAt = new Date().toISOString();
      const ids = Array.from({ length: 100 }, (_, i) => `c${i}`);
      for (const id of ids) {
        await line.accept({
          channel: 'web',
          externalId: id,
          conversationId: id,
          id,
          kind: 'opened',
          text: '',
          attachments: [],
          citizenId: id,
          receivedAt,
        });
        await database.write((tx) =>
          tx
            .insertInto('handoff')
            .values({
              id,
              conversation_id: id,
              state: 'queued',
              reason: 'asked',
              request: '{}',
              created_at: receivedAt,
              updated_at: receivedAt,
            })
            .execute(),
        );
      }
      const broken = new Set<string>();
      // On a machine so busy that the database's answer does not come in time, whoever claims is told so, and tries again.
      const claim = async (id: string, agent: (typeof agents)[number]) => {
        for (;;) {
          const { status } = await agent.call('POST', `/api/handoffs/${id}/claim`, {});
          if (status < 500) return { id, agent: agent.id, status };
          broken.add(id);
        }
      };
      const answers = await Promise.all(ids.flatMap((id) => agents.map((agent) => claim(id, agent))));
      const taken = answers.filter(({ status }) => status === 200);
      expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(1_000 - taken.length);
      // What was taken by a claim whose answer was lost is taken all the same.
      expect(ids.filter((id) => !broken.has(id) && !taken.some((one) => one.id === id))).toEqual([]);
      const rows = await database.read.selectFrom('handoff').select(['id', 'state', 'agent_id']).execute();
      expect(rows.filter(({ state, agent_id }) => state === 'accepted' && agent_id !== null)).toHaveLength(100);
      for (const { id, agent } of taken) expect(rows.find((row) => row.id === id)?.agent_id).toBe(agent);
    } finally {
      await many.stop();
      await postgres?.stop();
    }
  });
});
