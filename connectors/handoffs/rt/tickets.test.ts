/** Long talks on a ticket, on a mock of the pages of its history; everything else is tried on a real Request Tracker (contract.test.ts). */
import { expect, test } from 'vitest';
import { openMock } from '../fixtures/mock-server.ts';
import openRt from '../rt.ts';
import { createTickets } from './tickets.ts';

test('what the office says after the first hundred steps of a ticket is heard too', async () => {
  const steps = Array.from({ length: 230 }, (_, n) => ({ id: String(n + 1), Type: 'Set', Creator: 'root' }));
  for (const n of [5, 120, 229]) steps[n] = { id: String(n + 1), Type: 'Correspond', Creator: 'anna' };
  const mock = await openMock(({ path, query }) => {
    if (path.endsWith('/history')) {
      const [size, page] = [Number(query.get('per_page')), Number(query.get('page') ?? 1)];
      return { status: 200, body: { items: steps.slice((page - 1) * size, page * size), total: steps.length } };
    }
    if (path.endsWith('/attachments')) return { status: 200, body: { items: [{ id: path.split('/').at(-2), ContentType: 'text/plain' }] } };
    const content = Buffer.from(`parola ${path.split('/').at(-1)}`).toString('base64');
    return { status: 200, body: { ContentType: 'text/plain', Content: content } };
  });
  const tickets = createTickets({ url: mock.url, queue: 'Sportello', RT_TOKEN: 'x', RT_USER: '', RT_PASSWORD: '' });
  const past = await tickets.history('1');
  await mock.close();
  expect(past).toMatchObject({ kind: 'ok', value: [{ content: 'parola 6' }, { content: 'parola 121' }, { content: 'parola 230' }] });
});

test('what an agent wrote in the editor of the web page, kept as HTML alone, is heard as text', async () => {
  const html =
    '<p>Buongiorno,</p>\r\n<p>serve il <a href="https://comune.example/modulo">modulo</a>.<br>Costa 16&nbsp;&euro; &lt;bollo&gt;.</p><ul><li>uno</li></ul>';
  const mock = await openMock(({ path }) => {
    if (path.endsWith('/history')) return { status: 200, body: { items: [{ id: '7', Type: 'Correspond', Creator: 'anna' }] } };
    if (path.endsWith('/attachments'))
      return {
        status: 200,
        body: {
          items: [
            { id: '8', ContentType: 'multipart/mixed' },
            { id: '9', ContentType: 'text/html' },
          ],
        },
      };
    return { status: 200, body: { ContentType: 'text/html', Content: Buffer.from(html).toString('base64') } };
  });
  const tickets = createTickets({ url: mock.url, queue: 'Sportello', RT_TOKEN: 'x', RT_USER: '', RT_PASSWORD: '' });
  const past = await tickets.history('1');
  await mock.close();
  const content = 'Buongiorno,\nserve il modulo (https://comune.example/modulo).\nCosta 16 € <bollo>.\n- uno';
  expect(past).toEqual({ kind: 'ok', value: [{ id: 7, type: 'Correspond', by: 'anna', content }] });
});

test('an answer that is a file alone is no empty answer', async () => {
  const mock = await openMock(({ path }) => {
    if (path.endsWith('/history')) return { status: 200, body: { items: [{ id: '7', Type: 'Correspond', Creator: 'anna' }] } };
    if (path.endsWith('/attachments')) return { status: 200, body: { items: [{ id: '8', ContentType: 'application/pdf' }] } };
    return { status: 200, body: { Status: 'open', Requestor: [] } };
  });
  const handoffs = await openRt({}, { RT_URL: mock.url, RT_TOKEN: 'x', RT_USER: '', RT_PASSWORD: '' });
  const asked = await handoffs.ask('1', '');
  await mock.close();
  expect(asked).toMatchObject({ kind: 'ok', value: { news: [{ kind: 'said', id: '7', text: expect.stringContaining('un file') }] } });
});
