import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createFetch } from './files.ts';

test('why a file could not be fetched names neither the citizen’s folder nor its key', async () => {
  const server = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const fetchFile = createFetch({ bearer: async () => 'gettone', mayHaveToken: () => true, allow: [host] });
  const url = `http://${host}/personal/anna_rossi/modulo.pdf?tempauth=chiave`;
  const error = await fetchFile(JSON.stringify({ url, token: false })).catch((thrown: unknown) => thrown as Error);
  await new Promise((resolve) => server.close(resolve));
  expect(error).toBeInstanceOf(Error);
  expect(`${error}\n${(error as Error).stack}`).not.toMatch(/anna_rossi|chiave/);
  expect((error as Error).message).toMatch(/^the file: /);
});
