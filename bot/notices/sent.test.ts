/** Staff see whom a piece of news would reach before it is written, and what became of it after. */
import { expect, test } from 'vitest';
import { agree, at, conversation, news, newsroom, now, run, tellingTown, town, write } from './fixtures/telling-town.ts';
import { noticeRoutes } from './routes.ts';

tellingTown();

const door = async (method: string, path: string, body?: unknown) => {
  const route = noticeRoutes({ newsroom, database: town.database, now }).find((one) => one.method === method && one.path === path);
  const parsed = route?.body && route.body !== 'raw' ? route.body.parse(body) : undefined;
  const staff = { id: 'capo', name: 'Capo', role: 'supervisor', office: null };
  return (await route?.handle({ body: parsed, staff, params: {} } as never))?.body as never;
};
const address = (conversationId: string, channel: string, more: object) =>
  town.database.write((tx) =>
    tx
      .insertInto('channel_address')
      .values({
        channel,
        address: conversationId,
        conversation_id: conversationId,
        own_conversation_id: null,
        citizen_id: conversationId,
        window_until: null,
        blocked_at: null,
        linked_at: null,
        reference: null,
        created_at: new Date(now()).toISOString(),
        ...more,
      })
      .execute(),
  );

test('the preview counts who agreed to the topic, by channel, with those a channel would not take it for', async () => {
  const [all, waste, blocked, late, gone] = [
    await conversation('telegram'),
    await conversation('web', 'en'),
    await conversation('telegram'),
    await conversation('whatsapp'),
    await conversation('telegram'),
  ];
  await agree(all);
  await agree(waste, 'rifiuti');
  await agree(waste);
  await agree(blocked, 'rifiuti');
  await agree(late, 'rifiuti');
  await agree(gone, 'cultura');
  await address(blocked, 'telegram', { blocked_at: '2026-11-25T07:00:00.000Z' });
  await address(late, 'whatsapp', { window_until: '2026-11-20T07:00:00.000Z' });
  expect(await door('post', '/api/notices/preview', { topic: 'Rifiuti' })).toEqual({
    total: 4,
    channels: [
      { channel: 'telegram', agreed: 2, blocked: 1, outsideWindow: 0 },
      { channel: 'web', agreed: 1, blocked: 0, outsideWindow: 0 },
      { channel: 'whatsapp', agreed: 1, blocked: 0, outsideWindow: 1 },
    ],
    languages: [
      { lang: 'it', agreed: 3 },
      { lang: 'en', agreed: 1 },
    ],
    topics: [
      { topic: 'cultura', agreed: 1 },
      { topic: 'rifiuti', agreed: 3 },
    ],
  });
});

test('what was told is counted as the channel tells of it: delivered, refused, still to go, shown in the chat', async () => {
  const taken: string[] = [];
  town.line.sendThrough('telegram', async ({ conversationId }) => {
    if (taken.push(conversationId) === 2) return { kind: 'dead', error: 'Forbidden: bot was blocked by the user' };
    return { kind: 'sent', externalId: `${conversationId}:1` };
  });
  for (const channel of ['telegram', 'telegram', 'telegram', 'web']) await agree(await conversation(channel));
  const id = await write(news());
  at('2026-11-25T09:00:00Z');
  expect(await run()).toBe(4);
  await expect.poll(() => taken.length).toBe(3);
  const stamp = new Date(now()).toISOString();
  await town.database.write((tx) =>
    tx
      .insertInto('delivery')
      .values({
        channel: 'telegram',
        external_id: `${taken[0]}:1`,
        activity_id: null,
        part: 0,
        conversation_id: taken[0] ?? '',
        status: 'delivered',
        error: null,
        updated_at: stamp,
      })
      .execute(),
  );
  const counts = async () => ((await door('get', '/api/notices/sent')) as { sent: Record<string, unknown> }).sent[id];
  const none = { told: 0, shown: 0, waiting: 0, sent: 0, delivered: 0, read: 0, failed: 0, moved: 0 };
  await expect.poll(counts).toEqual({
    channels: [
      { ...none, channel: 'telegram', told: 3, sent: 1, delivered: 1, failed: 1 },
      { ...none, channel: 'web', told: 1, shown: 1 },
    ],
    failures: [{ channel: 'telegram', error: 'Forbidden: bot was blocked by the user', count: 1 }],
  });
});

test('the hours that supervisors set are kept: nothing is told outside them', async () => {
  await agree(await conversation('telegram'));
  await write(news());
  await door('put', '/api/notices/hours', { from: '11:00', to: '12:00', perChannel: 5 });
  at('2026-11-25T09:30:00Z');
  expect(await run()).toBe(0);
  at('2026-11-25T10:30:00Z');
  expect(await run()).toBe(1);
  await expect(door('put', '/api/notices/hours', { from: '20:00', to: '08:00', perChannel: 5 })).rejects.toThrow();
});
