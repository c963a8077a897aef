import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { reply } from '../conversation/fixtures/small-speaker.ts';
import type { ChooseSpeaker } from '../conversation/speaker.ts';
import type { Reply } from '../message.ts';
import { type RunningChannel, startChannel } from './fixtures/start-channel.ts';
import { APP, type Forging, startTeams, type TeamsService } from './fixtures/teams-service.ts';
import openTeams from './teams.ts';

let teams: TeamsService;
let running: RunningChannel;
const begin = async (options: Parameters<typeof startChannel>[2] = {}) => {
  running = await startChannel(openTeams, { ...APP, MICROSOFT_STAND_IN: teams.root }, options);
  teams.register(`${running.origin}/api/messages`);
};
const saying =
  (make: (text: string) => Partial<Reply>): ChooseSpeaker =>
  (message) =>
  async (_message, { state }) => ({
    state,
    replies: [
      message.kind === 'text'
        ? { ...reply('', { outcome: 'dialog', answerId: randomUUID() }), ...make(message.text) }
        : reply('Ciao, sono un sistema automatico.'),
    ],
  });

beforeEach(async () => {
  teams = await startTeams();
  // The library tells the console of every token it refuses.
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  await running?.stop();
  await teams.stop();
});

test('a message with the service’s token is greeted and answered once, however often it comes', async () => {
  await begin();
  const anna = teams.citizen('anna');
  const message = anna.write({ text: '<at>Sportello</at> ciao' });
  for (let i = 0; i < 3; i++) expect(await teams.post(message)).toBe(200);
  await expect.poll(() => anna.texts()).toEqual(['Ciao, sono un sistema automatico.', 'Eco: ciao (1)']);
});

test('forged tokens are refused, every one of them, and nothing is answered', async () => {
  await begin();
  const anna = teams.citizen('anna');
  const forged: [string, Forging][] = [
    ['for another bot', { audience: 'altro' }],
    ['expired', { expires: -400 }],
    ['of another issuer', { issuer: 'https://evil.example' }],
    ['for another service', { serviceUrl: 'https://evil.example' }],
    ['with a key that is not for this channel', { kid: 'senza' }],
    ['with a strange key', { key: teams.stranger }],
    ['with an unknown key', { kid: 'nessuna', key: teams.stranger }],
    ['unsigned', { alg: 'none' }],
    ['signed with the public key', { alg: 'HS256' }],
  ];
  for (const [name, forging] of forged)
    expect([name, await teams.post(anna.write({ text: 'x' }), `Bearer ${teams.token(forging)}`)]).toEqual([name, 401]);
  for (const header of [null, 'Bearer abc', 'Bearer ', 'Basic YTpi']) expect(await teams.post(anna.write({ text: 'x' }), header)).toBe(401);
  expect(running.turns).toEqual([]);
  // A good token for a service that is none of Microsoft's.
  const elsewhere = 'http://127.0.0.1:9';
  expect(await teams.post(anna.write({ text: 'x', serviceUrl: elsewhere }), `Bearer ${teams.token({ serviceUrl: elsewhere })}`)).toBe(403);
  expect(await teams.post(anna.write({ text: 'x' }))).toBe(200);
  await expect.poll(() => running.turns).toEqual(['x']);
}, 30_000);

test.each([3, 9])('%i choices are a card; the chosen one says its value', async (count) => {
  const choices = Array.from({ length: count }, (_, index) => ({ title: `Voce ${index}`, value: `valore ${index}` }));
  await begin({
    chooseSpeaker: saying((text) => ({ text: `Hai detto ${text}, [leggi](/privacy)`, choices: text === 'x' ? choices : [] })),
  });
  const anna = teams.citizen('anna');
  await anna.say('x');
  await expect.poll(() => anna.last()?.choices.length).toBe(count);
  expect(anna.last()!.text).toContain(`[leggi](${running.origin}/privacy)`);
  await anna.press(`Voce ${count - 1}`);
  await expect.poll(() => anna.texts().at(-1)).toContain(`Hai detto valore ${count - 1}`);
});

test('the service’s trouble is tried again, a shut door is a dead letter; groups are left alone', async () => {
  await begin();
  const anna = teams.citizen('anna');
  teams.faults.push(502, 429);
  await anna.say('uno');
  await expect.poll(() => anna.texts(), { timeout: 6000 }).toEqual(['Ciao, sono un sistema automatico.', 'Eco: uno (1)']);
  await teams.post(anna.write({ text: 'gruppo', conversation: { id: 'g', conversationType: 'groupChat' } }));
  teams.faults.push(403);
  await anna.say('tre');
  await expect.poll(() => running.line.listDeadLetters()).toMatchObject([{ channel: 'teams', error: 'the service answers 403' }]);
  expect(running.turns).toEqual(['uno', 'tre']);
});
