import { expect, test } from 'vitest';
import { createDocuments } from './documents.ts';

const documents = createDocuments();
documents.openedBy([
  {
    method: 'get',
    path: '/attachments/:file',
    permission: 'public',
    summary: 'a file',
    file: true,
    handle: async ({ params }) => ({ status: 200, body: params['file'] ?? '' }),
  },
]);

test.each([
  ['/attachments/a%20b', true],
  ['/attachments/%zz', false],
  ['/attachments/%E0%A4%A?key=x', false],
  ['/attachments/a/b', false],
  ['//attachments/a', false],
  ['/\\attachments/a', false],
  ['/other/../attachments/a', true],
  ['https://elsewhere.example/attachments/a', false],
])('%s is an address of a file: %s', async (url, isFile) => {
  expect(documents.isFile(url)).toBe(isFile);
  expect((await documents.read(url, 'somebody', '')) !== null).toBe(isFile);
});
