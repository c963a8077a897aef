/** An overlay answers as the index will once the passages are in it. */
import { expect, test } from 'vitest';
import type { Passage } from '../../answering/question.ts';
import { createRetriever } from '../../answering/retrieve.ts';
import { createEmbedded } from '../embedded.ts';
import { overlay } from './overlay.ts';

const passage = (documentId: string, version: number, position: number, text: string, more: Partial<Passage> = {}): Passage => ({
  ...{
    id: `${documentId}-${version}-${position}`,
    documentId,
    version,
    title: `Pagina ${documentId}`,
    headings: [],
    anchor: `p${position}`,
  },
  ...{ position, lang: 'it', office: '', audience: 'citizen', validFrom: null, validUntil: null, updatedOn: '2026-01-01', sourceUrl: null },
  ...{ start: 0, end: text.length, text, ...more },
});

const THINGS = ['nido', 'mensa', 'scuolabus', 'piscina', 'biblioteca', 'teatro', 'cimitero', 'mercato', 'palestra', 'museo'];
const pages = THINGS.flatMap((thing) => [
  passage(thing, 1, 0, `La retta del ${thing} costa ${thing.length * 10} euro al mese per ogni famiglia residente.`),
  passage(thing, 1, 1, `La domanda per il ${thing} si presenta entro ${thing.length} giorni allo sportello.`),
]);
const draft = [
  passage('mensa', 2, 0, 'Il pasto della mensa costa 7 euro e si paga con la tessera zampogna.'),
  passage('mensa', 2, 1, 'La domanda per la mensa si presenta entro 30 giorni allo sportello.'),
  passage('mensa', 2, 2, 'La mensa dei docenti è chiusa.', { audience: 'staff' }),
];
const filter = { at: '2026-11-25', audience: 'citizen', langs: null, office: null } as const;
const ask = (index: ReturnType<typeof createEmbedded>, text: string) =>
  createRetriever(index).retrieve(
    { question: { text, history: [], at: filter.at, audience: 'citizen' }, lang: 'it', standalone: text, kind: 'question' },
    filter,
  );

test('the best passage, those of the page and nearly the same score as after the publication; nothing shows meanwhile', async () => {
  const index = createEmbedded();
  await index.put(pages);
  const questions = [
    ...THINGS.map((thing) => `Quanto costa la retta del ${thing}?`),
    'Quanto costa il pasto della mensa?',
    'tessera zampogna',
    'domanda mensa entro quando',
  ];
  const over = overlay(index, 'mensa', draft) as ReturnType<typeof createEmbedded>;
  const trial = [];
  for (const text of questions) trial.push(await ask(over, text));
  expect((await ask(index, 'tessera zampogna')).map(({ passage: { id } }) => id)).not.toContain('mensa-2-0');
  await index.remove('mensa');
  await index.put(draft);
  for (const [i, text] of questions.entries()) {
    const after = await ask(index, text);
    expect(trial[i]?.[0]?.passage.id, text).toBe(after[0]?.passage.id);
    const visible = (ranked: typeof after | undefined) =>
      ranked?.filter(({ passage: { documentId } }) => documentId === 'mensa').map(({ passage: { id } }) => id);
    expect(visible(trial[i]), text).toEqual(visible(after));
    expect(trial[i]?.[0]?.score, text).toBeCloseTo(after[0]?.score ?? 0, 1);
  }
});

test('it is only read', async () => {
  const index = createEmbedded();
  await index.put(pages);
  await expect(overlay(index, 'mensa', draft).put(draft)).rejects.toThrow(/only read/);
});
