import { expect, test } from 'vitest';
import { emptyState } from '../../conversation/conversation.ts';
import { createLateEdge } from './late-edge.ts';

const message = {
  channel: 'web',
  externalId: 'x',
  conversationId: 'c',
  id: 'm1',
  kind: 'text' as const,
  text: 'Quanto costa?',
  attachments: [],
  citizenId: 'dl_anna',
  receivedAt: '2026-11-25T09:00:00.000Z',
  origin: 'https://comune.example',
};
const conversation = {
  id: 'c',
  channel: 'web',
  citizenId: 'dl_anna',
  lang: 'it',
  mode: 'bot' as const,
  state: emptyState(),
  history: [],
};

test('a turn before the server listens waits, and is taken once it does', async () => {
  const edge = createLateEdge();
  edge.hold();
  let turns = 0;
  const speak = async () => {
    turns++;
    return { replies: [], state: emptyState() };
  };
  const carried = edge.carry(message, conversation, speak);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(turns).toBe(0);
  edge.release();
  expect((await carried).activities).toEqual([]);
  expect(turns).toBe(1);
});

test('loading beforehand waits as well, and an end releases what waits', async () => {
  const edge = createLateEdge();
  edge.hold();
  const loaded = edge.load();
  const carried = edge.carry(message, conversation, async () => ({ replies: [], state: emptyState() }));
  edge.release();
  await Promise.all([loaded, carried]);
});

test('without a server the first turn loads the edge by itself', async () => {
  const edge = createLateEdge();
  await edge.carry(message, conversation, async () => ({ replies: [], state: emptyState() }));
});

test('what could not be loaded once is loaded for the next turn', async () => {
  let tries = 0;
  const edge = createLateEdge(async () => {
    if (++tries === 1) throw new Error('EMFILE: too many open files');
    return import('../adapter.ts');
  });
  const turn = () => edge.carry(message, conversation, async () => ({ replies: [], state: emptyState() }));
  await expect(edge.load()).rejects.toThrow('EMFILE');
  expect((await turn()).activities).toEqual([]);
  await turn();
  expect(tries).toBe(2);
});
