/** Two lines on one PostgreSQL database, as two server processes would be. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { startPostgres, type TestPostgres, whyNoPostgres } from '../../connectors/databases/fixtures/start-postgres.ts';
import openPostgres from '../../connectors/databases/postgres.ts';
import { createEdge } from '../channels/adapter.ts';
import { smallSpeaker } from './fixtures/small-speaker.ts';
import { createLine, type Line } from './line.ts';
import { readAfter } from './transcript.ts';

const why = whyNoPostgres();
const quiet = { warn() {}, error() {} };

describe.skipIf(why !== null)(`the line on PostgreSQL${why ? `: ${why}` : ''}`, () => {
  let postgres: TestPostgres;
  let databases: Database[];
  let lines: Line[];
  let turns: string[];
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  beforeEach(async () => {
    turns = [];
    const url = await postgres.createDatabase();
    databases = [await openPostgres({ url }), await openPostgres({ url })];
    lines = databases.map((database) => createLine({ database, chooseSpeaker: smallSpeaker(turns), carry: createEdge(), log: quiet }));
    for (const line of lines) await line.start();
  });
  afterEach(async () => {
    for (const line of lines) await line.stop();
    for (const database of databases) await database.close();
  });
  afterAll(() => postgres?.stop());

  const say = (line: Line, conversationId: string, text: string, kind: 'text' | 'opened' = 'text', externalId: string = randomUUID()) => {
    const id = randomUUID();
    const receivedAt = new Date().toISOString();
    return line.accept(
      { channel: 'web', externalId, conversationId, id, kind, text, attachments: [], citizenId: 'c', receivedAt },
      kind === 'text' ? { activity: { type: 'message', id, text } } : {},
    );
  };
  const texts = async (id: string) =>
    (await readAfter(databases[1]!, id, 0, 1000)).map((entry) => String((JSON.parse(entry.json) as { text: string }).text));

  test('messages of one conversation that arrive at both are answered once each, in order', async () => {
    await say(lines[0]!, 'a', '', 'opened');
    await expect.poll(() => texts('a')).toHaveLength(1);
    for (let number = 0; number < 12; number++) await say(lines[number % 2]!, 'a', `n${number}`);
    const wanted = Array.from({ length: 12 }, (_, number) => `n${number}`);
    await expect.poll(async () => (await texts('a')).filter((text) => text.startsWith('Eco')).length).toBe(12);
    expect((await texts('a')).filter((text) => text.startsWith('Eco')).map((text) => /n\d+/.exec(text)?.[0])).toEqual(wanted);
    expect(turns).toEqual(wanted);
  });

  test('what was stored elsewhere during a turn is not overtaken by what is stored here after it', async () => {
    await say(lines[0]!, 'e', '', 'opened');
    await expect.poll(() => texts('e')).toHaveLength(1);
    await say(lines[0]!, 'e', 'molto lento');
    await expect.poll(() => turns).toEqual(['molto lento']);
    await say(lines[1]!, 'e', 'lento altrove');
    await expect.poll(async () => (await texts('e')).at(-1), { timeout: 20_000, interval: 1 }).toMatch(/^Eco: molto lento/);
    await say(lines[0]!, 'e', 'qui');
    await expect.poll(async () => (await texts('e')).at(-1), { timeout: 20_000 }).toMatch(/^Eco: qui/);
    expect(turns).toEqual(['molto lento', 'lento altrove', 'qui']);
  });

  test('what another process has said is known to the next turn here', async () => {
    await say(lines[0]!, 'f', '', 'opened');
    await expect.poll(() => texts('f')).toHaveLength(1);
    for (const [index, number] of [0, 0, 1, 0, 1, 1, 0].entries()) {
      await say(lines[number]!, 'f', `n${index}`);
      // The greeting, then two texts a turn: one that goes by what it remembers from before would count fewer.
      await expect.poll(async () => (await texts('f')).at(-1), { timeout: 20_000 }).toBe(`Eco: n${index} (${Math.min(12, 1 + 2 * index)})`);
    }
  });

  test('the same message sent to both at the same instant is stored and answered once', async () => {
    await say(lines[0]!, 'b', '', 'opened');
    await expect.poll(() => texts('b')).toHaveLength(1);
    const both = await Promise.all(lines.map((line) => say(line, 'b', 'ciao', 'text', 'x')));
    expect(new Set(both.map((accepted) => accepted.id)).size).toBe(1);
    await expect.poll(() => texts('b')).toHaveLength(3);
    expect(turns).toEqual(['ciao']);
  });

  test('what a stopped process left is taken up by the other; a poison message dies once', async () => {
    await say(lines[0]!, 'c', '', 'opened');
    await expect.poll(() => texts('c')).toHaveLength(1);
    await lines[0]!.stop();
    await say(lines[0]!, 'c', 'veleno');
    await say(lines[0]!, 'c', 'dopo');
    await expect.poll(async () => (await texts('c')).at(-1)).toMatch(/^Eco: dopo/);
    expect(turns).toEqual(['veleno', 'veleno', 'veleno', 'dopo']);
    expect(await lines[1]!.listDeadLetters()).toHaveLength(1);
  });

  test('a claim that was written and never acknowledged is known again: the message does not wait until the lease ends', async () => {
    const url = await postgres.createDatabase();
    const real = await openPostgres({ url });
    let writes = 0;
    // After the message itself: its claim is written, the note of the failure is not, and of neither is anything heard.
    const write: Database['write'] = async (work) => {
      writes++;
      const done = writes === 3 ? undefined : await real.write(work);
      if (writes === 2 || writes === 3) throw new Error('Connection terminated unexpectedly');
      return done as Awaited<ReturnType<typeof work>>;
    };
    const line = createLine({ database: { ...real, write }, chooseSpeaker: smallSpeaker(turns), carry: createEdge(), log: quiet });
    const began = Date.now();
    await line.start();
    await say(line, 'd', '', 'opened');
    const answered = async () => (await readAfter(real, 'd', 0, 1000)).length;
    await expect.poll(answered).toBe(1);
    expect(writes).toBeGreaterThan(3);
    // A lease is 20 s.
    expect(Date.now() - began).toBeLessThan(15_000);
    await line.stop();
    await real.close();
  });
});
