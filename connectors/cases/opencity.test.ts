/** What only OpenCity Italia has: applications that its operators work on, tokens that end, answers of other shapes. Never run on a tenant. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CaseRequest, Proof } from './contract.ts';
import { type OpenCityWorld, openCityPlug } from './fixtures/opencity-world.ts';
import { settings } from './opencity.ts';

const person = { fiscalCode: 'GDUMRT84E52D612J', surname: 'Guidi', birthDate: '1984-05-12', email: 'marta@example.org' };
const request: CaseRequest = { subject: 'Cambio d’uso', office: 'Edilizia', person, text: 'Vorrei sapere…' };
const proof: Proof = { kind: 'fiscal_code', fiscalCode: person.fiscalCode };

let world: OpenCityWorld;
beforeEach(async () => {
  world = await openCityPlug.open();
});
afterEach(() => world.close());

async function opened() {
  const made = await world.cases.open(request, 'k1');
  if (made.kind !== 'ok') throw new Error(JSON.stringify(made));
  return { made: made.value, application: [...world.tool.applications.values()][0]! };
}

test('the office registers it, asks for more, goes on and ends it: the citizen is told each step and the protocol number', async () => {
  const { made, application } = await opened();
  expect(application.data).toMatchObject({ subject: 'Cambio d’uso', reference: `${made.number}/${made.year}` });
  let at = Math.floor(world.clock.now / 1000);
  for (const [status, name, told] of [
    [3000, 'status_registered', 'received'],
    [4000, 'status_pending', 'in_progress'],
    [4200, 'status_draft_for_integration', 'waiting'],
    [4500, 'status_pending_after_integration', 'in_progress'],
    [7000, 'status_complete', 'granted'],
    [9000, 'status_cancelled', 'refused'],
    [20000, 'status_withdraw', 'withdrawn'],
    [9000, '', 'closed'],
    [5555, 'status_of_a_body', 'in_progress'],
  ] as const) {
    at += 86_400;
    Object.assign(application, { status, status_name: name, protocol_number: '0000042/2026' });
    application.history.push({ status, at, message: null });
    const found = await world.cases.find(made, proof);
    expect([name, found]).toMatchObject([name, { kind: 'ok', value: { status: told, protocol: '0000042/2026' } }]);
  }
});

test('a token that ended in mid-conversation is renewed, and nothing is done twice', async () => {
  const { made } = await opened();
  world.tool.endTokens();
  expect((await world.cases.find(made, proof)).kind).toBe('ok');
  world.tool.endTokens();
  expect((await world.cases.open({ ...request, subject: 'Altra' }, 'k2')).kind).toBe('ok');
  expect(await world.count()).toBe(2);
});

test('refused, busy, broken, of another shape or saying “no” with 200: never a case that is not there', async () => {
  const { made } = await opened();
  for (const [status, body, kind] of [
    [401, { code: 401 }, 'down'],
    [403, {}, 'down'],
    [429, '', 'retry_after'],
    [503, '<html>', 'down'],
    [200, { id: null }, 'down'],
    [200, 'not json', 'down'],
  ] as const) {
    world.answerWith?.(status, typeof body === 'string' ? body : JSON.stringify(body), 2);
    expect([status, body, (await world.cases.find(made, proof)).kind]).toEqual([status, body, kind]);
    world.tool.answer(null);
  }
  world.answerWith?.(200, JSON.stringify({ success: false, message: 'Servizio non attivo' }));
  expect(await world.cases.open({ ...request, subject: 'Altra' }, 'k2')).toMatchObject({ kind: 'invalid' });
  world.answerWith?.(503, '', 1);
  expect((await world.cases.open({ ...request, subject: 'Terza' }, 'k3')).kind).toBe('unknown');
  expect(await world.count()).toBe(1);
});

test('health says which service, and when it is not there; settings: an address is needed', async () => {
  expect(await world.cases.health()).toMatchObject({ state: 'up', detail: expect.stringContaining('pratiche') });
  world.tool.answer({ status: 500 });
  expect((await world.cases.health()).state).toBe('down');
  expect(settings.safeParse({}).success).toBe(false);
});

test('files: the bytes stand with the application, once, whatever is lost; other troubles are told', async () => {
  await opened();
  const file = {
    id: 'f-0123456789abcdef',
    name: 'pianta "nord".pdf',
    contentType: 'application/pdf',
    content: Buffer.from('%PDF-1.4'),
    question: 'pianta',
  };
  world.loseNextAnswer();
  expect((await world.cases.attach?.('k1', file))?.kind).toBe('unknown');
  expect(await world.cases.attach?.('k1', file)).toEqual({ kind: 'ok', value: undefined });
  const [application] = [...world.tool.applications.values()];
  expect(application?.messages).toMatchObject([
    {
      message: expect.stringContaining('pianta'),
      attachments: [
        { name: '0123456789 pianta _nord_.pdf', mime_type: 'application/pdf', file: Buffer.from('%PDF-1.4').toString('base64') },
      ],
    },
  ]);
  expect((await world.cases.attach?.('k9', file))?.kind).toBe('not_found');
  world.answerWith?.(503, '', 1);
  expect((await world.cases.attach?.('k1', { ...file, id: 'f-ffffffffff' }))?.kind).toBe('down');
  world.answerWith?.(429, '', 1);
  expect((await world.cases.attach?.('k1', { ...file, id: 'f-ffffffffff' }))?.kind).toBe('retry_after');
});
