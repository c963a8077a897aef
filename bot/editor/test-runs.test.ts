/** All test questions at once, their history, and a draft as each channel would show it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Reply, startConsole } from './fixtures/console.ts';

let house: Awaited<ReturnType<typeof startConsole>>;
let anna: (method: string, path: string, body?: unknown) => Promise<Reply>;
beforeAll(async () => {
  house = await startConsole();
  anna = await house.signIn('Anna Redattrice');
});
afterAll(() => house?.serving.stop());

const FORNO = '# Forno sociale\n\n## Costi\nUn’infornata nel forno sociale costa 8 euro.\n';
const POZZO = '# Pozzo\n\n## Costi\nIl secchio del pozzo comunale costa 2 euro.\n';
interface Run {
  total: number;
  failed: { question: string; wrong: string }[];
  newlyFailed: string[];
  mended: string[];
}
const run = async (by = anna) => (await by('POST', '/api/tests/run', {})).body as unknown as Run;

test('what passed and no longer does is named, what was mended too; each office tests its own', async () => {
  for (const [title, markdown, office] of [
    ['Forno sociale', FORNO, 'Tributi'],
    ['Pozzo', POZZO, 'Ambiente'],
  ]) {
    const { documentId } = (await anna('POST', '/api/documents', { title, markdown, office })).body;
    expect((await anna('POST', `/api/documents/${documentId}/publish`, {})).status).toBe(200);
  }
  await anna('POST', '/api/documents/forno-sociale/tests', { question: 'Quanto costa un’infornata nel forno sociale?' });
  await anna('POST', '/api/documents/pozzo/tests', { question: 'Quanto costa il secchio del pozzo comunale?' });
  expect(await run()).toMatchObject({ total: 2, failed: [], newlyFailed: [], mended: [] });

  await anna('PUT', '/api/documents/pozzo/draft', { markdown: '# Pozzo\n\nIl pozzo è chiuso per lavori.\n' });
  expect((await anna('POST', '/api/documents/pozzo/publish', { override: { reason: 'il pozzo è chiuso' } })).status).toBe(200);
  const broken = await run();
  expect(broken).toMatchObject({ total: 2, failed: [{ question: 'Quanto costa il secchio del pozzo comunale?' }] });
  expect(broken.newlyFailed).toHaveLength(1);

  const bruno = await house.signIn('Bruno Tributi');
  expect(await run(bruno)).toMatchObject({ total: 1, failed: [] });
  await anna('POST', '/api/documents/pozzo/restore', { version: 1 });
  const mended = await run();
  expect(mended).toMatchObject({ failed: [], newlyFailed: [] });
  expect(mended.mended).toEqual(broken.newlyFailed);
  const { runs } = (await anna('GET', '/api/tests/runs')).body as unknown as { runs: Run[] };
  expect(runs.map(({ failed }) => failed.length)).toEqual([0, 1, 0]);
});

test('a draft is seen as Telegram, WhatsApp and Teams would show it, with its source; nothing is sent', async () => {
  await anna('PUT', '/api/documents/forno-sociale/draft', { markdown: FORNO.replace('8 euro', '9 euro') });
  const { draft, published } = (
    await anna('POST', '/api/documents/forno-sociale/preview', { question: 'Quanto costa un’infornata nel forno sociale?' })
  ).body as unknown as Record<'draft' | 'published', { channels: { channel: string; messages: { text: string }[] }[] }>;
  for (const [answer, price] of [
    [draft, '9 euro'],
    [published, '8 euro'],
  ] as const) {
    expect(answer.channels.map(({ channel }) => channel)).toEqual(['telegram', 'whatsapp', 'teams']);
    for (const { channel, messages } of answer.channels) {
      const text = messages.map((message) => message.text).join('\n');
      expect(text, channel).toContain(price);
      expect(text, channel).toMatch(/\[1\][\s\S]*Forno sociale[\s\S]*http:\/\/[\w.:]+\/sources\/forno-sociale\//);
      expect(text, channel).not.toMatch(/<\/?\w+>/);
    }
  }
});
