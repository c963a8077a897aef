/** One suite, every plug: a notice is looked up, and nothing but looked up. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CHECKOUT } from './contract.ts';
import { govPayPlug } from './fixtures/govpay-world.ts';
import { BODY, embeddedPlugs, NAVS, type World } from './fixtures/plugs.ts';

describe.each([...embeddedPlugs, govPayPlug].map((plug) => [plug.title, plug] as const))('%s', (_, plug) => {
  let world: World;
  beforeAll(() => (plug.why ? undefined : plug.start()));
  afterAll(() => (plug.why ? undefined : plug.stop()));
  beforeEach(async ({ skip }) => {
    if (plug.why) return skip(plug.why);
    world = await plug.open();
  });
  afterEach(() => (plug.why ? undefined : world.close()));

  test('to pay, paid, cancelled, not there', async () => {
    expect(await world.payments.find(NAVS.open)).toEqual({
      kind: 'ok',
      value: {
        nav: NAVS.open,
        iuv: NAVS.open.slice(1),
        bodyCode: BODY,
        state: 'payable',
        amountCents: 112_345,
        dueOn: '2026-12-16',
        paidOn: null,
        reason: 'TARI 2026',
      },
    });
    expect(await world.payments.find(NAVS.paid)).toMatchObject({ value: { state: 'paid', paidOn: '2026-10-05', amountCents: 2200 } });
    expect(await world.payments.find(NAVS.cancelled)).toMatchObject({ value: { state: 'cancelled', dueOn: null } });
    expect(await world.payments.find('301000000000009999')).toEqual({ kind: 'not_found' });
    expect((await world.payments.health()).state).toBe('up');
  });

  test('by IUV where the plug can', async () => {
    const found = await world.payments.findByIuv(NAVS.open.slice(1));
    if (world.payments.capabilities().has('by_iuv')) expect(found).toMatchObject({ value: { nav: NAVS.open } });
    else expect(found).toEqual({ kind: 'not_allowed', need: 'unsupported' });
    expect((await world.payments.findByIuv('00000000000000000')).kind).not.toBe('ok');
  });

  test('the link goes to pagoPA’s own page and nowhere else; none for what is paid or cancelled', async () => {
    const links = await Promise.all(
      Object.values(NAVS).map(async (nav) => {
        const found = await world.payments.find(nav);
        return found.kind === 'ok' ? world.payments.payLink(found.value) : found.kind;
      }),
    );
    expect(links).toEqual([CHECKOUT, null, null]);
    expect(new URL(CHECKOUT).host).toBe('checkout.pagopa.it');
  });

  test('an other system that refuses, is busy, breaks or answers nonsense', async ({ skip }) => {
    if (!world.answerWith) return skip('this plug has no other system: the database is the office');
    for (const [status, body, kind] of [
      [401, '', 'down'],
      [429, '', 'retry_after'],
      [503, 'later', 'down'],
      [200, '<html>captive</html>', 'down'],
      [200, '{"success":false}', 'down'],
      [200, 'null', 'down'],
    ] as const) {
      world.answerWith(status, body);
      expect([status, body, (await world.payments.find(NAVS.open)).kind]).toEqual([status, body, kind]);
    }
    expect((await world.payments.find(NAVS.open)).kind).toBe('ok');
  });
});
