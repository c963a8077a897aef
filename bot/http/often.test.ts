import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startRoutes } from './fixtures/start-routes.ts';
import { parameterOf } from './often.ts';
import type { RouteReply } from './route.ts';

describe('an address', () => {
  const idOf = parameterOf('/talks/:id/said');
  test('that is plainly the route’s gives its parameter', () => {
    expect(idOf('/talks/a-1_B/said')).toEqual({ id: 'a-1_B' });
  });
  test.each(['/talks/a/said?x=1', '/talks/a/said/', '/talks//said', '/talks/said', '/talks/a/b/said', '/talks/a%20b/said', '/said', '*'])(
    '%s goes the way of all others',
    (url) => expect(idOf(url)).toBeNull(),
  );
  test('of a path with no parameter, or two, is a mistake', () => {
    expect(() => parameterOf('/talks')).toThrow(/one parameter/);
    expect(() => parameterOf('/talks/:id/:other')).toThrow(/one parameter/);
  });
});

describe('a route that most requests are for', () => {
  let broken: RouteReply['headers'];
  let server: Awaited<ReturnType<typeof startRoutes>>;
  beforeAll(async () => {
    server = await startRoutes([
      {
        method: 'post',
        path: '/talks/:id/said',
        permission: 'public',
        summary: 'says',
        body: z.object({ text: z.string() }),
        often: true,
        handle: async ({ params, body, query, ip }) => ({
          status: 200,
          body: { ...params, body, query: query.get('x'), ip },
          ...(broken ? { headers: broken } : {}),
        }),
      },
    ]);
  });
  afterAll(() => server.stop());

  const say = (path: string, body = '{"text":"sì"}') =>
    fetch(server.origin + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

  test('answers the same by its short way and by the long one', async () => {
    const [short, long] = await Promise.all([say('/talks/7/said'), say('/talks/7/said?x=1')]);
    const { query, ...told } = (await long.json()) as Record<string, unknown>;
    expect(query).toBe('1');
    expect(await short.json()).toEqual({ ...told, query: null });
    expect(told).toMatchObject({ id: '7', body: { text: 'sì' }, ip: '127.0.0.1' });
    const sent = ({ headers }: Response) => [...headers.keys()].toSorted();
    expect(sent(short)).toEqual(sent(long));
    expect(short.headers.get('x-content-type-options')).toBe('nosniff');
  });

  test('refuses what its schema does, and other methods', async () => {
    expect((await say('/talks/7/said', '{"text":7}')).status).toBe(400);
    expect((await fetch(`${server.origin}/talks/7/said`)).status).toBe(405);
  });

  test('takes a body that comes in pieces, several on one connection', async () => {
    const socket = connect(server.port, '127.0.0.1');
    let heard = '';
    socket.on('data', (piece: Buffer) => {
      heard += piece.toString();
    });
    const body = '{"text":"pezzo"}';
    for (let n = 1; n <= 3; n++) {
      socket.write(`POST /talks/${n}/said HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n\r\n`);
      for (const piece of n === 2 ? [body] : [body.slice(0, 5), body.slice(5)]) {
        await sleep(20);
        socket.write(piece);
      }
      await expect.poll(() => heard.split('HTTP/1.1 200').length - 1, { timeout: 5_000 }).toBe(n);
    }
    socket.destroy();
    expect(heard.match(/"text":"pezzo"/g)).toHaveLength(3);
  });

  test('a reply that cannot be written is an error, not a silence', async () => {
    broken = { 'x-bad': 'line\nbreak' };
    expect((await say('/talks/7/said')).status).toBe(500);
    broken = undefined;
    expect((await say('/talks/7/said')).status).toBe(200);
  });
});
