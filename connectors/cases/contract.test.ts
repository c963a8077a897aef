/** One suite, every plug: a case is opened once, and seen only by who can prove a right to it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '../result.ts';
import type { CaseRequest, Proof } from './contract.ts';
import { embeddedPlugs, type World } from './fixtures/plugs.ts';
import { openCityPlug } from './fixtures/opencity-world.ts';
import { rtPlug } from './fixtures/rt-world.ts';

const person = { fiscalCode: 'GDUMRT84E52D612J', surname: "De' Guidi", birthDate: '1984-05-12' };
const request: CaseRequest = { subject: 'Cambio di residenza', office: 'Servizi demografici', person };
const value = <T>(result: Result<T>): T => {
  if (result.kind !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(result)}`);
  return result.value;
};
const byCode: Proof = { kind: 'fiscal_code', fiscalCode: 'gdu mrt 84e52 d612j' };

describe.each([...embeddedPlugs, openCityPlug, rtPlug].map((plug) => [plug.title, plug] as const))('%s', (_, plug) => {
  let world: World;
  beforeAll(() => (plug.why ? undefined : plug.start()));
  afterAll(() => (plug.why ? undefined : plug.stop()));
  beforeEach(async ({ skip }) => {
    if (plug.why) return skip(plug.why);
    world = await plug.open();
  });
  afterEach(() => (plug.why ? undefined : world.close()));

  test('opened, then seen with either second fact, or as the person signed in', async () => {
    const opened = value(await world.cases.open(request, 'k1'));
    expect(opened).toMatchObject({
      subject: 'Cambio di residenza',
      status: 'received',
      receivedOn: '2026-11-25',
      dueOn: '2026-12-25',
      year: 2026,
    });
    const proofs: Proof[] = [
      byCode,
      { kind: 'person', fiscalCode: person.fiscalCode },
      { kind: 'surname', names: 'De Guidi', birthDate: '1984-05-12' },
      { kind: 'surname', names: 'Marta de guidi', birthDate: '1984-05-12' },
    ];
    for (const proof of proofs) expect([proof, await world.other.find(opened, proof)]).toEqual([proof, { kind: 'ok', value: opened }]);
    expect(value(await world.cases.list(person))).toEqual([opened]);
    expect(value(await world.cases.list({ fiscalCode: 'RSSMRA85T10A562S' }))).toEqual([]);
  });

  test('an unknown number and a wrong proof are answered alike', async () => {
    const opened = value(await world.cases.open(request, 'k1'));
    const answers = await Promise.all([
      world.cases.find({ ...opened, number: opened.number + 1 }, byCode),
      world.cases.find({ ...opened, year: 2025 }, byCode),
      world.cases.find(opened, { kind: 'fiscal_code', fiscalCode: 'RSSMRA85T10A562S' }),
      world.cases.find(opened, { kind: 'surname', names: 'De Guidi', birthDate: '1984-05-13' }),
      world.cases.find(opened, { kind: 'surname', names: '', birthDate: '1984-05-12' }),
      world.cases.find(opened, { kind: 'fiscal_code', fiscalCode: '' }),
    ]);
    for (const answer of answers) expect(answer).toEqual({ kind: 'not_found' });
  });

  test('one key, one case; another request under it is refused', async () => {
    const [first, second] = (await Promise.all([world.cases.open(request, 'same'), world.other.open(request, 'same')])).map(value);
    expect(second).toEqual(first);
    expect(value(await world.cases.open(request, 'same'))).toEqual(first);
    expect((await world.cases.open({ ...request, subject: 'Altro' }, 'same')).kind).toBe('invalid');
    expect(await world.count()).toBe(1);
    expect((await world.cases.open({ ...request, person: { ...person, birthDate: 'ieri' } }, 'k')).kind).toBe('invalid');
    expect((await world.cases.open(request, '')).kind).toBe('invalid');
  });

  test('a time-out after a completed write is unknown, is found by its key, and repeating it opens nothing twice', async () => {
    world.loseNextAnswer();
    expect((await world.cases.open(request, 'lost')).kind).toBe('unknown');
    const found = value(await world.cases.lookup('lost'));
    expect(value(await world.cases.open(request, 'lost'))).toEqual(found);
    expect(await world.cases.lookup('never sent')).toEqual({ kind: 'not_found' });
    expect(await world.count()).toBe(1);
  });

  test('files: a plug that takes them holds each once, though an answer is lost; the others say that they take none', async () => {
    value(await world.cases.open(request, 'k1'));
    expect(world.cases.attach !== undefined).toBe(world.cases.capabilities().has('attach'));
    if (!world.cases.attach) return;
    const file = {
      id: 'f-0123456789abcdef',
      name: '../a\u202Efdp.pdf',
      contentType: 'application/pdf',
      content: Buffer.from('%PDF-1.4'),
      question: 'pianta',
    };
    expect((await world.cases.attach('unknown', file)).kind).toBe('not_found');
    world.loseNextAnswer();
    expect((await world.cases.attach('k1', file)).kind).toBe('unknown');
    expect((await world.cases.attach('k1', file)).kind).toBe('ok');
    // By whichever process of ours, and as often as it is asked for.
    expect((await world.other.attach?.('k1', file))?.kind).toBe('ok');
  });

  test('many at once get numbers of their own, without a gap', async () => {
    const opened = await Promise.all(
      Array.from({ length: world.many ?? 40 }, (_, index) => world[index % 2 ? 'cases' : 'other'].open(request, `k${index}`)),
    );
    const numbers = opened.map((one) => value(one).number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: world.many ?? 40 }, (_, index) => (numbers[0] ?? 0) + index));
    expect((await world.cases.health()).state).toBe('up');
  });
});
