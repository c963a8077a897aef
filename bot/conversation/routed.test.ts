import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import { identifyLanguage } from '../../knowledge/answering/language.ts';
import openGerman from '../../knowledge/languages/de.ts';
import openItalian from '../../knowledge/languages/it.ts';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import { createHandoff } from '../dialogs/handoff.ts';
import type { Message } from '../message.ts';
import { type Conversation, emptyState } from './conversation.ts';
import { createRouted } from './routed.ts';
import type { Speaker } from './speaker.ts';

const speech = createSpeech([openItalian(), openGerman()]);
const languageOf = (message: Message, lang: string | null) => identifyLanguage(message.text, lang ?? 'it');
const queue = { present: async () => 0, waitingSince: async () => ({ place: 1, wait: null }) };
const nobody: Speaker = async () => Promise.reject(new Error('nothing is asked here'));
const askForPerson = createHandoff({ speech, offices: () => [], languageOf, queue, ask: nobody }).ask;
const routed = createRouted({ speech, languageOf, askForPerson: askForPerson });
const conversation: Conversation = {
  id: 'c',
  channel: 'web',
  citizenId: 'c',
  lang: null,
  mode: 'bot',
  state: emptyState(),
  history: [],
};
const messageOf = (text: string): Message => {
  const ids = { channel: 'web', externalId: randomUUID(), conversationId: 'c', id: randomUUID(), citizenId: 'c' };
  return { ...ids, kind: 'text', text, attachments: [], receivedAt: '2026-11-18T09:00:00.000Z' };
};
let database: Database;
beforeEach(async () => {
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-routed-')) });
});
afterEach(() => database.close());

/** The reply's text; what is to be written is written. */
async function say(text: string): Promise<string | null> {
  const message = messageOf(text);
  const result = await routed(message)?.(message, conversation);
  for (const effect of result?.effects ?? []) await database.write((tx) => effect(tx));
  return result?.replies[0]?.text ?? null;
}

test('questions, courtesies and acts stay with the knowledge and the dialogs', async () => {
  for (const text of [
    'Quanto costa la carta d’identità?',
    'ciao',
    'vorrei un appuntamento',
    'e per i minori?',
    'a che punto è la mia pratica?',
  ])
    expect([text, await say(text)]).toEqual([text, null]);
});

test('a person wished for between the lines is offered', async () => {
  expect(await say('con questa macchina non ci capisco niente')).toBe(speech('it')('handoffAsk'));
});

test('what no town hall knows of: said plainly, with what can be done', async () => {
  const told = await say('racconta una barzelletta sui carabinieri');
  expect(told).toContain(speech('it')('offtopic'));
  expect(told).toContain(speech('it')('canDo'));
  expect(await say('Erzähl mir bitte einen Witz über die Post')).toContain(speech('de')('canDo'));
});

test('an opinion is thanked for and kept, masked, with its tone', async () => {
  expect(await say('complimenti, siete stati bravissimi e gentili')).toBe(speech('it')('feedbackThanks'));
  expect(await say('servizio pessimo, mi vergogno per voi: mario.rossi@example.org')).toBe(speech('it')('feedbackNoted'));
  const rows = await database.read.selectFrom('feedback').select(['vote', 'text']).orderBy('vote').execute();
  expect(rows.map(({ vote }) => vote)).toEqual(['down', 'up']);
  expect(rows[0]?.text).not.toContain('mario.rossi');
});
