import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openEmbedded from '../../connectors/databases/embedded.ts';
import { temporary } from '../../connectors/databases/fixtures/engines.ts';
import { outboxRow } from './commit.ts';
import { createDelivery, type Sent } from './deliver.ts';
import { reply } from './fixtures/small-speaker.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a lease that is being renewed when the channel says “later” holds nothing back', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const real = await openEmbedded({ dataDir: temporary() });
  let isSlow = false;
  let renewals = 0;
  const write: Database['write'] = async (work) => {
    if (isSlow) {
      isSlow = false;
      await sleep(100);
      renewals++;
    }
    return real.write(work);
  };
  const quiet = { warn() {}, error() {} };
  const delivery = createDelivery({ database: { ...real, write }, now: Date.now, log: quiet });
  let answer: (sent: Sent) => void = () => {};
  delivery.sendThrough('telegram', () => new Promise((resolve) => (answer = resolve)));
  const outgoing = { activityId: 'a', conversationId: 'c', reply: reply('Ecco.') };
  await real.write((tx) =>
    tx
      .insertInto('outbox')
      .values(outboxRow(outgoing, 'telegram', '1:0', new Date().toISOString()))
      .execute(),
  );
  const row = () => real.read.selectFrom('outbox').select(['attempts', 'claimed_until']).executeTakeFirstOrThrow();
  delivery.kick('c');
  await expect.poll(async () => (await row()).claimed_until).not.toBeNull();
  isSlow = true;
  vi.advanceTimersByTime(20_000);
  answer({ kind: 'retry', error: 'too fast', afterMs: 60_000 });
  await expect.poll(() => renewals).toBe(1);
  await sleep(100);
  expect(await row()).toEqual({ attempts: 1, claimed_until: null });
  await delivery.stop();
  await real.close();
});

test('the database goes away just after the channel took a reply: it is noted when it is back, and not sent again', async () => {
  const real = await openEmbedded({ dataDir: temporary() });
  let isAway = false;
  let refused = 0;
  const write: Database['write'] = async (work) => {
    if (!isAway) return real.write(work);
    refused++;
    throw new Error('Connection terminated unexpectedly');
  };
  const delivery = createDelivery({ database: { ...real, write }, now: Date.now, log: { warn() {}, error() {} } });
  let sent = 0;
  delivery.sendThrough('telegram', async () => {
    sent++;
    isAway = true;
    return { kind: 'sent', externalId: 'x' };
  });
  const outgoing = { activityId: 'a', conversationId: 'c', reply: reply('Ecco.') };
  await real.write((tx) =>
    tx
      .insertInto('outbox')
      .values(outboxRow(outgoing, 'telegram', '1:0', new Date().toISOString()))
      .execute(),
  );
  delivery.kick('c');
  await expect.poll(() => refused).toBeGreaterThan(1);
  isAway = false;
  const status = async () => (await real.read.selectFrom('outbox').select('status').executeTakeFirstOrThrow()).status;
  await expect.poll(status).toBe('sent');
  expect(sent).toBe(1);
  await delivery.stop();
  await real.close();
});
