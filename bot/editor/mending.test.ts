/** A wrong cut mended in the console: in the draft only, through the gate, kept when the same file is read again. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConsole } from './fixtures/console.ts';

interface Shown {
  version: number;
  status: string;
  passages: { id: string; anchor: string; headings: string[]; text: string }[];
  mends: { words: string; holds: boolean }[];
}
let house: Awaited<ReturnType<typeof startConsole>>;
let anna: Awaited<ReturnType<typeof house.signIn>>;
const folder = mkdtempSync(join(tmpdir(), 'mending-'));
const file = join(folder, 'sauna.md');
const SAUNA = `# Sauna comunale

## Orari
La sauna comunale apre alle 18:00 di sera. Il martedì la sauna resta chiusa.

## Ingresso
Il biglietto della sauna costa 9 euro.

## Contatti
Il telefono della sauna è 02 1234567.
`;

beforeAll(async () => {
  house = await startConsole();
  anna = await house.signIn('Anna Redattrice');
  await ingest(SAUNA);
});
afterAll(() => house?.serving.stop());

async function ingest(text: string): Promise<void> {
  writeFileSync(file, `---\nid: sauna\n---\n${text}`);
  await house.sportello.knowledge.ingest({ sources: [file], given: {} });
}
const shown = async (version?: number): Promise<Shown> =>
  (await anna('GET', `/api/documents/sauna/passages${version === undefined ? '' : `?version=${version}`}`)).body as unknown as Shown;
const mend = (body: object) => anna('POST', '/api/documents/sauna/mends', body);
const ask = (text: string) =>
  house.sportello.knowledge.answerQuestion({ text, lang: 'it', history: [], at: house.sportello.today(), audience: 'citizen' });
const page = async (path: string) => (await fetch(house.serving.url + path)).text();

test('joining, splitting and moving a heading change the draft alone; published, the answers cite the passage as mended', async () => {
  await anna('POST', '/api/documents/sauna/tests', { question: 'Quanto costa il biglietto della sauna?', anchor: 'ingresso' });
  const before = await shown();
  expect(before.passages.map(({ anchor }) => anchor)).toEqual(['orari', 'ingresso', 'contatti']);
  expect((await mend({ kind: 'join', passage: before.passages[0]?.id })).status).toBe(200);
  const joined = await shown();
  expect(joined).toMatchObject({ version: 2, status: 'draft' });
  expect(joined.passages.map(({ anchor }) => anchor)).toEqual(['orari', 'contatti']);
  const text = joined.passages[0]?.text ?? '';
  await mend({ kind: 'split', passage: joined.passages[0]?.id, at: text.indexOf('Il martedì') });
  const split = await shown();
  await mend({ kind: 'heading', passage: split.passages[1]?.id, headings: ['Chiusura e ingresso'] });

  const now = await shown();
  expect(now.passages.map(({ anchor, headings }) => [anchor, headings])).toEqual([
    ['orari', ['Orari']],
    ['orari-parte-2', ['Chiusura e ingresso']],
    ['contatti', ['Contatti']],
  ]);
  expect(now.mends.map(({ holds }) => holds)).toEqual([true, true, true]);
  expect((await shown(1)).passages).toHaveLength(3);
  expect((await ask('Quanto costa il biglietto della sauna?')).citations[0]).toMatchObject({ version: 1, anchor: 'ingresso' });

  const out = await anna('POST', '/api/documents/sauna/publish', {});
  expect(out.status, JSON.stringify(out.body)).toBe(200);
  const answer = await ask('Quanto costa il biglietto della sauna?');
  expect(answer.citations[0]).toMatchObject({ version: 2, anchor: 'orari-parte-2', heading: 'Chiusura e ingresso' });
  const cited = await page(`/sources/sauna/2#${answer.citations[0]?.anchor}`);
  expect(cited).toContain('id="orari-parte-2"');
  // The place that was joined is still a place.
  expect(cited).toContain('id="ingresso"');
  expect((await anna('GET', '/api/documents/sauna/tests')).body.tests).toEqual([
    expect.objectContaining({ anchor: 'ingresso', wrong: null }),
  ]);
});

test('the same file read again changes nothing; a changed one keeps what still finds its place and says what does not', async () => {
  await ingest(SAUNA);
  expect((await anna('GET', '/api/documents/sauna/versions')).body.versions).toHaveLength(2);
  await ingest(SAUNA.replace('02 1234567', '02 7654321'));
  const elsewhere = await shown();
  expect(elsewhere).toMatchObject({ version: 3, status: 'published' });
  expect(elsewhere.mends.map(({ holds }) => holds)).toEqual([true, true, true]);
  expect(elsewhere.passages.map(({ anchor }) => anchor)).toEqual(['orari', 'orari-parte-2', 'contatti']);

  await ingest(SAUNA.replace('Il martedì la sauna resta chiusa', 'Il giovedì sera la sauna è riservata alle donne'));
  const there = await shown();
  expect(there).toMatchObject({ version: 4, status: 'published' });
  expect(there.mends.map(({ holds }) => holds)).toEqual([false, false, false]);
  expect(there.passages.map(({ anchor }) => anchor)).toEqual(['orari', 'ingresso', 'contatti']);
  const { pages } = (await anna('GET', '/api/checks')).body;
  expect(pages.find(({ documentId }) => documentId === 'sauna')?.findings.map(({ kind }) => kind)).toContain('lost-mend');
  // What was dropped is told once: the next version begins with what held.
  await anna('PUT', '/api/documents/sauna/draft', { owner: 'Anna' });
  expect((await shown()).mends).toEqual([]);
});

test('an older version comes back with its mends; what does not hold while somebody writes comes back with the text; taken back, the cut is the reader’s', async () => {
  await anna('POST', '/api/documents/sauna/restore', { version: 2 });
  const restored = await shown();
  expect(restored.passages.map(({ anchor }) => anchor)).toEqual(['orari', 'orari-parte-2', 'contatti']);
  const put = (markdown: string) => anna('PUT', '/api/documents/sauna/draft', { markdown });
  await put(SAUNA.replace('Il biglietto', 'Ogni ingresso'));
  expect((await shown()).mends[0]).toMatchObject({ holds: false });
  await put(SAUNA);
  expect((await shown()).mends.map(({ holds }) => holds)).toEqual([true, true, true]);
  for (const last of [2, 1, 0]) expect((await mend({ kind: 'undo', mend: last })).status).toBe(200);
  expect(await shown()).toMatchObject({ mends: [], passages: [{ anchor: 'orari' }, { anchor: 'ingresso' }, { anchor: 'contatti' }] });
});

test('a passage that is no longer there, one that cannot be cut so, and another office’s page are refused', async () => {
  const { passages } = await shown();
  expect((await mend({ kind: 'join', passage: 'sauna:orari:00000000' })).status).toBe(409);
  expect((await mend({ kind: 'join', passage: passages.at(-1)?.id })).status).toBe(422);
  expect((await mend({ kind: 'split', passage: passages[0]?.id, at: 100_000 })).status).toBe(422);
  expect((await mend({ kind: 'undo', mend: 40 })).status).toBe(409);
  const bruno = await house.signIn('Bruno Tributi');
  expect((await bruno('POST', '/api/documents/sauna/mends', { kind: 'undo', mend: 0 })).status).toBe(403);
});
