import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Citizen, openCitizen, openPool } from './citizen.ts';
import { freePort, type ServerProcess, startProcess } from './server-process.ts';

let server: ServerProcess;
let pool: ReturnType<typeof openPool>;
const citizens: Citizen[] = [];

beforeAll(async () => {
  server = await startProcess('scripts/bench/echo-bot.ts', {}, await freePort());
  pool = openPool(server.origin, 4);
}, 30_000);
afterAll(async () => {
  for (const citizen of citizens) citizen.close();
  await pool?.destroy();
  await server?.kill();
});

async function arrive(): Promise<Citizen> {
  const citizen = await openCitizen(pool);
  citizens.push(citizen);
  return citizen;
}

test('each citizen hears their own words, once, as the answer to the message that said them', async () => {
  const [anna, bruno] = [await arrive(), await arrive()];
  expect(anna.conversationId).not.toBe(bruno.conversationId);
  const said = async (citizen: Citizen, text: string) => {
    const id = await citizen.post(text, `id of ${text}`);
    const echo = await citizen.answered(id, 2_000);
    expect(echo).toMatchObject({ type: 'message', text, replyToId: id, channelData: { clientActivityID: `id of ${text}` } });
    return id;
  };
  const words = Array.from({ length: 20 }, (_, n) => `Quanto costa la città ${n}? «èà»`);
  const ids = await Promise.all(words.flatMap((text) => [said(anna, text), said(bruno, `${text} a Bruno`)]));
  expect(new Set(ids).size).toBe(40);
  expect(anna.seen.map(({ text }) => text).sort()).toEqual(words.toSorted());
  expect(bruno.seen).toHaveLength(20);
});

test('a conversation gives its stream again, and what is said there is heard on the newest', async () => {
  const carla = await arrive();
  const answer = await pool.request({ method: 'GET', path: `/v3/directline/conversations/${carla.conversationId}?watermark=1` });
  const { streamUrl } = (await answer.body.json()) as { streamUrl: string };
  const again = new WebSocket(streamUrl);
  await new Promise((open) => again.once('open', open));
  const heard = new Promise<string>((frame) => again.once('message', (data: Buffer) => frame(data.toString())));
  const id = await carla.post('ci sei?', 'x');
  expect(JSON.parse(await heard)).toMatchObject({ activities: [{ text: 'ci sei?', replyToId: id }], watermark: id });
  again.terminate();
});
