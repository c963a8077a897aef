import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import type { Lines } from '../../connectors/lines/contract.ts';
import openLines from '../../connectors/lines/embedded.ts';
import openItalian from '../../knowledge/languages/it.ts';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import { type Conversation, emptyState } from '../conversation/conversation.ts';
import { plainReply } from '../conversation/replies.ts';
import { openTown } from './fixtures/town.ts';
import { createTicket } from './ticket.ts';
import { lineWish } from './ticket/wants.ts';

const speech = createSpeech([openItalian()]);
const say = speech('it');
const week: [string, string][] = [['09:00', '12:00']];
let now = 0;
let database: Database;
let lines: Lines;

beforeEach(async () => {
  now = Date.parse('2026-11-18T10:00:00+01:00');
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-ticket-')) });
  const plan = {
    places: [{ id: 'a', name: 'Municipio' }],
    services: [{ id: 'tributi', name: 'Tributi', office: 'Tributi', minutes: 10, words: ['TARI'] }],
    counters: [{ id: 'uno', name: 'Uno', place: 'a', services: ['tributi'], week: [[], week, week, week, week, week, []] }],
  };
  expect((await createDesk({ database, now: () => now }).savePlan(plan)).kind).toBe('ok');
  lines = await openLines({ database, now: () => now });
});
afterEach(() => database.close());

function talk() {
  const dialog = createTicket({
    lines,
    now: () => new Date(now),
    speech,
    languageOf: () => 'it',
    ask: async (_, { state }) => ({ state, replies: [plainReply('Costa 22 euro.', 'it', [], { outcome: 'answered', answerId: 'a' })] }),
  });
  const one = {
    conversation: { id: 'c', channel: 'web', citizenId: 'c', lang: 'it', mode: 'bot', state: emptyState(), history: [] } as Conversation,
    async say(text: string) {
      const ids = { channel: 'web', externalId: randomUUID(), conversationId: 'c', id: randomUUID(), citizenId: 'c' };
      const message = { ...ids, kind: 'text' as const, text, attachments: [], receivedAt: new Date(now).toISOString() };
      expect([text, dialog.takes(message, one.conversation)]).toEqual([text, true]);
      const { replies, state } = await dialog.take(message, one.conversation);
      one.conversation = JSON.parse(JSON.stringify({ ...one.conversation, state })) as Conversation;
      return replies[0]?.text ?? '';
    },
  };
  return one;
}
const waiting = async () => {
  const found = await lines.now('tributi');
  return found.kind === 'ok' ? found.value.waiting : -1;
};

test('no ticket before a yes; then its place and an honest range, again whenever asked', async () => {
  await lines.take('tributi', 'other');
  const one = talk();
  expect(await one.say('mi serve il numerino')).toContain('Per quale servizio');
  expect(await one.say('per la tari')).toContain(say('ticketConfirm'));
  expect(await one.say('quanto costa la tari?')).toMatch(/22 euro[\s\S]*adesso/);
  expect(await one.say('mmm')).toContain(say('ticketConfirm'));
  expect(await waiting()).toBe(1);
  expect(await one.say('sì, sono già qui')).toMatch(/T2[\s\S]*davanti 1 [\s\S]*da 5 a 20 minuti/);
  await lines.callNext('tributi');
  expect(await one.say('quanto manca?')).toMatch(/davanti 0 [\s\S]*T1/);
  expect(await one.say('lascio la fila')).toContain('T2');
  expect(await waiting()).toBe(0);
});

test('the same yes taken twice, after a crash before the commit, is one ticket', async () => {
  const one = talk();
  await one.say('dammi un numerino per i tributi');
  const before = structuredClone(one.conversation);
  const first = await one.say('sì');
  one.conversation = before;
  expect(await one.say('sì')).toBe(first);
  expect(await waiting()).toBe(1);
});

test('looking first, then a ticket; a closed line says so', async () => {
  const one = talk();
  expect(await one.say('quanta gente c’è ai tributi?')).toContain('in attesa: 0');
  await one.say('prendi un biglietto');
  expect(await one.say('sì')).toContain('T1');
  now = Date.parse('2026-11-18T18:00:00+01:00');
  expect(await talk().say('vorrei un numero per i tributi')).toBe(say('ticketClosed', { line: 'Tributi' }));
});

test('tickets of other kinds are none of ours', () => {
  for (const text of [
    'quanto costa il biglietto dell’autobus?',
    'dammi il numero di telefono',
    'biglietto per il museo',
    'quanto si aspetta per avere il rimborso?',
  ])
    expect([text, lineWish(text)]).toEqual([text, null]);
});

test('a ticket becomes an appointment for the same service: the place in the line is given back first', async () => {
  const town = await openTown();
  const one = await town.talk();
  const taken = await one.all('vorrei prendere un numero per la residenza', 'Sì, prendi il biglietto');
  expect(taken.text).toMatch(/Ecco il tuo biglietto/);
  expect(taken.choices).toEqual(expect.arrayContaining(['Lascio la fila e prenoto un appuntamento', 'Parla con una persona']));
  const begun = await one.say('Lascio la fila e prenoto un appuntamento');
  expect(begun.text).toMatch(/ho lasciato la fila[\s\S]*Che giorno ti va bene/);
  expect(begun.dialog).toBe('booking');
  const { status } = await town.database.read.selectFrom('ticket').select('status').executeTakeFirstOrThrow();
  expect(status).toBe('left');
  const summary = await one.all('giovedì 26 alle 9:10', 'Mario Rossi', 'RSSMRA85T10A562S', '333 1234567');
  expect(summary.text).toMatch(/Residenza[\s\S]*Mario Rossi/);
  await town.close();
});

test('in words too: an appointment instead of the ticket, for the same service', async () => {
  const town = await openTown();
  const one = await town.talk();
  await one.all('vorrei prendere un numero per la residenza', 'Sì, prendi il biglietto');
  const begun = await one.say('preferisco prenotare un appuntamento');
  expect([begun.text, begun.dialog]).toEqual([expect.stringMatching(/ho lasciato la fila[\s\S]*Che giorno ti va bene/), 'booking']);
  await town.close();
});
