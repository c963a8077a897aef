/** Faults inside a turn, brought about in this process on a real database: a fault at each write, a poison message, a clock that jumps. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEdge } from '../../../bot/channels/adapter.ts';
import { createLine, type Line } from '../../../bot/conversation/line.ts';
import type { Speaker } from '../../../bot/conversation/speaker.ts';
import { readAfter } from '../../../bot/conversation/transcript.ts';
import type { Reply } from '../../../bot/message.ts';
import type { Database } from '../../../connectors/databases/contract.ts';
import openEmbedded from '../../../connectors/databases/embedded.ts';
import { type Case, must, withFolder } from './case.ts';

const quiet = { warn() {}, error() {} };
const DAY_MS = 86_400_000;
const PATIENCE_MS = 30_000;

const say = (text: string, answer?: Reply['answer']): Reply => ({
  kind: 'text',
  text,
  lang: 'it',
  speaker: 'bot',
  choices: [],
  citations: [],
  ...(answer ? { answer } : {}),
});

async function withLine<T>(
  speak: Speaker,
  work: (line: Line, database: Database) => Promise<T>,
  options: { now?: () => number; faulty?: (database: Database) => Database } = {},
): Promise<T> {
  return withFolder(async (dataDir) => {
    const database = await openEmbedded({ dataDir });
    const line = createLine({
      database: options.faulty?.(database) ?? database,
      chooseSpeaker: (message) =>
        message.kind === 'opened' ? async (_message, { state }) => ({ state, replies: [say('Salve.')] }) : speak,
      carry: createEdge(),
      log: quiet,
      ...(options.now ? { now: options.now } : {}),
    });
    await line.start();
    try {
      return await work(line, database);
    } finally {
      await line.stop();
      await database.close();
    }
  });
}

/** Sends until it is taken, as a provider would, always under the same number. */
async function send(line: Line, conversationId: string, text: string, kind: 'text' | 'opened' = 'text'): Promise<string> {
  const id = randomUUID();
  const message = {
    channel: 'web',
    externalId: id,
    conversationId,
    id,
    kind,
    text,
    attachments: [],
    citizenId: 'c',
    receivedAt: new Date().toISOString(),
  };
  for (;;) {
    try {
      return (await line.accept(message, kind === 'text' ? { activity: { type: 'message', id, text } } : {})).id;
    } catch {
      await sleep(10);
    }
  }
}

/** Ids that were replied to, once everything has ended. */
async function repliedTo(database: Database, conversationId: string): Promise<string[]> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const open = await database.read.selectFrom('inbox').select('id').where('status', '=', 'new').execute();
    if (open.length === 0) break;
    must(Date.now() < deadline, `${open.length} messages never ended`);
    await sleep(20);
  }
  const entries = await readAfter(database, conversationId, 0, 1000);
  return entries.flatMap((entry) => (JSON.parse(entry.json) as { replyToId?: string }).replyToId ?? []);
}

const answering: Speaker = async (message, { state }) => ({
  state,
  replies: [say(`Eco: ${message.text}`, { outcome: 'answered', answerId: randomUUID() })],
});

export const turnCases: Case[] = [
  {
    id: 'R-20',
    name: 'a fault once at each write of a turn, and in the speaker',
    async run({ quick }) {
      const points = quick ? 6 : 20;
      let faults = 0;
      for (let point = 1; point <= points; point++) {
        let writes = 0;
        let spoken = 0;
        const speak: Speaker = async (message, conversation) => {
          if (++spoken === point) {
            faults++;
            throw new Error('once');
          }
          return answering(message, conversation);
        };
        // Before the work, or after it and before the commit: both must leave nothing.
        const faulty = (database: Database): Database => ({
          ...database,
          write: (work) =>
            database.write(async (tx) => {
              const now = ++writes === point;
              if (now && point % 2 === 0) {
                faults++;
                throw new Error('once');
              }
              const value = await work(tx);
              if (now) {
                faults++;
                throw new Error('once');
              }
              return value;
            }),
        });
        await withLine(
          speak,
          async (line, database) => {
            await send(line, 'a', '', 'opened');
            const ids = [await send(line, 'a', 'uno'), await send(line, 'a', 'due'), await send(line, 'a', 'tre')];
            const replied = await repliedTo(database, 'a');
            must(replied.join() === ids.join(), `fault ${point}: ${ids.length} sent, ${replied.length} answered`);
          },
          { faulty },
        );
      }
      return `${faults} faults, each message answered once and in order`;
    },
  },
  {
    id: 'R-20b',
    name: 'a poison message',
    run: () =>
      withLine(
        async (message, conversation) => {
          if (message.text === 'veleno') throw new Error('poison');
          return answering(message, conversation);
        },
        async (line, database) => {
          await send(line, 'a', '', 'opened');
          const ids = [await send(line, 'a', 'prima'), await send(line, 'a', 'veleno'), await send(line, 'a', 'dopo')];
          const replied = await repliedTo(database, 'a');
          must(replied.join() === ids.join(), `${replied.length} of 3 were replied to`);
          const dead = await line.listDeadLetters();
          must(dead.length === 1, `${dead.length} dead letters`);
          return 'one dead letter, an apology, and the next message answered';
        },
      ),
  },
  {
    id: 'R-07c',
    name: 'the clock jumps a day, both ways, while a message waits for another try',
    async run() {
      for (const jump of [-DAY_MS, DAY_MS]) {
        let away = 0;
        let failed = false;
        const speak: Speaker = async (message, conversation) => {
          if (message.text === 'uno' && !failed) {
            failed = true;
            away = jump;
            throw new Error('once');
          }
          return answering(message, conversation);
        };
        await withLine(
          speak,
          async (line, database) => {
            await send(line, 'a', '', 'opened');
            const ids = [await send(line, 'a', 'uno'), await send(line, 'a', 'due')];
            const replied = await repliedTo(database, 'a');
            must(replied.join() === ids.join(), `after ${jump / DAY_MS} days ${replied.length} of 2 answered`);
          },
          { now: () => Date.now() + away },
        );
      }
      return 'answered after a day forward and a day back';
    },
  },
];
