import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClient } from './fixtures/citizen-client.ts';
import { type RunningWeb, startWeb, type WebOptions } from './fixtures/start-web.ts';

let web: RunningWeb;
let clock: number;
beforeEach(() => {
  clock = 0;
});
afterEach(() => web?.stop());
const start = async (options: WebOptions = {}) => {
  web = await startWeb({ now: () => Date.now() + clock, ...options });
};
const { call, converse } = createClient(() => web.domain);

describe('tokens', () => {
  test('need no secret, name their user, live half an hour and can be refreshed in time', async () => {
    await start();
    const { status, body } = await call('POST', '/tokens/generate', undefined, { user: { id: 'dl_anna' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ conversationId: expect.any(String), expires_in: 1800 });
    expect(JSON.parse(Buffer.from(body.token.split('.')[1]!, 'base64url').toString())).toMatchObject({
      user: 'dl_anna',
      conv: body.conversationId,
    });
    clock = 1_700_000;
    const fresh = await call('POST', '/tokens/refresh', body.token);
    expect(fresh.body.conversationId).toBe(body.conversationId);
    clock = 1_801_000;
    expect(await call('POST', '/tokens/refresh', body.token)).toMatchObject({ status: 403, body: { error: { code: 'TokenExpired' } } });
    expect((await call('POST', '/conversations', fresh.body.token)).status).toBe(201);
  });

  test('are refused when missing, changed, of the other kind or of another conversation', async () => {
    await start();
    const [anna, bruno] = [await converse(), await converse()];
    expect((await call('GET', anna.path)).status).toBe(401);
    expect((await call('GET', anna.path, `${anna.token.slice(0, -2)}xx`)).status).toBe(403);
    const [header, payload, signature] = anna.token.split('.');
    const forged = Buffer.from(Buffer.from(payload!, 'base64url').toString().replace(anna.id, bruno.id)).toString('base64url');
    expect((await call('GET', bruno.path, `${header}.${forged}.${signature}`)).status).toBe(403);
    const stream = new URL(anna.started.body.streamUrl).searchParams.get('t')!;
    expect((await call('GET', anna.path, stream)).status).toBe(403);
    for (const path of [bruno.path, `${bruno.path}/activities`]) expect((await call('GET', path, anna.token)).status).toBe(403);
    expect((await call('POST', `${bruno.path}/activities`, anna.token, { type: 'message', text: 'ciao' })).status).toBe(403);
    expect((await call('GET', '/conversations/unknown', anna.token)).status).toBe(403);
  });

  test('survive a restart of the server', async () => {
    await start();
    const anna = await converse();
    const { dataDir } = web;
    await web.stop();
    await start({ dataDir });
    expect((await call('GET', anna.path, anna.token)).status).toBe(200);
  });

  test('open nothing before the conversation has started', async () => {
    await start();
    const { body } = await call('POST', '/tokens/generate');
    expect((await call('GET', `/conversations/${body.conversationId}`, body.token)).status).toBe(404);
  });
});

describe('conversations', () => {
  test('greet unasked, once, however often they are opened', async () => {
    await start();
    const anna = await converse();
    expect(anna.started).toMatchObject({ status: 201, body: { conversationId: anna.id, expires_in: 1800 } });
    expect((await call('POST', '/conversations', anna.token)).status).toBe(200);
    const [greeting] = await anna.until(1);
    expect(greeting).toMatchObject({ type: 'message', text: 'Ciao, sono un sistema automatico.', from: { role: 'bot' } });
    expect(greeting).not.toHaveProperty('replyToId');
  });

  test('show the citizen’s message under the id that the post gave, and one answer to it', async () => {
    await start();
    const anna = await converse('dl_anna');
    await anna.until(1);
    const posted = await anna.say('ciao due', 'c1');
    expect(posted.status).toBe(200);
    const [, mine, answer, further] = await anna.until(4);
    expect(mine).toMatchObject({
      id: posted.body.id,
      text: 'ciao due',
      from: { id: 'dl_anna', role: 'user' },
      channelData: { clientActivityID: 'c1' },
    });
    expect(answer).toMatchObject({
      replyToId: posted.body.id,
      locale: 'it',
      channelData: { sportello: { outcome: 'answered', answerId: expect.any(String) } },
    });
    expect(further).not.toHaveProperty('replyToId');
    expect((await anna.say('ciao due', 'c1')).body.id).toBe(posted.body.id);
    await sleep(100);
    expect(web.turns).toEqual(['ciao due']);
  });

  test('give only what is newer than a watermark', async () => {
    await start();
    const anna = await converse();
    await anna.until(1);
    const { watermark } = await anna.read();
    await anna.say('uno');
    await anna.until(3);
    expect((await anna.read(watermark)).activities.map((activity) => activity.text)).toEqual(['uno', 'Eco: uno (1)']);
    expect(await anna.read('3')).toEqual({ activities: [], watermark: '3' });
  });

  test('refuse in words what is empty, too long, or of no known type; a typing sign is taken and forgotten', async () => {
    await start();
    const anna = await converse();
    expect(await anna.post({ type: 'message', text: '  ' })).toMatchObject({ status: 400, body: { error: { code: 'MissingProperty' } } });
    expect(await anna.post({ text: 'x' })).toMatchObject({ status: 400, body: { error: { code: 'MissingProperty' } } });
    expect(await anna.post({ type: 'message', text: 'è'.repeat(1001) })).toMatchObject({
      status: 413,
      body: { error: { code: 'MessageSizeTooBig' } },
    });
    expect((await anna.post({ type: 'message', text: 'è'.repeat(1000) })).status).toBe(200);
    expect((await anna.post({ type: 'trace' })).status).toBe(400);
    expect((await anna.post({ type: 'typing' })).status).toBe(200);
    await anna.until(3);
  });

  test('limit how often one citizen posts and reads, and say when to come back', async () => {
    await start({ messagesPerMinute: 3, readsPerMinute: 3 });
    const anna = await converse();
    const bruno = await converse();
    const taken = await Promise.all(['1', '2', '3'].map((text) => anna.say(text)));
    expect(taken.map((answer) => answer.status)).toEqual([200, 200, 200]);
    const refused = await anna.say('4');
    expect(refused).toMatchObject({ status: 429 });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await bruno.say('1')).status).toBe(200);
    await anna.read();
    await anna.read();
    expect((await call('GET', `${anna.path}/activities`, anna.token)).status).toBe(429);
  });

  test('votes reach the line as events, in every shape that clients send, and get no reply', async () => {
    await start();
    const anna = await converse();
    await anna.until(1);
    await anna.say('ciao');
    const answer = (await anna.until(3))[2]!;
    const { answerId } = (answer.channelData as { sportello: { answerId: string } }).sportello;
    await anna.post({ type: 'event', name: 'sportello/feedback', value: { answerId, vote: 'down', text: 'manca il prezzo' } });
    const feedback = { actionName: 'feedback', actionValue: { reaction: 'like', feedback: { feedbackText: 'bene' } } };
    await anna.post({ type: 'invoke', name: 'message/submitAction', replyToId: answer.id, value: feedback });
    await anna.post({ type: 'messageReaction', replyToId: answer.id, reactionsAdded: [{ type: 'like' }] });
    expect((await anna.post({ type: 'event', name: 'sportello/feedback', value: { vote: 'up' } })).status).toBe(400);
    const votes = () => web.database.read.selectFrom('feedback').select(['answer_id', 'vote', 'text']).execute();
    await expect.poll(async () => (await votes()).length).toBe(3);
    expect(await votes()).toEqual([
      { answer_id: answerId, vote: 'down', text: 'manca il prezzo' },
      { answer_id: answerId, vote: 'up', text: 'bene' },
      { answer_id: answerId, vote: 'up', text: null },
    ]);
    await anna.until(3);
  });
});
