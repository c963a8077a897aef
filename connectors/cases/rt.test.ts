/** What only Request Tracker has: an office that works on the tickets, and answers that come late, wrong or not at all. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import openDatabase from '../databases/embedded.ts';
import { temporary } from '../databases/fixtures/engines.ts';
import type { CaseRequest, Proof } from './contract.ts';
import type { World } from './fixtures/plugs.ts';
import { whyNotRt } from './fixtures/rt-server.ts';
import { rtNow, rtPlug } from './fixtures/rt-world.ts';
import { asCase } from './office-tool/read.ts';
import { statusOf } from './rt/statuses.ts';
import openRt, { settings } from './rt.ts';

const person = { fiscalCode: 'GDUMRT84E52D612J', surname: 'Guidi', birthDate: '1984-05-12', email: 'marta@example.org' };
const request: CaseRequest = { subject: 'Cambio d\'uso: l\'"officina" \\ nord', office: 'Edilizia', person, text: 'Vorrei sapere…' };
const proof: Proof = { kind: 'fiscal_code', fiscalCode: person.fiscalCode };

describe.skipIf(whyNotRt())(`rt${whyNotRt() ? `: ${whyNotRt()}` : ''}`, () => {
  let world: World;
  beforeAll(() => rtPlug.start());
  afterAll(() => rtPlug.stop());
  beforeEach(async () => {
    world = await rtPlug.open();
  });
  afterEach(() => world?.close());

  async function opened() {
    const made = await world.cases.open(request, 'k1');
    if (made.kind !== 'ok') throw new Error(JSON.stringify(made));
    const { server, queue } = rtNow();
    const list = await server.agent('GET', `/tickets?query=${encodeURIComponent(`Queue = '${queue}'`)}&fields=Subject,Due,Requestor`);
    const [ticket] = list.body['items'] as { id: string; Subject: string; Due: string; Requestor: { id: string }[] }[];
    if (!ticket) throw new Error('no ticket');
    return { made: made.value, ticket };
  }

  test('files: the bytes stand with the ticket, once though the answer was lost; a hostile name does no harm; large ones whole', {
    timeout: 60_000,
  }, async () => {
    const { ticket } = await opened();
    const { server } = rtNow();
    const content = Buffer.alloc(3_000_000, 'pianta ');
    const file = {
      id: 'f-0123456789abcdef',
      name: '../../"x\r\nBcc: a\u202Efdp.pdf',
      contentType: 'application/pdf',
      content,
      question: 'pianta',
    };
    world.loseNextAnswer();
    expect((await world.cases.attach?.('k1', file))?.kind).toBe('unknown');
    expect(await world.cases.attach?.('k1', file)).toEqual({ kind: 'ok', value: undefined });
    expect(
      (
        await world.cases.attach?.('k1', {
          ...file,
          id: 'f-ffffffffff',
          name: 'foto è.jpeg',
          contentType: 'image/jpeg',
          content: Buffer.from([255, 216, 255, 0]),
        })
      )?.kind,
    ).toBe('ok');
    const listed = await server.agent('GET', `/ticket/${ticket.id}/attachments?fields=Filename,ContentType,ContentLength&per_page=100`);
    const named = (listed.body['items'] as { id: string; Filename?: string; ContentType: string }[]).filter(({ Filename }) => Filename);
    expect(named.map(({ Filename, ContentType }) => [Filename, ContentType])).toEqual([
      ['0123456789 _xBcc_ afdp.pdf', 'application/pdf'],
      ['ffffffffff foto e.jpg', 'image/jpeg'],
    ]);
    const words = (listed.body['items'] as { id: string; Filename?: string }[]).filter(({ Filename }) => !Filename);
    const notes = await Promise.all(words.map(async ({ id }) => String((await server.agent('GET', `/attachment/${id}`)).body['Content'])));
    expect(
      notes.filter((note) => [note, Buffer.from(note, 'base64').toString()].some((one) => one.includes('domanda «pianta»: foto è.jpg'))),
    ).toHaveLength(1);
    const kept = await server.agent('GET', `/attachment/${named[0]?.id}`);
    expect(Buffer.from(String(kept.body['Content']), 'base64').equals(content)).toBe(true);
    world.answerWith?.(401, '{}', 1);
    expect((await world.cases.attach?.('k1', { ...file, id: 'f-eeeeeeeeee' }))?.kind).toBe('down');
  });

  test('the office takes it, waits, goes on and resolves it: the citizen is told each step; nothing of the proof is in RT', async () => {
    const { made, ticket } = await opened();
    expect(ticket.Subject).toContain(request.subject);
    expect(ticket.Subject).toContain(`pratica ${made.number}/${made.year}`);
    expect(ticket.Requestor.map(({ id }) => id)).toEqual(['marta@example.org']);
    expect(ticket.Due.slice(0, 10)).toBe('2026-12-25');
    const { server } = rtNow();
    expect(JSON.stringify((await server.agent('GET', `/ticket/${ticket.id}/history?fields=Content,Data`)).body)).not.toMatch(
      /GDUMRT|Guidi|1984/,
    );
    for (const [status, told] of [
      ['open', 'in_progress'],
      ['stalled', 'waiting'],
      ['open', 'in_progress'],
      ['resolved', 'closed'],
    ]) {
      expect((await server.agent('PUT', `/ticket/${ticket.id}`, { Status: status })).status).toBe(200);
      expect(await world.cases.find(made, proof)).toMatchObject({ kind: 'ok', value: { status: told } });
    }
    const found = await world.cases.find(made, proof);
    if (found.kind !== 'ok') throw new Error(found.kind);
    expect(found.value.history.map(({ status }) => status)).toEqual(['received', 'in_progress', 'waiting', 'in_progress', 'closed']);
    expect(found.value).toMatchObject({ dueOn: null, takenInChargeOn: expect.any(String), concludedOn: expect.any(String) });
  });

  test('refused, busy, broken or away it is down or told to wait, and no case is shown that RT does not have', async () => {
    const { made } = await opened();
    for (const [status, body, kind] of [
      [401, '{"message":"Unauthorized"}', 'down'],
      [429, '', 'retry_after'],
      [503, '<html>', 'down'],
      [200, '{"Status":null}', 'down'],
      [200, 'not json', 'down'],
    ] as const) {
      world.answerWith?.(status, body, 2);
      expect([status, body, (await world.cases.find(made, proof)).kind]).toEqual([status, body, kind]);
    }
    world.answerWith?.(403, '{"message":"Forbidden"}');
    expect((await world.cases.open({ ...request, subject: 'Altra' }, 'k2')).kind).toBe('down');
    const listed = await world.cases.list(person);
    expect(listed.kind === 'ok' && listed.value.map(({ subject }) => subject)).toEqual([request.subject]);
    expect(await world.cases.lookup('k2')).toEqual({ kind: 'not_found' });
    // The same key, once RT takes it.
    expect((await world.cases.open({ ...request, subject: 'Altra' }, 'k2')).kind).toBe('ok');
    expect(await world.count()).toBe(2);
  });

  test('health says which queue, and when it is not there', async () => {
    expect((await world.cases.health()).state).toBe('up');
    const { server } = rtNow();
    const own = await openDatabase({ dataDir: temporary() });
    const lost = await openRt({ database: own }, { RT_URL: server.url, RT_QUEUE: 'Nessuna', RT_USER: 'root', RT_PASSWORD: 'password' });
    expect(await lost.health()).toMatchObject({ state: 'down', detail: expect.stringMatching(/Nessuna/) });
    const locked = await openRt({ database: own }, { RT_URL: server.url, RT_USER: 'root', RT_PASSWORD: 'sbagliata' });
    expect((await locked.health()).state).toBe('down');
    await own.close();
  });
});

test('a status that a body invented is work in progress; a stalled ticket stops the clock', () => {
  const row = {
    ...{ id: 'x', request_key: 'k', request: '', year: 2026, number: 1, subject: 's', office: 'o', status: 'received', protocol: null },
    ...{ received_on: '2026-11-02', taken_in_charge_on: null, concluded_on: null, days: 30, suspensions: '[]', facts: '[]', person: null },
    ...{ history: '[{"status":"received","on":"2026-11-02"}]', created_at: '', updated_at: '' },
  };
  const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);
  const state = (status: string, changes: [string, string][]) => ({
    status: statusOf(status),
    started: '',
    resolved: '',
    changes: changes.map(([to, at]) => ({ to: statusOf(to), at })),
  });
  expect(asCase(row, state('in esame', [['in esame', '2026-11-04T08:00:00Z']]), '2026-11-10', dayOf)).toMatchObject({
    status: 'in_progress',
    takenInChargeOn: '2026-11-04',
    dueOn: '2026-12-02',
  });
  const stalled = asCase(
    row,
    state('stalled', [
      ['open', '2026-11-04T08:00:00Z'],
      ['stalled', '2026-11-10T08:00:00Z'],
    ]),
    '2026-11-15',
    dayOf,
  );
  expect(stalled).toMatchObject({ status: 'waiting', suspendedSince: '2026-11-10', dueOn: '2026-12-07' });
  expect(asCase(row, state('rejected', [['rejected', '2026-11-20T08:00:00Z']]), '2026-11-25', dayOf)).toMatchObject({
    status: 'refused',
    concludedOn: '2026-11-20',
    dueOn: null,
  });
});

test('settings: an address is needed', () => {
  expect(settings.safeParse({}).success).toBe(false);
  expect(settings.parse({ RT_URL: 'https://rt.comune.example' }).RT_QUEUE).toBe('Sportello');
});
