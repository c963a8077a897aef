/** A file whose name no URL would have. */
import { expect, test } from 'vitest';
import { newsIn } from './news.ts';

test('a stray percent sign in the name of a file loses nothing of what was said', () => {
  const said = {
    event: 'message_created',
    id: 5,
    content: 'Ecco',
    message_type: 'outgoing',
    conversation: { id: 7, contact_inbox: { source_id: 's' } },
  };
  const attachments = [{ data_url: 'https://chat.example/sconto 100%.pdf', file_type: 'file' }];
  expect(newsIn(JSON.stringify({ ...said, attachments }))).toMatchObject([
    { kind: 'said', text: 'Ecco', attachments: [{ name: 'sconto 100%.pdf' }] },
  ]);
});
