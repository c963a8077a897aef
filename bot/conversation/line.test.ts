import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import { createEdge } from '../channels/adapter.ts';
import type { Message } from '../message.ts';
import type { Send } from './deliver.ts';
import { smallSpeaker } from './fixtures/small-speaker.ts';
import { createLine, type Line, type LineParts } from './line.ts';
import type { ChooseSpeaker } from './speaker.ts';
import { readAfter } from './transcript.ts';

let database: Database;
let line: Line;
let turns: string[];
const quiet = { warn() {}, error() {} };

beforeEach(async () => {
  turns = [];
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-line-')) });
  line = begin({});
});
afterEach(async () => {
  await line.stop();
  await database.close();
});

const begin = (parts: Partial<LineParts>) =>
  createLine({ database, chooseSpeaker: smallSpeaker(turns), carry: createEdge(), log: quiet, ...parts });

const message = (conversationId: string, text: string, externalId: string = randomUUID(), kind: Message['kind'] = 'text'): Message => ({
  channel: 'web',
  externalId,
  conversationId,
  id: randomUUID(),
  kind,
  text,
  attachments: [],
  citizenId: 'c',
  receivedAt: new Date().toISOString(),
});
async function open(id: string): Promise<void> {
  await line.accept(message(id, '', `open:${id}`, 'opened'));
  await expect.poll(() => texts(id)).toHaveLength(1);
}
const transcript = async (id: string) =>
  (await readAfter(database, id, 0, 1000)).map((entry) => ({ ...entry, activity: JSON.parse(entry.json) as Record<string, unknown> }));
const texts = async (id: string) => (await transcript(id)).map((entry) => String(entry.activity['text']));
const say = (id: string, text: string, externalId?: string) => {
  const one = message(id, text, externalId);
  return line.accept(one, { activity: { type: 'message', id: one.id, text } });
};

test('a message is answered once, with the id that accept gave; a repeat gives the same id and no second turn', async () => {
  await open('a');
  const first = await say('a', 'ciao due', 'x1');
  expect(await say('a', 'ciao due', 'x1')).toEqual({ id: first.id, repeated: true });
  await Promise.all([say('a', 'ciao due', 'x1'), say('a', 'ciao due', 'x1')]);
  await expect.poll(() => texts('a')).toEqual(['Ciao, sono un sistema automatico.', 'ciao due', 'Eco: ciao due (1)', 'E ancora.']);
  const [, , answer, further] = await transcript('a');
  expect(answer?.activity).toMatchObject({
    replyToId: first.id,
    channelData: { sportello: { outcome: 'answered' } },
    from: { role: 'bot' },
  });
  expect(further?.activity).not.toHaveProperty('replyToId');
  expect(further?.activity).not.toHaveProperty('channelData');
  expect((await transcript('a')).map((entry) => entry.seq)).toEqual([1, 2, 3, 4]);
});

test('twenty messages sent as fast as possible in ten conversations keep their order', async () => {
  const ids = Array.from({ length: 10 }, (_, index) => `o${index}`);
  await Promise.all(ids.map(open));
  await Promise.all(ids.flatMap((id) => Array.from({ length: 20 }, (_, number) => say(id, `n${number}`))));
  for (const id of ids) {
    await expect.poll(async () => (await texts(id)).filter((text) => text.startsWith('Eco')).length).toBe(20);
    const echoed = (await texts(id)).filter((text) => text.startsWith('Eco')).map((text) => /n(\d+)/.exec(text)?.[1]);
    expect(echoed).toEqual(Array.from({ length: 20 }, (_, number) => String(number)));
  }
});

test('one turn at a time in a conversation, many conversations side by side', async () => {
  let running = 0;
  let most = 0;
  const perConversation = new Map<string, number>();
  const inner = smallSpeaker();
  await line.stop();
  line = begin({
    chooseSpeaker: (incoming, conversation) => async (one, two) => {
      running++;
      most = Math.max(most, running);
      perConversation.set(conversation.id, (perConversation.get(conversation.id) ?? 0) + 1);
      expect(perConversation.get(conversation.id)).toBe(1);
      const result = await inner(incoming, conversation)(one, two);
      perConversation.set(conversation.id, 0);
      running--;
      return result;
    },
  });
  await Promise.all(['s1', 's2'].map(open));
  await Promise.all(['s1', 's2'].flatMap((id) => [say(id, 'lento 1'), say(id, 'lento 2')]));
  await expect.poll(async () => [(await texts('s1')).length, (await texts('s2')).length]).toEqual([5, 5]);
  expect(most).toBe(2);
});

test('a turn that always fails is tried three times, then apologises, offers a person and is a dead letter; the next message is answered', async () => {
  await open('p');
  const poison = await say('p', 'veleno');
  await say('p', 'dopo');
  await expect.poll(() => texts('p')).toContain('Eco: dopo (3)');
  expect(turns).toEqual(['veleno', 'veleno', 'veleno', 'dopo']);
  const apology = (await transcript('p')).find((entry) => entry.activity['replyToId'] === poison.id)!;
  expect(apology.activity).toMatchObject({
    channelData: { sportello: { outcome: 'failed' } },
    suggestedActions: { actions: [{ value: 'Parla con una persona' }] },
  });
  expect(await line.listDeadLetters()).toMatchObject([
    { box: 'inbox', channel: 'web', conversationId: 'p', attempts: 3, error: 'Error: poison' },
  ]);
});

test('a failed effect leaves nothing of the turn; the next try writes everything once', async () => {
  await line.stop();
  let failures = 2;
  const inner = smallSpeaker();
  const choose: ChooseSpeaker = (incoming, conversation) => async (one, two) => ({
    ...(await inner(incoming, conversation)(one, two)),
    effects: [
      async (tx) => {
        await tx.insertInto('secret').values({ name: one.id, value: '' }).execute();
        if (one.kind === 'text' && failures-- > 0) throw new Error('the table is in a bad mood');
      },
    ],
  });
  line = begin({ chooseSpeaker: choose });
  await open('e');
  const { id } = await say('e', 'ciao');
  await expect.poll(() => texts('e')).toHaveLength(3);
  expect(await database.read.selectFrom('secret').select('name').where('name', '=', id).execute()).toHaveLength(1);
});

test('a turn that never ends counts as failed', async () => {
  await line.stop();
  line = begin({
    chooseSpeaker: (incoming) => (incoming.kind === 'text' ? () => new Promise(() => {}) : smallSpeaker()(incoming, {} as never)),
    turnLimitMs: 50,
  });
  await open('h');
  await say('h', 'ciao');
  await expect.poll(async () => (await line.listDeadLetters()).length).toBe(1);
});

test('what was accepted and not answered is answered by the next start', async () => {
  await open('r');
  await line.stop();
  await say('r', 'uno');
  await say('r', 'due');
  expect(await texts('r')).toHaveLength(3);
  line = begin({});
  await line.start();
  await expect.poll(() => texts('r')).toHaveLength(6);
  expect((await texts('r')).slice(3)).toEqual(['Eco: uno (1)', 'Eco: due (3)', 'E ancora.']);
});

test('a conversation forgotten by memory comes back with its state and history', async () => {
  await open('m');
  await say('m', 'ciao');
  await expect.poll(() => texts('m')).toHaveLength(3);
  const before = await line.conversations.get('m');
  line.conversations.forget('m');
  expect(await line.conversations.get('m')).toEqual(before);
});

const replies = async (id: string) =>
  database.read.selectFrom('outbox').selectAll().where('conversation_id', '=', id).orderBy('id').execute();

test('a channel that is sent to gets every reply in order, again after a failure, and is not asked again after a refusal', async () => {
  await line.stop();
  line = begin({});
  const sent: string[] = [];
  let failures = 2;
  const send: Send = async ({ reply }) => {
    if (reply.text.includes('vietato')) return { kind: 'dead', error: '403' };
    if (failures-- > 0) throw new Error('502');
    sent.push(reply.text);
    return { kind: 'sent', externalId: `t${sent.length}` };
  };
  line.sendThrough('web', send);
  await line.start();
  await open('d');
  await say('d', 'uno due');
  await say('d', 'vietato');
  await say('d', 'tre');
  await expect.poll(() => sent.length).toBe(4);
  expect(sent.map((text) => text.slice(0, 8))).toEqual(['Ciao, so', 'Eco: uno', 'E ancora', 'Eco: tre']);
  await expect.poll(async () => (await replies('d')).map((row) => row.status)).toEqual(['sent', 'sent', 'sent', 'dead', 'sent']);
  expect(await line.listDeadLetters()).toMatchObject([{ box: 'outbox', error: '403' }]);
});

test('what is accepted is answered and sent by itself: looking again every few seconds is for what was lost', async () => {
  await line.stop();
  // No round of looking ever comes.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    line = begin({});
    const sent: string[] = [];
    line.sendThrough('web', async ({ reply }) => ({ kind: 'sent', externalId: `t${sent.push(reply.text)}` }));
    await line.start();
    await open('q');
    await say('q', 'uno');
    await expect.poll(() => sent).toEqual(['Ciao, sono un sistema automatico.', 'Eco: uno (1)']);
    expect(vi.getTimerCount()).toBeGreaterThan(0);
  } finally {
    vi.useRealTimers();
  }
});
