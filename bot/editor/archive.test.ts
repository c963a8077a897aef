/** The whole knowledge out of one Sportello and into another, empty one: the same answers with the same citations. */
import { unzipSync, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConsole } from './fixtures/console.ts';

type House = Awaited<ReturnType<typeof startConsole>>;
let from: House;
let to: House;
beforeAll(async () => {
  [from, to] = [await startConsole(), await startConsole()];
}, 120_000);
afterAll(async () => {
  await from?.serving.stop();
  await to?.serving.stop();
});

const page = (title: string, price: string) => ({
  title,
  markdown: `# ${title}\n\n## Costi\n${title}: il biglietto costa ${price} euro.\n\n## Orari\nL’ingresso è aperto dalle 9:00 alle 13:00, dal lunedì al venerdì.\n`,
  phrasings: ['quanto si spende per entrare'],
});
const QUESTIONS = [
  'Quanto costa il biglietto della torre campanaria?',
  'Quanto costa il biglietto del museo del sale?',
  'Si può salire sulla torre con il cane?',
  'Quando apre la piscina?',
];
const answers = (house: House) =>
  Promise.all(
    QUESTIONS.map(async (text) => {
      const { ms: _ms, ...answer } = await house.sportello.knowledge.answerQuestion({
        text,
        lang: 'it',
        history: [],
        at: '2026-11-26',
        audience: 'citizen',
      });
      return answer;
    }),
  );
const zipFrom = async (house: House, name = 'Anna Redattrice') => {
  const session = await house.open(name);
  return session('GET', '/api/knowledge/export');
};

test('exported and imported: same answers, same citations, same versions, tests, curated answers and gaps', {
  timeout: 120_000,
}, async () => {
  const anna = await from.signIn('Anna Redattrice');
  for (const [title, prices] of Object.entries({ 'Torre campanaria': ['4', '5'], 'Museo del sale': ['7'] })) {
    const { documentId } = (await anna('POST', '/api/documents', page(title, prices[0] as string))).body;
    expect((await anna('POST', `/api/documents/${documentId}/publish`, {})).status).toBe(200);
    for (const price of prices.slice(1)) {
      await anna('PUT', `/api/documents/${documentId}/draft`, { markdown: page(title, price).markdown });
      expect((await anna('POST', `/api/documents/${documentId}/publish`, { override: { reason: 'il prezzo è cambiato' } })).status).toBe(
        200,
      );
    }
  }
  await anna('POST', '/api/documents/torre-campanaria/tests', { question: '=Quanto costa il biglietto della torre campanaria?' });
  const { passages } = (await anna('GET', '/api/documents/torre-campanaria/passages')).body as unknown as {
    passages: { id: string; text: string }[];
  };
  const cited = passages.find(({ text }) => /biglietto/.test(text));
  const curated = await anna('POST', '/api/curated', {
    question: 'Si può salire sulla torre con il cane?',
    lang: 'it',
    text: cited?.text,
    documentId: 'torre-campanaria',
    passageId: cited?.id,
    quote: cited?.text,
  });
  expect(curated.status, JSON.stringify(curated.body)).toBe(201);
  const citizen = await from.citizen();
  await citizen.say('Quando apre la piscina?');

  const exported = await zipFrom(from);
  expect(exported.status).toBe(200);
  const files = unzipSync(exported.bytes);
  const text = (name: string) => new TextDecoder().decode(files[name]);
  expect(JSON.parse(text('manifest.json'))).toMatchObject({
    format: 'sportello-knowledge',
    rows: { document: 2, document_version: 3, document_test: 1 },
  });
  expect(text('domande-di-prova.csv')).toContain("'=Quanto costa");
  expect(text('tables/gap.jsonl')).not.toMatch(/conversation|answer_id/);

  const before = await answers(from);
  expect(before.map(({ outcome }) => outcome)).toContain('answered');
  const dario = await to.open('Dario Dirigente');
  const imported = await dario('POST', '/api/knowledge/import', exported.bytes);
  expect(imported.status, new TextDecoder().decode(imported.bytes)).toBe(200);
  expect(await answers(to)).toEqual(before);
  const there = await to.signIn('Anna Redattrice');
  for (const path of ['/api/documents/torre-campanaria/versions', '/api/documents/torre-campanaria', '/api/gaps'])
    expect((await there('GET', path)).body, path).toEqual((await anna('GET', path)).body);
  const old = await fetch(`${to.serving.url}/sources/torre-campanaria/1`);
  expect(await old.text()).toContain('4 euro');

  expect((await dario('POST', '/api/knowledge/import', exported.bytes)).text()).toContain('istanza vuota');
  expect((await dario('POST', '/api/knowledge/import', zipSync({ ...files, 'tables/gap.jsonl': new Uint8Array([32]) }))).text()).toContain(
    'codice di controllo',
  );
  expect((await dario('POST', '/api/knowledge/import', new TextEncoder().encode('nulla'))).text()).toContain('non è un archivio');
  expect((await zipFrom(from, 'Bruno Tributi')).status).toBe(403);
});
