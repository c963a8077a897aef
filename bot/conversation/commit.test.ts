/** What a turn that missed its question leaves in both databases: the answer and its gap, with the turn or not at all. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines } from '../../connectors/databases/fixtures/engines.ts';
import type { Answer } from '../../knowledge/answering/question.ts';
import type { Message } from '../message.ts';
import { acceptMessage } from './accept.ts';
import { commitTurn } from './commit.ts';
import { reply } from './fixtures/small-speaker.ts';
import { createRemembered } from './remember.ts';
import { storeAnswer } from './store-answer.ts';

const NOW = '2026-11-26T09:00:00.000Z';
const missed: Answer = { outcome: 'unanswerable', reason: 'no_passage', text: 'Non lo so.', lang: 'it', citations: [], choices: [], ms: 1 };

describe.each(engines)('a missed question, $title', ({ why, start, stop, place, open }) => {
  let database: Database;
  beforeAll(async () => {
    if (why) return;
    await start();
    database = await open(await place());
  }, 60_000);
  afterAll(async () => {
    await database?.close();
    await stop();
  });

  const message = (id: string, kind: 'opened' | 'text', text: string): Message => ({
    id,
    channel: 'web',
    externalId: id,
    conversationId: 'c',
    citizenId: 'citizen',
    kind,
    text,
    attachments: [],
    receivedAt: NOW,
  });

  test.skipIf(why !== null)('its answer and its gap are written once, with the number masked', async () => {
    await acceptMessage(database, message('m0', 'opened', ''), {});
    const asked = message('m1', 'text', 'Il mio numero è 333 1234567, quanto costa la luna?');
    const { inboxId } = await acceptMessage(database, asked, { activity: { type: 'message', text: asked.text } });
    const conversation = (await createRemembered(database, 10).get('c'))!;
    const said = reply(missed.text);
    const commit = (answerId: string) =>
      commitTurn(database, {
        inboxId,
        message: asked,
        conversation,
        carried: {
          result: { replies: [said], state: conversation.state, effects: [storeAnswer(asked, missed, answerId)] },
          activities: [{ reply: said, id: `reply-${answerId}`, json: JSON.stringify({ type: 'message', text: said.text }) }],
        },
        status: 'done',
        error: null,
        attempts: 1,
        push: false,
        now: NOW,
      });
    expect((await commit('a1'))?.entries.map(({ seq, id }) => [seq, id])).toEqual([[2, 'reply-a1']]);
    // Another process was quicker: nothing of this turn stays.
    expect(await commit('a2')).toBeNull();
    expect(await database.read.selectFrom('answer').select(['id', 'message_id', 'outcome']).execute()).toEqual([
      { id: 'a1', message_id: 'm1', outcome: 'unanswerable' },
    ]);
    const [gap, ...more] = await database.read.selectFrom('gap').selectAll().execute();
    expect(more).toEqual([]);
    expect(gap).toMatchObject({ answer_id: 'a1', lang: 'it', reason: 'no_passage', status: 'open', created_at: NOW, closed_at: null });
    expect(gap?.question).toMatch(/quanto costa la luna/);
    expect(gap?.question).not.toMatch(/1234567/);
  });
});
