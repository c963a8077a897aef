/** Switches as citizens meet them: turned over REST, they hold for the next message; on both engines and in every process. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import { type Office, openOffice, type Signed } from '../desk/fixtures/open-office.ts';
import { createSwitches, type Mode } from './switches.ts';

describe('a switch', () => {
  let office: Office;
  let chief: Signed;
  beforeEach(async () => {
    office = await openOffice({ DEMO: 'true' });
    chief = await office.staff('Capo', 'supervisor');
  }, 120_000);
  afterEach(() => office.stop());
  const turn = (mode: Mode, more: object = {}) => chief.call('PUT', '/api/switches', { mode, ...more });
  async function ask(text: string) {
    const citizen = await office.citizens.converse();
    await citizen.until(1);
    await citizen.say(text);
    const [greeting, , answer] = await citizen.until(3);
    return {
      citizen,
      greeting: greeting?.text ?? '',
      answer: answer!,
      outcome: (answer?.channelData?.['sportello'] as { outcome?: string } | undefined)?.outcome,
    };
  }
  const PRICE = 'Quanto costa la carta d’identità elettronica?';
  const TAX = 'Quando scade la TARI?';

  test('closes a topic, a channel or everything, with its banner; emergencies get their numbers; it opens again', {
    timeout: 120_000,
  }, async () => {
    expect((await ask(PRICE)).outcome).toBe('answered');
    expect((await turn('closed', { topic: 'Tributi', banner: 'Tributi: torniamo lunedì.' })).status).toBe(200);
    expect((await ask(TAX)).answer.text).toBe('Tributi: torniamo lunedì.');
    expect((await ask(PRICE)).outcome).toBe('answered');
    await turn('closed', { banner: 'Sportello chiuso per sciopero.' });
    const closed = await ask(PRICE);
    expect([closed.greeting.split('\n')[0], closed.answer.text]).toEqual([
      'Sportello chiuso per sciopero.',
      'Sportello chiuso per sciopero.',
    ]);
    expect((await ask('aiuto, sta bruciando la casa')).answer.text).toMatch(/112/);
    // An exception for one channel.
    await turn('full', { channel: 'web' });
    expect((await ask(PRICE)).outcome).toBe('answered');
    await turn('full', { channel: 'web', topic: 'Tributi' });
    expect((await ask(TAX)).answer.text).not.toMatch(/torniamo|sciopero/);
  });

  test('leaves a topic to people: the question goes to the desk, other topics are answered', { timeout: 120_000 }, async () => {
    await turn('people', { topic: 'Tributi' });
    const asked = await ask(TAX);
    expect(asked.answer.text).toMatch(/risponde una persona[\s\S]*come possiamo ricontattarti/);
    expect(await office.sportello.database.read.selectFrom('handoff').select(['state', 'office']).execute()).toEqual([
      { state: 'requested', office: 'Tributi' },
    ]);
    expect(await office.sportello.database.read.selectFrom('answer').selectAll().execute()).toEqual([]);
    expect((await ask(PRICE)).outcome).toBe('answered');
  });

  test('lets an agent read an answer before the citizen does', { timeout: 120_000 }, async () => {
    await turn('approve', { topic: 'Servizi demografici' });
    const anna = await office.staff('Anna Neri');
    const bruno = await office.staff('Bruno Blu');
    const { citizen, answer } = await ask(PRICE);
    expect(answer.text).toMatch(/controlla la risposta prima/);
    const [listed] = (await anna.call('GET', '/api/handoffs')).body['handoffs'] as { id: string; reason: string }[];
    expect(listed).toMatchObject({ reason: 'approval', state: 'queued' });
    const packet = (await anna.call('GET', `/api/handoffs/${listed?.id}`)).body as { proposed: { text: string; citations: unknown[] } };
    expect(packet.proposed.text).toMatch(/22,20/);
    const both = await Promise.all([anna, bruno].map((who) => who.call('POST', `/api/handoffs/${listed?.id}/approve`, {})));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const heard = (await citizen.until(4)).at(-1);
    expect(heard?.text).toMatch(/22,20[\s\S]*Risposta controllata da \*\*(Anna Neri|Bruno Blu)\*\*/);
    expect(JSON.stringify(heard?.entities)).toMatch(/sources/);
    expect((await anna.call('GET', '/api/handoffs')).body['handoffs']).toEqual([]);
    // The assistant goes on, and only questions of that topic wait.
    await citizen.say('Quando passa il ritiro degli ingombranti?');
    expect((await citizen.until(6)).at(-1)).toMatchObject({
      text: expect.stringMatching(/ingombranti/i),
      channelData: { sportello: { outcome: 'answered' } },
    });
  });

  test('is for supervisors and administrators, names what there is, and leaves a trace', async () => {
    const agent = await office.staff('Anna Neri');
    expect((await agent.call('PUT', '/api/switches', { mode: 'closed' })).status).toBe(403);
    expect((await turn('closed', { topic: 'Ufficio che non c’è' })).status).toBe(400);
    expect((await turn('closed', { channel: 'piccione' })).status).toBe(400);
    await turn('closed', { channel: 'web', banner: 'Chiuso' });
    expect((await agent.call('GET', '/api/switches')).body['switches']).toMatchObject([{ topic: '', channel: 'web', mode: 'closed' }]);
    const audit = await office.sportello.database.read
      .selectFrom('audit')
      .select(['subject', 'detail'])
      .where('action', '=', 'switch.set')
      .execute();
    expect(audit).toEqual([{ subject: '* / web', detail: JSON.stringify({ mode: 'closed', banner: 'Chiuso' }) }]);
  });
});

describe.each(engines)('several processes on $title', (engine) => {
  test.skipIf(engine.why !== null)('a turn of the switch reaches the other at once', async () => {
    await engine.start();
    const place = await engine.place();
    const one = await engine.open(place);
    // The embedded engine has one process; its two views share the connection.
    const two = engine.name === 'postgres' ? await engine.open(place) : one;
    const [here, there] = [await createSwitches(one, () => []), await createSwitches(two, () => [])];
    try {
      expect(there.of('web', 'ciao')).toBeNull();
      await here.set({ topic: '', channel: 'web', mode: 'closed', banner: 'Chiuso' }, 'test', async () => {});
      await expect.poll(() => there.of('web', 'ciao')?.banner, { timeout: 5_000 }).toBe('Chiuso');
      expect(there.of('telegram', 'ciao')).toBeNull();
    } finally {
      here.stop();
      there.stop();
      if (two !== one) await two.close();
      await one.close();
      await engine.stop();
    }
  });
});
