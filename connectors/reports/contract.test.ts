/** One suite, every plug: a report arrives once, and is found again by its number. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '../result.ts';
import type { ReportRequest } from './contract.ts';
import { open311Plugs } from './fixtures/open311-world.ts';
import { embeddedPlugs, type World } from './fixtures/plugs.ts';

const request: ReportRequest = {
  category: 'buca',
  description: 'Buca profonda sulla destra, «vicino» al 12 & al 14',
  address: 'via Roma 12',
};
const value = <T>(result: Result<T>): T => {
  if (result.kind !== 'ok') throw new Error(`expected ok, got ${JSON.stringify(result)}`);
  return result.value;
};

describe.each([...embeddedPlugs, ...open311Plugs].map((plug) => [plug.title, plug] as const))('%s', (_, plug) => {
  let world: World;
  beforeAll(() => (plug.why ? undefined : plug.start()));
  afterAll(() => (plug.why ? undefined : plug.stop()));
  beforeEach(async ({ skip }) => {
    if (plug.why) return skip(plug.why);
    world = await plug.open();
  });
  afterEach(() => (plug.why ? undefined : world.close()));

  test('categories and what they ask', async () => {
    expect(value(await world.reports.categories())).toMatchObject([
      { code: 'buca', name: 'Buca nella strada', group: 'Strade', hasFields: false },
      { code: 'luce', name: 'Lampione spento', hasFields: true },
    ]);
    expect(value(await world.reports.fields('luce'))).toMatchObject([
      { code: 'palo', required: true, datatype: 'string', values: [] },
      { code: 'tipo', required: false, datatype: 'multivaluelist', values: [{ key: 'spento', name: 'È spento' }, { key: 'lampeggia' }] },
    ]);
    expect(value(await world.reports.fields('buca'))).toEqual([]);
    expect(await world.reports.fields('niente')).toEqual({ kind: 'not_found' });
  });

  test('sent, then found by its number; with coordinates too', async () => {
    const sent = value(await world.reports.submit(request, 'k1'));
    expect(sent.id).toMatch(/\S/);
    const found = value(await world.other.get(sent.id));
    expect(found).toMatchObject({
      id: sent.id,
      category: { code: 'buca', name: 'Buca nella strada' },
      status: 'received',
      address: 'via Roma 12',
      lat: null,
    });
    expect(found.description).toContain(request.description);
    world.clock.now += 1000;
    const { address: _address, ...rest } = request;
    const placed = value(await world.reports.submit({ ...rest, lat: 45.4642, long: 9.19, attributes: {} }, 'k2'));
    expect(value(await world.reports.get(placed.id))).toMatchObject({ lat: 45.4642, long: 9.19 });
    expect(value(await world.reports.list({})).map(({ id }) => id)).toEqual([placed.id, sent.id]);
    expect(value(await world.reports.list({ ids: [sent.id] })).map(({ id }) => id)).toEqual([sent.id]);
    expect(value(await world.reports.list({ status: 'closed' }))).toEqual([]);
    expect(await world.reports.get('S999-2026')).toEqual({ kind: 'not_found' });
  });

  test('what a category asks is needed, and wrong requests are told by field', async () => {
    expect((await world.reports.submit({ ...request, category: 'luce' }, 'k1')).kind).toBe('invalid');
    expect((await world.reports.submit({ ...request, category: 'luce', attributes: { palo: '7', tipo: ['rosso'] } }, 'k1')).kind).toBe(
      'invalid',
    );
    const both = value(
      await world.reports.submit({ ...request, category: 'luce', attributes: { palo: '7', tipo: ['spento', 'lampeggia'] } }, 'k1'),
    );
    expect(both.category.code).toBe('luce');
    expect(await world.reports.submit({ category: 'buca', description: 'x' }, 'k2')).toMatchObject({
      kind: 'invalid',
      fields: { address: expect.any(String) },
    });
    expect(await world.reports.submit({ ...request, description: ' ' }, 'k2')).toMatchObject({ kind: 'invalid' });
    expect(await world.reports.submit({ ...request, lat: 91, long: 9 }, 'k2')).toMatchObject({ kind: 'invalid' });
    expect(await world.reports.submit({ ...request, category: 'niente' }, 'k2')).toEqual({ kind: 'not_found' });
    expect(await world.count()).toBe(1);
  });

  test('one key, one report; another request under it is refused', async () => {
    const both = await Promise.all([world.reports.submit(request, 'same'), world.other.submit(request, 'same')]);
    const [first] = both.flatMap((one) => (one.kind === 'ok' ? [one.value] : []));
    expect(await world.count()).toBe(1);
    expect(value(await world.reports.submit(request, 'same')).id).toBe(first?.id);
    expect((await world.reports.submit({ ...request, description: 'altra cosa' }, 'same')).kind).toBe('invalid');
    expect(await world.count()).toBe(1);
  });

  test('a time-out after a completed write is unknown, is found by its key, and repeating it sends nothing twice', async () => {
    world.loseNextAnswer();
    expect((await world.reports.submit(request, 'lost')).kind).toBe('unknown');
    const found = value(await world.reports.lookup('lost'));
    expect(value(await world.reports.submit(request, 'lost')).id).toBe(found.id);
    expect(await world.reports.lookup('never sent')).toEqual({ kind: 'not_found' });
    expect(await world.count()).toBe(1);
    expect((await world.reports.health()).state).toBe('up');
  });

  test('an other system that refuses, is busy, breaks or answers nonsense', async ({ skip }) => {
    if (!world.answerWith) return skip('this plug has no other system: the database is the office');
    // Known before, so that what follows meets the sending itself.
    value(await world.reports.categories());
    for (const [status, body, kinds] of [
      [401, 'no', ['down']],
      [403, '[{"code":403,"description":"api_key"}]', ['down']],
      [429, '', ['retry_after']],
      [503, 'later', ['down', 'unknown']],
      [200, '<html>captive</html>', ['down', 'unknown']],
      [200, '{"success":false}', ['down', 'unknown']],
      [200, 'null', ['down', 'unknown']],
    ] as const) {
      world.answerWith(status, body);
      expect([status, body, kinds, kinds.includes((await world.reports.get('x')).kind as never)]).toEqual([status, body, kinds, true]);
      world.answerWith(status, body);
      expect([status, body, kinds.includes((await world.reports.submit(request, `k${status}${body}`)).kind as never)]).toEqual([
        status,
        body,
        true,
      ]);
      world.answerWith(status, body);
      expect([status, (await world.reports.health()).state]).toEqual([status, 'down']);
    }
    expect(await world.count()).toBe(0);
    expect((await world.reports.health()).state).toBe('up');
  });
});
