/** A ranking learnt from the editors' own test questions: compared on pages it never saw, adopted by a person, gone again by a person. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Reply, startConsole } from './fixtures/console.ts';

let house: Awaited<ReturnType<typeof startConsole>>;
let dario: (method: string, path: string, body?: unknown) => Promise<Reply>;
let anna: typeof dario;
beforeAll(async () => {
  house = await startConsole();
  [anna, dario] = [await house.signIn('Anna Redattrice'), await house.signIn('Dario Dirigente')];
});
afterAll(() => house?.serving.stop());

const THINGS = ['barca', 'giostra', 'serra', 'fontana', 'scala', 'teatro', 'campana', 'mulino', 'forno', 'pozzo', 'vigna'];
/** The office writes its answer last and in other words; an announcement above it says all the words of the question. */
const page = (thing: string, i: number) => `# Regolamento ${thing}

## Avviso
Molti ci chiedono quanto costa usare la ${thing} comunale, a chi si chiede la ${thing} comunale e quando apre la ${thing} comunale: leggi sotto.

## Importi
Per la ${thing} si versano ${i + 3} euro.

## Ufficio
Per la ${thing} la domanda va all’ufficio ${i + 1}.

## Orario
La ${thing} si visita dalle ${8 + (i % 4)}:00.
`;
const QUESTIONS: [string, (thing: string) => string][] = [
  ['importi', (thing) => `Quanto costa usare la ${thing} comunale?`],
  ['importi', (thing) => `Quanto costa la ${thing} comunale?`],
  ['ufficio', (thing) => `A chi si chiede la ${thing} comunale?`],
  ['orario', (thing) => `Quando apre la ${thing} comunale?`],
  ['ufficio', (thing) => `A chi chiedo la ${thing} comunale?`],
  ['orario', (thing) => `Da quando apre la ${thing} comunale al mattino?`],
];
type State = Record<'untrained' | 'trained', Record<string, number>> & { better: boolean; questions: number; pages: number };
const state = async () =>
  (await dario('GET', '/api/ranking')).body as unknown as {
    questions: number;
    training: boolean;
    proposal: State | null;
    adopted: State | null;
  };
const first = async (text: string) =>
  (
    await house.sportello.knowledge.steps({ text, lang: 'it', history: [], at: house.sportello.today(), audience: 'citizen' })
  ).passages[0]?.passage.headings.at(-1);

test('too few questions teach nothing; enough are compared on pages held back; what is adopted orders answers until it is dropped', {
  timeout: 240_000,
}, async () => {
  expect((await dario('POST', '/api/ranking/train', {})).body.error.code).toBe('TooFew');
  const { database, knowledge } = house.sportello;
  for (const [i, thing] of THINGS.entries()) {
    const meta = { id: thing, title: `Regolamento ${thing}`, lang: 'it', office: '' };
    const prepared = await knowledge.editing.prepareText(page(thing, i), meta, '2026-01-01');
    await knowledge.publishVersion(prepared);
    await database.write(async (tx) => {
      const { addTest } = await import('../../knowledge/documents/tests.ts');
      for (const [anchor, question] of QUESTIONS)
        await addTest(tx, { documentId: thing, kind: 'cites', question: question(thing), lang: 'it', anchor }, 'anna');
    });
  }
  const asked = 'Quanto costa usare la vigna comunale?';
  const before = await first(asked);
  expect((await state()).questions).toBe(THINGS.length * QUESTIONS.length);
  expect((await anna('POST', '/api/ranking/train', {})).status).toBe(403);
  expect((await dario('POST', '/api/ranking/adopt', {})).body.error.code).toBe('NotBetter');
  expect((await dario('POST', '/api/ranking/train', {})).status).toBe(202);
  const { proposal } = await vi.waitFor(
    async () => {
      const now = await state();
      expect(now.training).toBe(false);
      expect(now.proposal).not.toBeNull();
      return now;
    },
    { timeout: 200_000, interval: 500 },
  );
  expect(proposal).toMatchObject({ questions: THINGS.length * QUESTIONS.length, pages: THINGS.length, better: true });
  expect(await first(asked)).toBe(before);

  expect((await dario('POST', '/api/ranking/adopt', {})).status).toBe(200);
  expect(await state()).toMatchObject({ proposal: null, adopted: { better: true } });
  expect(await first(asked)).toBe('Importi');
  const audited = await database.read.selectFrom('audit').select(['action', 'detail']).where('action', '=', 'ranking.adopt').execute();
  expect(audited).toHaveLength(1);
  expect(audited[0]?.detail).toContain('ndcg10');

  // A model learnt on one figure fewer, as an earlier version left it, is not believed: the order is the hand-set one.
  const { value } = await database.read.selectFrom('learned').select('value').where('name', '=', 'reranker').executeTakeFirstOrThrow();
  const stored = JSON.parse(value) as { model: { mean: number[]; spread: number[] } };
  const { mean, spread } = stored.model;
  const older = JSON.stringify({ ...stored, model: { ...stored.model, mean: mean.slice(1), spread: spread.slice(1) } });
  await database.write((tx) => tx.updateTable('learned').set({ value: older }).where('name', '=', 'reranker').execute());
  await knowledge.ranking.load();
  expect(await first(asked)).toBe(before);
  await database.write((tx) => tx.updateTable('learned').set({ value }).where('name', '=', 'reranker').execute());
  await knowledge.ranking.load();
  expect(await first(asked)).toBe('Importi');

  await dario('POST', '/api/ranking/drop', {});
  expect(await first(asked)).toBe(before);
});
