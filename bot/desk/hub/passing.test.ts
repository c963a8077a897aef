/** What goes into a ticket whose answer comes later: the words that are its own, not what the citizen goes on to say to the assistant. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import openDatabase from '../../../connectors/databases/embedded.ts';
import type { Ability, Handoffs } from '../../../connectors/handoffs/contract.ts';
import { createPassing } from './passing.ts';

const AT = '2026-11-26T08:00:00.000Z';
const TALK: [role: string, text: string][] = [
  ['citizen', 'vorrei parlare con una persona'],
  ['bot', 'Lascia un recapito.'],
  ['citizen', 'Rosa Greco, rosa@esempio.it'],
  ['bot', 'Grazie, ho registrato la tua richiesta **n. ABCD1234**.'],
  // From here on it may be passed on.
  ['citizen', 'dimenticavo: è per mia madre'],
  ['bot', 'Non ho capito: di che cosa si tratta?'],
  ['citizen', 'RSSMRA85T10A562S'],
  ['bot', 'La pratica è in corso.'],
  ['citizen', 'grazie'],
  ['bot', '**Risposta alla tua richiesta n. ABCD1234**, da Tributi: serve la delega.'],
  ['citizen', 'la delega ce l’ho'],
  ['citizen', 'e anche il documento'],
  ['bot', 'La delega si porta allo sportello.'],
  ['citizen', 'prenota un appuntamento'],
];

/** A tool that keeps what it is told. */
function tool(abilities: Ability[]) {
  const said: string[] = [];
  const handoffs: Handoffs = {
    name: 'tool',
    abilities: () => new Set(abilities),
    health: async () => ({ state: 'up', detail: '' }),
    initiate: async () => ({ kind: 'ok', value: '7' }),
    async say(_remote, { text }) {
      said.push(text);
      return { kind: 'ok', value: null };
    },
    end: async () => ({ kind: 'ok', value: null }),
    receive: () => ({ kind: 'ok', value: [] }),
    ask: async (_remote, since) => ({ kind: 'ok', value: { news: [], since } }),
    close: async () => {},
  };
  return { said, handoffs };
}

async function passed(abilities: Ability[]): Promise<string[]> {
  const database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-passing-')) });
  await database.write(async (tx) => {
    const conversation = { id: 'c', channel: 'web', citizen_id: 'c', lang: 'it', mode: 'bot', state: '{}', next_seq: 99 };
    await tx
      .insertInto('conversation')
      .values({ ...conversation, created_at: AT, updated_at: AT })
      .execute();
    const rows = TALK.map(([role, text], i) => ({ id: `a${i}`, seq: i + 1, role, json: JSON.stringify({ type: 'message', text }) }));
    await tx
      .insertInto('activity')
      .values(rows.map((row) => ({ ...row, conversation_id: 'c', created_at: AT })))
      .execute();
    const request = JSON.stringify({ text: 'x', contact: 'rosa@esempio.it', number: 'ABCD1234' });
    await tx
      .insertInto('handoff')
      .values({ id: 'h', conversation_id: 'c', state: 'requested', reason: 'asked', request, created_at: AT, updated_at: AT })
      .execute();
    const remote = { handoff_id: 'h', plug: 'tool', remote_id: '7', sent_seq: 4, first_seq: 4, since: '', created_at: AT, ended_at: null };
    await tx.insertInto('handoff_remote').values(remote).execute();
  });
  const { said, handoffs } = tool(abilities);
  const pass = createPassing({ database, handoffs, take: async () => true, log: { warn() {} }, now: Date.now });
  await pass();
  await pass();
  await database.close();
  return said;
}

test('where the answer comes later: what is said right after the ticket was spoken of, once', async () => {
  expect(await passed(['later'])).toEqual(['dimenticavo: è per mia madre', 'la delega ce l’ho', 'e anche il documento']);
});

test('where a person talks with the citizen: everything', async () => {
  expect(await passed(['live'])).toHaveLength(6);
});
