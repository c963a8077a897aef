/** A citizen is called back: over HTTP, on the real line, with an agent who calls. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTelling } from '../../notices/tell.ts';
import { type Office, openOffice, type Signed } from '../fixtures/open-office.ts';
import { createCallsDue } from './due.ts';

const DAY: [string, string][] = [['00:00', '24:00']];
const ALWAYS = { week: [DAY, DAY, DAY, DAY, DAY, DAY, DAY], holidays: true } as const;

let office: Office;
let anna: Signed;
let bruno: Signed;
beforeEach(async () => {
  office = await openOffice();
  anna = await office.staff('Anna Neri');
  bruno = await office.staff('Bruno Blu');
  await office.sportello.hours.save('', structuredClone(ALWAYS) as never);
});
afterEach(() => office.stop());

type Citizen = Awaited<ReturnType<Office['citizens']['converse']>>;
type Reply = { text: string; choices: string[] };

async function talk() {
  const citizen = await office.citizens.converse();
  await citizen.until(1);
  let count = 1;
  return {
    id: citizen.id,
    citizen,
    /** What the assistant answers: one message. */
    async say(text: string): Promise<Reply> {
      await citizen.say(text);
      count += 2;
      return last(citizen, count);
    },
    async heard(): Promise<Reply> {
      count += 1;
      return last(citizen, count);
    },
  };
}
async function last(citizen: Citizen, count: number): Promise<Reply> {
  const said = (await citizen.until(count)).at(-1);
  const actions = (said?.['suggestedActions'] as { actions: { value: string }[] } | undefined)?.actions ?? [];
  return { text: said?.text ?? '', choices: actions.map(({ value }) => value) };
}
/** The first free time, a name and a number: what is read back. */
async function fill(say: (text: string) => Promise<Reply>, phone = '333 1234567'): Promise<Reply> {
  await say('il prima possibile');
  await say('Rosa Greco');
  return say(phone);
}
const rows = async (who: Signed, view: string) =>
  (await who.call('GET', `/api/handoffs?view=${view}`)).body['handoffs'] as {
    id: string;
    callAt: string | null;
    state: string;
    agent: { id: string } | null;
  }[];

test('who waits is offered a call; confirmed, it leaves the queue and is planned; an agent takes it, calls, and it is closed', async () => {
  await anna.call('POST', '/api/desk/here', {});
  const { say, heard } = await talk();
  const queued = await say('vorrei parlare con una persona');
  expect(queued.choices).toEqual(['Preferisco essere richiamato', 'Annulla']);
  expect((await say('Preferisco essere richiamato')).text).toMatch(/Ti richiamiamo noi.*Che giorno/s);
  const summary = await fill(say);
  expect(summary.text).toMatch(/Rosa Greco.*\+39 333 1234567.*acconsenti a essere chiamato/s);
  // It waits until the yes.
  expect(await rows(anna, 'waiting')).toMatchObject([{ state: 'queued', callAt: null }]);
  const done = await say('Sì, richiamatemi');
  expect(done.text).toMatch(/Fatto: .*\+39 333 1234567/);
  expect(done.choices).toEqual(['Sposta la richiamata', 'Annulla la richiamata']);
  expect(await rows(anna, 'waiting')).toEqual([]);
  const [planned] = await rows(anna, 'calls');
  expect(planned).toMatchObject({ state: 'requested', callAt: expect.any(String) });

  const url = `/api/handoffs/${planned?.id}`;
  expect((await bruno.call('POST', `${url}/call`, { result: 'made' })).status).toBe(409);
  expect((await anna.call('POST', `${url}/call`, { result: 'taken' })).status).toBe(200);
  expect((await bruno.call('POST', `${url}/call`, { result: 'taken' })).status).toBe(409);
  expect((await anna.call('GET', url)).body['callBack']).toMatchObject({ phone: '+393331234567', tries: 0 });
  expect(await rows(anna, 'mine')).toMatchObject([{ id: planned?.id }]);
  expect((await anna.call('POST', `${url}/call`, { result: 'made', outcome: 'solved' })).status).toBe(200);
  const told = await heard();
  expect(told.text).toMatch(/Anna Neri\*\* ti ha chiamato/);
  expect(told.choices).toEqual(['Valuta il servizio']);
  expect(await rows(anna, 'calls')).toEqual([]);
  const [consented] = await office.sportello.database.read.selectFrom('call_back').select(['state', 'consented_at']).execute();
  expect(consented).toEqual({ state: 'done', consented_at: expect.stringMatching(/^20/) });
});

test('where nobody is there a call is offered, wished for in one’s own words, and left without losing the request', async () => {
  const { say } = await talk();
  expect((await say('voglio un operatore')).choices).toEqual([
    'Preferisco essere richiamato',
    'Lascia una richiesta di assistenza',
    'Annulla',
  ]);
  expect((await say('allora richiamatemi voi')).text).toMatch(/Che giorno/);
  expect((await say('annulla')).text).toBe('Va bene, non ti richiamiamo.');
  const holds = await office.sportello.database.read.selectFrom('call_back').select('id').execute();
  expect(holds).toEqual([]);
  // The request stands where it was: a contact completes it.
  expect((await say('Rosa Greco, 333 1234567')).text).toMatch(/registrato la tua richiesta/);
});

test('a wish out of the blue; a number that cannot be called is refused; a question in between is answered', async () => {
  const { say } = await talk();
  expect((await say('potete richiamarmi domani?')).text).toMatch(/Ti richiamiamo noi/);
  await say('il prima possibile');
  await say('Rosa Greco');
  expect((await say('899 12345678')).text).toMatch(/non possiamo chiamare/);
  expect((await say('333 12')).text).toMatch(/non torna/);
  expect((await say('quanto costa il loculo?')).text).toMatch(/Torniamo alla richiamata/);
  expect((await say('0039 0100 551099')).text).toMatch(/\+39 010 0551099/);
  expect((await say('no, annulla')).text).toBe('Va bene, non ti richiamiamo.');
});

describe('once planned', () => {
  test('the citizen moves it and cancels it; the agent moves it, finds nobody twice, and it is closed', async () => {
    const { say, heard, id } = await talk();
    await say('richiamatemi');
    await fill(say);
    await say('sì');
    const before = await office.sportello.calls.of({ conversation: id });
    // Name and number need not be said again.
    await say('Sposta la richiamata');
    await say('il prima possibile');
    expect((await say('Rosa Greco')).text).toMatch(/\+39 333 1234567/);
    await say('Sì, richiamatemi');
    const after = await office.sportello.calls.of({ conversation: id });
    expect([after?.handoffId, after?.id === before?.id]).toEqual([before?.handoffId, false]);

    const url = `/api/handoffs/${after?.handoffId}`;
    const times = (await anna.call('GET', `${url}/call-times`)).body['times'] as { start: string }[];
    await anna.call('POST', `${url}/call`, { result: 'taken' });
    expect((await anna.call('POST', `${url}/call`, { result: 'moved', start: times[40]?.start })).status).toBe(200);
    expect((await heard()).text).toMatch(/ha spostato la richiamata/);
    expect((await anna.call('POST', `${url}/call`, { result: 'missed' })).status).toBe(409);
    await anna.call('POST', `${url}/call`, { result: 'taken' });
    await anna.call('POST', `${url}/call`, { result: 'missed' });
    const missed = await heard();
    expect(missed.text).toMatch(/non ti ha trovato\. Ti richiamiamo/);
    expect(missed.choices).toEqual(['Sposta la richiamata', 'Annulla la richiamata']);
    await anna.call('POST', `${url}/call`, { result: 'taken' });
    expect((await anna.call('POST', `${url}/call`, { result: 'missed' })).body).toMatchObject({ state: 'completed', outcome: 'unsolved' });
    expect((await heard()).choices).toEqual(['Preferisco essere richiamato']);
    expect((await say('Annulla la richiamata')).text).toBe('Non hai richiamate in programma.');
  });

  test('the citizen is reminded once, and desks look again when its time has come', async () => {
    const { say, heard, id } = await talk();
    await say('richiamatemi');
    await fill(say);
    await say('sì');
    const { database, line, knowledge, calls } = office.sportello;
    const call = await calls.of({ conversation: id });
    const start = Date.parse(call?.start ?? '');
    const sets = { remind_at: new Date(start - 30 * 60_000).toISOString() };
    await database.write((tx) => tx.updateTable('call_back').set(sets).execute());
    const parts = { database, telling: createTelling({ database, line }), speech: knowledge.speech };
    let looks = 0;
    const due = (now: number) => createCallsDue({ ...parts, now: () => now, changed: () => void looks++ });
    expect([await due(start - 31 * 60_000)(), looks]).toEqual([0, 0]);
    expect(await due(start - 20 * 60_000)()).toBe(1);
    expect(await due(start - 19 * 60_000)()).toBe(0);
    expect((await heard()).text).toMatch(/Tra poco ti chiamiamo/);
    await due(start - 4 * 60_000)();
    await due(start - 3 * 60_000)();
    expect(looks).toBe(1);
  });
});
