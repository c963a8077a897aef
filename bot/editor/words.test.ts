/** Words that editors add: a question in people’s words is answered by the page that writes other ones, at once, and no longer once they are taken away. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Reply, startConsole } from './fixtures/console.ts';

let house: Awaited<ReturnType<typeof startConsole>>;
let anna: (method: string, path: string, body?: unknown) => Promise<Reply>;
beforeAll(async () => {
  house = await startConsole();
  anna = await house.signIn('Anna Redattrice');
});
afterAll(() => house?.serving.stop());

const PAGE = '# Nulla osta trottolometrico\n\n## Costi\nIl nulla osta trottolometrico costa 14 euro.\n\n## Tempi\nArriva in 6 giorni.\n';
const ask = (text: string) =>
  house.sportello.knowledge.answerQuestion({ text, lang: 'it', history: [], at: house.sportello.today(), audience: 'citizen' });

test('an added word is understood at once and in the next version of the page; taken away it no longer is', {
  timeout: 60_000,
}, async () => {
  const asked = 'Quanto costa il girandolino?';
  const { documentId } = (await anna('POST', '/api/documents', { title: 'Nulla osta trottolometrico', markdown: PAGE })).body;
  await anna('POST', `/api/documents/${documentId}/publish`, {});
  expect((await ask(asked)).outcome).not.toBe('answered');

  const added = await anna('POST', '/api/words', { everyday: 'girandolino', official: 'nulla osta trottolometrico' });
  expect(added.body).toMatchObject({ pages: 1 });
  expect((await anna('POST', '/api/words', { everyday: 'Girandolino', official: 'Nulla osta trottolometrico' })).status).toBe(409);
  expect(await ask(asked)).toMatchObject({
    outcome: 'answered',
    text: expect.stringContaining('14 euro'),
    citations: [{ documentId, version: 1 }],
  });
  expect(await ask('Quanto costano i girandolini?')).toMatchObject({ outcome: 'answered', citations: [{ documentId }] });
  // In a conversation it is the citizen's own words that are kept.
  const citizen = await house.citizen();
  expect((await citizen.say(asked)).text).toContain('14 euro');
  const kept = await house.sportello.database.read.selectFrom('answer').select('question').execute();
  expect(kept.map(({ question }) => question)).toEqual([asked]);

  await anna('PUT', `/api/documents/${documentId}/draft`, { markdown: PAGE.replace('14 euro', '15 euro') });
  expect((await anna('POST', `/api/documents/${documentId}/publish`, { override: { reason: 'il prezzo è cambiato' } })).status).toBe(200);
  expect((await ask(asked)).text).toContain('15 euro');

  const { words } = (await anna('GET', '/api/words')).body as unknown as { words: { id: string }[] };
  expect((await anna('DELETE', `/api/words/${words[0]?.id}`, {})).status).toBe(200);
  expect((await ask(asked)).outcome).not.toBe('answered');
});
