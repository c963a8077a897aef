import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import type { Composer } from '../composers/contract.ts';
import openExtractive from '../composers/extractive.ts';
import type { PreparedDocument } from '../documents/document.ts';
import openIndex from '../indexes/embedded.ts';
import { createKnowledge, type Knowledge } from '../knowledge.ts';
import it from '../languages/it.ts';
import { createKeptAnswers, type Given } from './kept-answers.ts';
import type { Question } from './question.ts';

const ASKED = 'Quanto costa la tessera della biblioteca comunale?';
let folder: string;
let database: Database;
let knowledge: Knowledge;
let composed: number;
/** Counts what is really worked for. */
const counting = (): Composer => {
  const composer = openExtractive();
  return {
    ...composer,
    compose(...given) {
      composed++;
      return composer.compose(...given);
    },
  };
};
const open = (composer: Composer) => createKnowledge({ database, index: openIndex(), composer, languages: [it()], onSurprise() {} });

beforeEach(async () => {
  composed = 0;
  folder = mkdtempSync(join(tmpdir(), 'sportello-kept-'));
  database = await openDatabase({ dataDir: folder });
  knowledge = await open(counting());
});
afterEach(async () => {
  await knowledge.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

function page(price: number, more: Partial<PreparedDocument['meta']> = {}): PreparedDocument {
  const text = `La tessera della biblioteca comunale costa ${price} euro.`;
  const open = { sourceUrl: null, validFrom: null, validUntil: null, owner: null, reviewBy: null };
  const meta = { id: 'tessera', title: 'Tessera della biblioteca comunale', lang: 'it', office: 'Biblioteca', ...open };
  return {
    meta: { ...meta, audience: 'citizen', updatedOn: '2026-01-01', ...more },
    source: 'tessera',
    text,
    sections: [{ anchor: 'costo', headings: ['Quanto costa'], start: 0, end: text.length }],
  };
}

const ask = (more: Partial<Question> = {}) =>
  knowledge.answerQuestion({ text: ASKED, lang: 'it', history: [], at: '2026-11-26', audience: 'citizen', ...more });

test('whoever asks the same in other capitals and blanks gets the same answer without new work, also in the middle of a conversation', async () => {
  await knowledge.publishVersion(page(5));
  const first = await ask();
  expect(first).toMatchObject({ outcome: 'answered', citations: [{ quote: expect.stringContaining('5 euro') }] });
  const worked = composed;
  const again = await ask({ text: `  ${ASKED.toUpperCase().replace('?', ' ?')} ` });
  const { ms: _, ...given } = first;
  expect(again).toMatchObject(given);
  const later = await ask({ history: [{ role: 'citizen', text: 'Dove si pagano le multe per divieto di sosta in centro?' }] });
  expect(later).toMatchObject(given);
  expect(composed).toBe(worked);
});

test('of many who ask at the same moment one is worked for', async () => {
  await knowledge.publishVersion(page(5));
  const answers = await Promise.all(Array.from({ length: 50 }, () => ask()));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(composed).toBe(1);
});

test('while versions are published none is cited that another has replaced', async () => {
  await knowledge.publishVersion(page(1));
  let published = 1;
  let over = false;
  const stale: string[] = [];
  let asked = 0;
  const asking = Array.from({ length: 4 }, async () => {
    while (!over) {
      const inForce = published;
      const answer = await ask();
      asked++;
      const cited = Number(/costa (\d+) euro/.exec(answer.citations[0]?.quote ?? '')?.[1]);
      if (!(cited >= inForce)) stale.push(`version ${cited} after ${inForce}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  });
  for (let version = 2; version <= 40; version++) {
    await knowledge.publishVersion(page(version));
    published = version;
  }
  over = true;
  await Promise.all(asking);
  expect(stale).toEqual([]);
  expect(asked).toBeGreaterThan(composed);
});

test('withdrawn, another day, or staff: nothing of what was kept is given', async () => {
  await knowledge.publishVersion(page(5, { validUntil: '2026-11-30' }));
  expect((await ask()).outcome).toBe('answered');
  expect((await ask({ at: '2026-12-01' })).outcome).not.toBe('answered');
  expect(knowledge.knownAnswer({ text: ASKED, lang: 'it', history: [], at: '2026-11-26', audience: 'staff' })).toBeNull();
  await knowledge.withdraw('tessera');
  expect((await ask()).outcome).not.toBe('answered');
});

test('a new calibration and other offices are answered by anew', async () => {
  await knowledge.publishVersion(page(5));
  const known = () => knowledge.knownAnswer({ text: ASKED, lang: 'it', history: [], at: '2026-11-26', audience: 'citizen' });
  await ask();
  expect(known()?.outcome).toBe('answered');
  await knowledge.saveOffices([{ name: 'Biblioteca', address: '', hours: '', phone: '', email: '', topics: [] }]);
  expect(known()).toBeNull();
});

const question: Question = { text: 'x', lang: 'it', history: [], at: '2026-11-26', audience: 'citizen' };
const given = (text: string, more: Partial<Given> = {}): Given => ({
  outcome: 'answered',
  reason: '',
  text,
  lang: 'it',
  citations: [],
  choices: [],
  ...more,
});

test('quotations given while the model was spared do not stand in for its words once it is asked again', async () => {
  let asks = false;
  const kept = createKeptAnswers({ version: () => '1', asksModel: () => asks });
  await kept.give(question, '', async () => given('quoted'));
  asks = true;
  expect(kept.known(question, '')).toBeNull();
  expect((await kept.give(question, '', async () => given('worded', { generated: true }))).text).toBe('worded');
  asks = false;
  expect(kept.known(question, '')?.text).toBe('worded');
});

test('what was begun before a change is not kept, and nobody who asks after it waits for it', async () => {
  let version = '1';
  const kept = createKeptAnswers({ version: () => version, asksModel: () => false });
  let finish: (answer: Given) => void = () => {};
  const old = kept.give(question, '', () => new Promise((resolve) => (finish = resolve)));
  version = '2';
  expect((await kept.give(question, '', async () => given('new'))).text).toBe('new');
  finish(given('old'));
  await old;
  expect(kept.known(question, '')?.text).toBe('new');
});

test('no more than its bound, the least asked for goes first; what was not answered is not kept', async () => {
  const kept = createKeptAnswers({ version: () => '1', asksModel: () => false, most: 2 });
  const give = (text: string, more: Partial<Given> = {}) => kept.give({ ...question, text }, '', async () => given(text, more));
  await give('a');
  await give('b');
  await give('a');
  await give('c');
  await give('d', { outcome: 'unanswerable' });
  expect(['a', 'b', 'c', 'd'].map((text) => kept.known({ ...question, text }, '')?.text ?? null)).toEqual(['a', null, 'c', null]);
  expect(kept.size()).toBe(2);
});
