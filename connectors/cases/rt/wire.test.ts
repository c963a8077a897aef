/** A ticket with a long life: its history comes in pages, and the change of status that counts stands on the last one. */
import { afterEach, expect, test } from 'vitest';
import { type StandIn, standIn } from '../../fixtures/stand-in.ts';
import { createWire } from './wire.ts';

let tool: StandIn;
afterEach(() => tool?.close());

const step = (Type: string, NewValue: string, minute: number) => ({
  Type,
  Field: Type === 'Status' ? 'Status' : '',
  NewValue,
  Created: `2026-11-25T09:${String(minute % 60).padStart(2, '0')}:00Z`,
});
/** 230 comments between the first and the last change. */
const steps = [step('Status', 'open', 1), ...Array.from({ length: 230 }, () => step('Comment', '', 2)), step('Status', 'resolved', 3)];

async function open(pages: (page: number, size: number) => object) {
  tool = await standIn(({ path, query }) => {
    if (path.endsWith('/history')) return { status: 200, body: pages(Number(query.get('page') ?? 1), Number(query.get('per_page'))) };
    return { status: 200, body: { Status: 'resolved', Started: '', Resolved: '2026-11-25T09:03:00Z', Due: '' } };
  });
  return createWire({ RT_URL: tool.url, RT_QUEUE: 'Sportello', RT_TOKEN: 't', RT_USER: '', RT_PASSWORD: '' });
}

test('every page of a history is read', async () => {
  const wire = await open((page, size) => ({
    items: steps.slice((page - 1) * size, page * size),
    page,
    pages: Math.ceil(steps.length / size),
  }));
  const state = await wire.state('7');
  expect(state).toMatchObject({ kind: 'ok', value: { changes: [{ to: 'in_progress' }, { to: 'closed' }] } });
  expect(tool.requests.filter((one) => one.endsWith('/history'))).toHaveLength(3);
});

test('a history without end is no answer', async () => {
  const wire = await open(() => ({ items: [step('Comment', '', 1)], pages: 1_000 }));
  expect(await wire.state('7')).toMatchObject({ kind: 'down', reason: expect.stringContaining('pages') });
});

test('a file that is too big is refused for good; one that meets a busy server is not', async () => {
  const wire = await open(() => ({ items: [], pages: 1 }));
  const file = { name: 'a.pdf', contentType: 'application/pdf', content: new Uint8Array(3), note: 'allegato' };
  tool.answer({ status: 413 });
  expect(await wire.attach('7', file)).toMatchObject({ kind: 'invalid', fields: { file: expect.stringContaining('grande') } });
  tool.answer({ status: 429, headers: { 'retry-after': '7' } });
  expect(await wire.attach('7', file)).toEqual({ kind: 'retry_after', seconds: 7 });
  tool.answer({ status: 502 });
  expect(await wire.attach('7', file)).toMatchObject({ kind: 'unknown' });
});
