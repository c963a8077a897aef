import { expect, test } from 'vitest';
import { newConversationId } from './conversation-id.ts';

const DAY = Date.UTC(2026, 10, 27);

test('a later conversation has a later name, byte by byte', () => {
  const ids = [0, 1, 61, 62, 3_600, 86_400, 40_000_000].map((seconds) => newConversationId(DAY + seconds * 1000));
  expect([...ids].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[0-9A-Za-z]{16}$/);
});

test('of one second no two are the same, and every place takes every letter', () => {
  const ids = Array.from({ length: 5_000 }, () => newConversationId(DAY));
  expect(new Set(ids).size).toBe(5_000);
  expect(new Set(ids.map((id) => id.slice(0, 5))).size).toBe(1);
  for (let place = 5; place < 16; place++) expect(new Set(ids.map((id) => id[place])).size).toBe(62);
});

test('a clock that was never set, or runs decades ahead, still gives a name of that length', () => {
  for (const now of [0, Date.UTC(2090, 0, 1)]) expect(newConversationId(now)).toHaveLength(16);
});
