/** The loop of the console, on a whole Sportello: gap → page → checks → published, tested answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropDraft } from '../../knowledge/documents/draft.ts';
import { type Reply, startConsole } from './fixtures/console.ts';

type Call = (method: string, path: string, body?: unknown) => Promise<Reply>;
let house: Awaited<ReturnType<typeof startConsole>>;
let anna: Call;
let bruno: Call;
beforeAll(async () => {
  house = await startConsole();
  anna = await house.signIn('Anna Redattrice');
  bruno = await house.signIn('Bruno Tributi');
});
afterAll(() => house?.serving.stop());

const CANI = `# Canile comunale

## Descrizione breve
Il canile comunale accoglie i cani trovati per strada e li affida a chi li vuole adottare.

## Come fare
Per adottare un cane del canile telefona al canile e prenota una visita. Dopo la visita firmi il modulo di adozione.

## Cosa serve
- Un documento di identità.
- Il codice fiscale.

## Costi
Adottare un cane costa 30 euro. La somma copre il microchip.

## Tempi e scadenze
Il canile risponde entro 7 giorni dalla visita.
`;
const SALE = `# Sale civiche

## Come fare
Per usare una sala civica manda la domanda almeno 15 giorni prima.

## Costi
Una sala civica costa 40 euro al giorno.
`;

const published = async (page: object): Promise<{ documentId: string; version: number }> => {
  const made = await anna('POST', '/api/documents', page);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const out = await anna('POST', `/api/documents/${made.body.documentId}/publish`, {});
  expect(out.status, JSON.stringify(out.body)).toBe(200);
  return out.body;
};
const ask = (text: string) =>
  house.sportello.knowledge.answerQuestion({ text, lang: 'it', history: [], at: house.sportello.today(), audience: 'citizen' });

describe('from a question without answer to a published, tested one', () => {
  test('the gap is listed, closed only once a published page answers it, and who asked is told', async () => {
    await published({ title: 'Sale civiche', markdown: SALE, office: 'Cultura' });
    const citizen = await house.citizen();
    const first = await citizen.say('Quanto costa adottare un cane del canile?');
    const offered = first.suggestedActions?.actions.map(({ title }) => title) ?? [];
    expect(offered).toContain('Avvisami quando lo sapete');
    expect((await citizen.say('Avvisami quando lo sapete')).text).toMatch(/la scrivo qui/);

    const { gaps } = (await anna('GET', '/api/gaps')).body;
    const gap = gaps.find(({ question }: { question: string }) => /cane/.test(question));
    expect(gap).toMatchObject({ count: 1, watchers: 1 });

    const made = await anna('POST', '/api/documents', { title: 'Canile comunale', markdown: CANI, office: 'Ambiente' });
    expect(made.body).toMatchObject({ documentId: 'canile-comunale', status: 'draft', version: 1 });
    const early = await anna('POST', `/api/gaps/${gap?.id}/close`, { documentId: 'canile-comunale', test: true });
    expect(early.status).toBe(422);
    expect(early.body.answer.outcome).not.toBe('answered');

    expect((await anna('POST', '/api/documents/canile-comunale/publish', {})).status).toBe(200);
    const closed = await anna('POST', `/api/gaps/${gap?.id}/close`, { documentId: 'canile-comunale', test: true });
    expect(closed.body).toMatchObject({ closed: 1, told: 1 });
    expect((await anna('GET', '/api/gaps')).body.gaps.map(({ id }: { id: string }) => id)).not.toContain(gap?.id);
    const told = (await citizen.read()).at(-1);
    expect(told?.text).toMatch(/Ora abbiamo la risposta/);
    expect(told?.text).toMatch(/30 euro/);
    expect((await anna('GET', '/api/documents/canile-comunale/tests')).body.tests).toEqual([
      expect.objectContaining({ question: 'Quanto costa adottare un cane del canile?', wrong: null }),
    ]);
  });

  test('an edit that breaks an answer is stopped and named; an override is audited; the version before comes back', async () => {
    const id = 'canile-comunale';
    const before = await ask('Quanto costa adottare un cane del canile?');
    expect(before).toMatchObject({ outcome: 'answered' });
    const broken = CANI.replace(/## Costi[\s\S]*?\n\n/, '');
    expect((await anna('PUT', `/api/documents/${id}/draft`, { markdown: broken })).status).toBe(200);
    const stopped = await anna('POST', `/api/documents/${id}/publish`, {});
    expect(stopped.status).toBe(422);
    expect(stopped.body.failed).toContainEqual(
      expect.objectContaining({ check: 'test', question: 'Quanto costa adottare un cane del canile?' }),
    );
    expect(await ask('Quanto costa adottare un cane del canile?')).toMatchObject({ outcome: 'answered' });

    const forced = await anna('POST', `/api/documents/${id}/publish`, {
      override: { reason: 'Il costo è sospeso per decisione della giunta' },
    });
    expect(forced.body).toMatchObject({ version: 2, status: 'published' });
    const trace = await house.sportello.database.read
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'document.publish-override')
      .execute();
    expect(trace).toHaveLength(1);
    expect(trace[0]?.detail).toContain('sospeso');
    expect((await ask('Quanto costa adottare un cane del canile?')).citations.some(({ quote }) => /30 euro/.test(quote))).toBe(false);

    // Yesterday's answer still opens yesterday's text.
    const page = await (await fetch(house.serving.url + (before.citations[0]?.url.split('#')[0] ?? ''))).text();
    expect(page).toContain('Adottare un cane costa 30 euro');
    expect(page).toContain('sostituito');

    const restored = await anna('POST', `/api/documents/${id}/restore`, { version: 1 });
    expect(restored.body).toMatchObject({ version: 3, restored: 1 });
    const after = await ask('Quanto costa adottare un cane del canile?');
    expect(after.citations[0]).toMatchObject({ documentId: id, version: 3 });
    const { versions } = (await anna('GET', `/api/documents/${id}/versions`)).body;
    expect(versions.map(({ version, status }: { version: number; status: string }) => [version, status])).toEqual([
      [3, 'published'],
      [2, 'superseded'],
      [1, 'superseded'],
    ]);
    const { lines } = (await anna('GET', `/api/documents/${id}/diff?from=1&to=2`)).body;
    expect(lines).toContainEqual({ kind: 'removed', text: 'Adottare un cane costa 30 euro. La somma copre il microchip.' });
  });

  test('questions that the page answered in the last days stand guard over it, masked', async () => {
    const id = 'canile-comunale';
    const citizen = await house.citizen();
    const asked = 'Entro quanti giorni risponde il canile dopo la visita? 333 123 4567';
    expect((await citizen.say(asked)).text).toMatch(/7 giorni/);
    await anna('PUT', `/api/documents/${id}/draft`, { markdown: CANI.replace(/## Tempi[\s\S]*$/, '') });
    const stopped = await anna('POST', `/api/documents/${id}/publish`, {});
    expect(stopped.status).toBe(422);
    const named = stopped.body.failed.find(({ check }: { check: string }) => check === 'answered');
    expect(named?.question).toMatch(/risponde il canile/);
    expect(named?.question).not.toContain('333 123');
  });

  test('another page with another fee for the same service is a conflict', async () => {
    const made = await anna('POST', '/api/documents', {
      title: 'Adozione cani del canile comunale',
      office: 'Ambiente',
      markdown: '# Adozione cani del canile comunale\n\n## Quanto costa\nPer adottare un cane si pagano 45 euro.\n',
    });
    const stopped = await anna('POST', `/api/documents/${made.body.documentId}/publish`, {});
    expect(stopped.body.failed).toContainEqual(expect.objectContaining({ check: 'conflict' }));
  });

  test('the preview shows the draft beside what is published', async () => {
    await anna('PUT', '/api/documents/sale-civiche/draft', { markdown: SALE.replace('40 euro', '55 euro') });
    const { body } = await anna('POST', '/api/documents/sale-civiche/preview', { question: 'Quanto costa una sala civica?' });
    expect(body.draft.text).toContain('55 euro');
    expect(body.published.text).toContain('40 euro');
  });
});

describe('who may do what', () => {
  test('an editor of one office reads all pages of it and writes no other’s', async () => {
    expect((await bruno('PUT', '/api/documents/sale-civiche/draft', { title: 'Mia' })).status).toBe(403);
    expect((await bruno('POST', '/api/documents/sale-civiche/publish', {})).status).toBe(403);
    expect((await bruno('POST', '/api/documents/sale-civiche/restore', { version: 1 })).status).toBe(403);
    const made = await bruno('POST', '/api/documents', {
      title: 'Tassa di prova',
      markdown: '# Tassa di prova\n\nLa tassa di prova si paga a giugno.\n',
    });
    expect(made.body.office).toBe('Tributi');
    expect(
      (await bruno('POST', '/api/documents', { title: 'Altrui', office: 'Cultura', markdown: '# A\n\nTesto di altri, qui.' })).status,
    ).toBe(403);
    const { documents } = (await bruno('GET', '/api/documents')).body;
    expect(documents.map(({ id }: { id: string }) => id)).toEqual(['tassa-di-prova']);
  });

  test('where a second person is asked for, nobody publishes alone', async () => {
    const dario = await house.signIn('Dario Dirigente');
    await dario('PUT', '/api/editor/offices', { office: 'Tributi', secondPerson: true });
    expect((await bruno('POST', '/api/documents/tassa-di-prova/publish', {})).body.error.code).toBe('ReviewNeeded');
    await bruno('POST', '/api/documents/tassa-di-prova/review', { action: 'ask' });
    expect((await bruno('POST', '/api/documents/tassa-di-prova/review', { action: 'approve' })).status).toBe(409);
    expect((await anna('POST', '/api/documents/tassa-di-prova/review', { action: 'approve' })).body.stage).toBe('approved');
    expect((await bruno('POST', '/api/documents/tassa-di-prova/publish', {})).status).toBe(200);
  });
});

test('a file becomes a draft, its synonyms find it, a page of a day to come is answered only then', async () => {
  const form = new FormData();
  form.append('file', new File(['# Palestra\n\nLa palestra comunale apre alle 9:00 e chiude alle 21:00.\n'], 'palestra.md'));
  form.append('office', 'Sport');
  form.append('phrasings', 'ginnasio\nzumba');
  const made = await anna('POST', '/api/documents', form);
  expect(made.body).toMatchObject({ documentId: 'palestra', office: 'Sport' });
  const out = await anna('POST', '/api/documents/palestra/publish', { on: '2099-01-01' });
  expect(out.body).toMatchObject({ status: 'scheduled', from: '2099-01-01' });
  const question = { text: 'A che ora apre il ginnasio zumba?', lang: 'it', history: [], audience: 'citizen' as const };
  const { knowledge, today } = house.sportello;
  expect((await knowledge.answerQuestion({ ...question, at: today() })).citations).toEqual([]);
  expect((await knowledge.steps({ ...question, at: '2099-01-02' })).passages[0]?.passage.documentId).toBe('palestra');
});

test('a curated answer comes first, only while the page it cites says so', async () => {
  const given = {
    question: 'Quanto si spende per la sala civica?',
    text: 'Una sala civica costa 40 euro al giorno.',
    documentId: 'sale-civiche',
  };
  expect((await anna('POST', '/api/curated', { ...given, text: 'Una sala civica costa 400 euro al giorno.' })).body.error.code).toBe(
    'NotSupported',
  );
  expect((await anna('POST', '/api/curated', given)).status).toBe(201);
  const answer = await ask('Per la sala civica quanto si spende?');
  expect(answer.text).toBe('Una sala civica costa 40 euro al giorno. [1]');
  expect((await anna('GET', '/api/curated')).body.answers[0]).toMatchObject({ hits: 1, expired: false });
  await anna('POST', '/api/documents/sale-civiche/withdraw', {});
  expect((await ask('Per la sala civica quanto si spende?')).text).not.toContain('40 euro');
  expect((await anna('GET', '/api/curated')).body.answers[0]).toMatchObject({ expired: true });
});

test('the list of checks names what could be better', async () => {
  await published({
    title: 'Passi carrai',
    office: 'Viabilità',
    markdown:
      '# Passi carrai\n\nPrevia presentazione dell’istanza, entro e non oltre il 3 marzo 2020, si ottiene il permesso. Rispondiamo presto.\n',
  });
  const { pages } = (await anna('GET', '/api/checks')).body;
  const found = pages.find(({ documentId }: { documentId: string }) => documentId === 'passi-carrai')?.findings ?? [];
  expect(found.map(({ kind }: { kind: string }) => kind)).toEqual(expect.arrayContaining(['past-date', 'office-words']));
});

test('a refused draft leaves what was written as it was; a translation whose original is gone can still be written', async () => {
  await anna('POST', '/api/documents', { title: 'Mercato vecchio', markdown: SALE, office: 'Cultura' });
  await anna('POST', '/api/documents', { title: 'Market', markdown: SALE, office: 'Cultura' });
  const put = (body: object) => anna('PUT', '/api/documents/market/draft', body);
  expect((await put({ markdown: '# Market\n\nOf itself.', translationOf: 'market' })).status).toBe(400);
  expect((await put({ markdown: '# Market\n\nOf nothing.', translationOf: 'mai-scritta' })).status).toBe(404);
  expect((await anna('GET', '/api/documents/market')).body.draft.text).not.toMatch(/Of (?:itself|nothing)/);
  expect((await put({ translationOf: 'mercato-vecchio' })).status).toBe(200);
  await house.sportello.database.write((tx) => dropDraft(tx, 'mercato-vecchio'));
  expect((await put({ markdown: '# Market\n\nStill open.' })).status).toBe(200);
});

test('a draft is thrown away: a page in force stays as it was, one that was never published is gone', async () => {
  await published({ title: 'Orti urbani', markdown: '# Orti urbani\n\nUn orto urbano costa 20 euro all’anno.\n', office: 'Verde' });
  await anna('PUT', '/api/documents/orti-urbani/draft', { markdown: '# Orti urbani\n\nUn orto urbano costa 99 euro.\n' });
  expect((await bruno('DELETE', '/api/documents/orti-urbani/draft')).status).toBe(403);
  expect((await anna('DELETE', '/api/documents/orti-urbani/draft')).body).toEqual({ documentId: 'orti-urbani', version: 1 });
  expect((await anna('GET', '/api/documents/orti-urbani')).body.draft).toBeNull();
  expect((await anna('DELETE', '/api/documents/orti-urbani/draft')).status).toBe(409);
  await anna('POST', '/api/documents', { title: 'Solo un’idea', markdown: SALE, office: 'Verde' });
  expect((await anna('DELETE', '/api/documents/solo-un-idea/draft')).status).toBe(200);
  expect((await anna('GET', '/api/documents/solo-un-idea')).status).toBe(404);
});
