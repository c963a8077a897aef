/** Two processes write to one conversation; one of them has the citizen's socket. */
import { EventEmitter } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Database } from '../../../connectors/databases/contract.ts';
import openDatabase from '../../../connectors/databases/embedded.ts';
import { append, type TranscriptEntry } from '../../conversation/transcript.ts';
import { createHub } from './hub.ts';

const NOW = '2026-11-27T01:00:00.000Z';
let database: Database;
beforeAll(async () => {
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-hub-')) });
});
afterAll(() => database.close());

class Socket extends EventEmitter {
  readyState = WebSocket.OPEN;
  bufferedAmount = 0;
  shown: string[] = [];
  send(frame: string): void {
    const { activities } = JSON.parse(frame) as { activities: { text?: string }[] };
    this.shown.push(...activities.flatMap(({ text }) => text ?? []));
  }
  ping(): void {}
  close(): void {}
  terminate(): void {}
}

async function open(id: string) {
  const hub = createHub({ database, log: { warn: () => {} } });
  const row = { id, channel: 'web', citizen_id: 'c', lang: 'it', mode: 'bot', state: '{}', next_seq: 1, created_at: NOW, updated_at: NOW };
  await database.write((tx) => tx.insertInto('conversation').values(row).execute());
  const write = (role: TranscriptEntry['role'], text: string) =>
    database.write((tx) => append(tx, id, [{ id: `${id}-${text}`, role, json: JSON.stringify({ type: 'message', text }) }], NOW));
  const socket = new Socket();
  hub.add(socket as unknown as WebSocket, id, 0, (frame) => socket.send(frame));
  return { hub, socket, write, shows: (texts: string[]) => expect.poll(() => socket.shown).toEqual(texts) };
}

test('what another process wrote between a message and its answer is shown between them', async () => {
  const { hub, socket, write, shows } = await open('between');
  hub.push('between', await write('bot', 'ciao'));
  await shows(['ciao']);
  // Held back a moment, so that it travels with its answer.
  hub.push('between', await write('citizen', 'uno'));
  await write('citizen', 'due, altrove');
  hub.push('between', await write('bot', 'risposta a uno'));
  await shows(['ciao', 'uno', 'due, altrove', 'risposta a uno']);
  hub.push('between', await write('bot', 'risposta a due'));
  await shows(['ciao', 'uno', 'due, altrove', 'risposta a uno', 'risposta a due']);
  expect(socket.shown).toHaveLength(5);
  hub.stop();
});

test('two commits heard of in the wrong order are shown in the right one, each once', async () => {
  const { hub, socket, write, shows } = await open('order');
  hub.push('order', await write('bot', 'ciao'));
  await shows(['ciao']);
  const [first, second] = [await write('citizen', 'uno'), await write('bot', 'risposta a uno')];
  hub.push('order', second);
  hub.push('order', first);
  await shows(['ciao', 'uno', 'risposta a uno']);
  await new Promise((done) => setTimeout(done, 700));
  expect(socket.shown).toHaveLength(3);
  hub.stop();
});
