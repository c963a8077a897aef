import { expect, test } from 'vitest';
import openIndex from '../../indexes/embedded.ts';
import type { KnowledgeIndex } from '../../indexes/contract.ts';
import type { Passage } from '../question.ts';
import { vectorsOf } from './kinship.ts';
import { cosineOf, latentSpace } from './latent.ts';

// Two topics; within each, "medico" and "dottore" never stand in one passage but in the same company.
const TEXTS = Array.from({ length: 16 }, (_, i) =>
  i % 2 === 0
    ? `${i % 4 === 0 ? 'medico' : 'dottore'} ambulatorio visita ricetta paziente turno${i}`
    : `${i % 4 === 1 ? 'rifiuti' : 'spazzatura'} raccolta bidone plastica vetro turno${i}`,
);

async function open(texts: string[]): Promise<KnowledgeIndex> {
  const index = openIndex();
  const empty = { version: 1, title: '', headings: [], position: 0, lang: 'it', office: '', audience: 'citizen' as const };
  await index.put(
    texts.map((text, i): Passage => {
      const id = `p${i}`;
      return {
        ...empty,
        id,
        documentId: id,
        anchor: id,
        text,
        validFrom: null,
        validUntil: null,
        updatedOn: '',
        sourceUrl: null,
        start: 0,
        end: text.length,
      };
    }),
  );
  return index;
}

function directionOf(word: string, index: KnowledgeIndex): Float64Array {
  const [passage] = [...index.collection.entries].filter(({ passage: { text } }) => text.startsWith(word));
  return latentSpace(index).ofWords([{ slot: passage?.text[0] as number, weight: 1 }]);
}

test('words that keep the same company lie close together, though no passage holds both', async () => {
  const index = await open(TEXTS);
  expect(cosineOf(directionOf('medico', index), directionOf('dottore', index))).toBeGreaterThan(0.8);
  expect(Math.abs(cosineOf(directionOf('medico', index), directionOf('rifiuti', index)))).toBeLessThan(0.2);
});

test('a passage has a direction of length 1; unknown words have none; the space is the same when made again', async () => {
  const [one, other] = [await open(TEXTS), await open(TEXTS)];
  const [first] = latentSpace(one).ofPassages(vectorsOf([...one.collection.entries].slice(0, 1), one));
  expect(Math.hypot(...(first as Float64Array))).toBeCloseTo(1, 6);
  expect(Math.hypot(...latentSpace(one).ofWords([{ slot: 1_000_000, weight: 1 }]))).toBe(0);
  expect([...directionOf('medico', one)]).toEqual([...directionOf('medico', other)]);
});

test('copies of one passage are no reason for numbers that are none', async () => {
  const index = await open(TEXTS.map(() => TEXTS[0] as string));
  const directions = latentSpace(index).ofPassages(vectorsOf([...index.collection.entries], index));
  for (const direction of directions) for (const value of direction) expect(Number.isFinite(value)).toBe(true);
});
