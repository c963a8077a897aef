/** Asking for a person where nobody is there: left with a word, interrupted by questions, never a loop; what was written is kept. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import openItalian from '../../knowledge/languages/it.ts';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import { type Conversation, emptyState } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import type { Speaker } from '../conversation/speaker.ts';
import { contactIn, createHandoff, HANDOFF } from './handoff.ts';

const speech = createSpeech([openItalian()]);
const queue = { present: async () => 0, waitingSince: async () => ({ place: 1, wait: null }) };
const answer: Speaker = async (message, { state }) => ({ state, replies: [plainReply(`Risposta a: ${message.text}`, 'it')] });
const { ask, take } = createHandoff({ speech, offices: () => [], languageOf: () => 'it', queue, ask: answer });

let database: Database;
let conversation: Conversation;
beforeEach(async () => {
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-handoff-')) });
  conversation = { id: 'c', channel: 'web', citizenId: 'c', lang: 'it', mode: 'bot', state: emptyState(), history: [] };
  await say('voglio parlare con una persona', ask);
});
afterEach(() => database.close());

/** The replies' texts; what is to be written is written. */
async function say(text: string, speaker = take): Promise<string> {
  const ids = { channel: 'web', externalId: randomUUID(), conversationId: 'c', id: randomUUID(), citizenId: 'c' };
  const message = { ...ids, kind: 'text' as const, text, attachments: [], receivedAt: '2026-11-18T09:00:00.000Z' };
  const result = await speaker(message, conversation);
  for (const effect of result.effects ?? []) await database.write((tx) => effect(tx));
  conversation = { ...conversation, state: result.state };
  return result.replies.map((reply) => reply.text).join('\n');
}
const rows = () => database.read.selectFrom('handoff').select(['state', 'request']).execute();

test.each(['annulla', 'no grazie lascia stare', 'ci ho ripensato', 'stop'])('%s leaves the request', async (text) => {
  expect(await say(text)).toContain('nessuna richiesta');
  expect(conversation.state.dialog).toBeNull();
  expect((await rows()).map(({ state }) => state)).toEqual(['left']);
});

test('a question is answered, then the contact is asked for again', async () => {
  const said = await say('che orari ha l’anagrafe?');
  expect(said).toMatch(/^Risposta a: che orari ha l’anagrafe\?\n.*numero di telefono/s);
  expect(conversation.state.dialog?.name).toBe(HANDOFF);
});

test('words without a contact are kept for whoever answers; the third time the conversation goes on and the request stays', async () => {
  expect(await say('mi hanno annullato la carta per un errore loro')).toContain('telefono');
  expect(await say('sono Rosa Greco')).toContain('telefono');
  expect(await say('rispondetemi qui')).toBe('Risposta a: rispondetemi qui');
  expect(conversation.state.dialog).toBeNull();
  const [row] = await rows();
  expect(row?.state).toBe('requested');
  expect(row?.request).toMatch(/mi hanno annullato la carta.*Rosa Greco.*rispondetemi qui/);
});

test.each([
  ['pratica 1187/2026', null],
  ['entro il 25/11/2026 o il 3-12-26', null],
  ['pratica 1187/2026 333 1234567', '333 1234567'],
  ['333/1234567', '333/1234567'],
  ['06.12.34.567.89', '06.12.34.567.89'],
  ['0471 201920', '0471 201920'],
  ['049/8201920 nato il 12/05/1984', '049/8201920'],
  ['+39 02-2012-3456', '+39 02-2012-3456'],
])('in “%s” one is reached at %s', (text, contact) => {
  expect(contactIn(text)).toBe(contact);
});

test('where no hours are known none are promised', async () => {
  const said = await say('Rosa Greco 333 1234567');
  expect(said).toMatch(/Ti risponde una persona di \*\*URP\*\*\. Chi ti chiama/);
  expect(said).not.toContain('orari');
});
