/** Owners are told before: a letter where there is an address, once, and the list of what to do. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { comingDeadlines } from '../../knowledge/documents/deadlines.ts';
import { startConsole } from './fixtures/console.ts';
import { createOwnerWarning } from './owners.ts';

let house: Awaited<ReturnType<typeof startConsole>>;
let anna: Awaited<ReturnType<typeof house.signIn>>;
const inDays = (days: number) => {
  const date = new Date(`${house.sportello.today()}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};
beforeAll(async () => {
  house = await startConsole();
  anna = await house.signIn('Anna Redattrice');
  await house.sportello.knowledge.saveOffices([
    { name: 'Tributi', address: '', hours: '', phone: '', email: 'tributi@comune.example', topics: [] },
  ]);
});
afterAll(() => house?.serving.stop());

async function published(title: string, given: object): Promise<string> {
  const made = await anna('POST', '/api/documents', { title, markdown: `# ${title}\n\nIl servizio ${title} è in municipio.\n`, ...given });
  const { documentId } = made.body;
  expect((await anna('POST', `/api/documents/${documentId}/publish`, { override: { reason: 'per la prova' } })).status).toBe(200);
  return documentId;
}
const letters = () => house.sportello.database.read.selectFrom('mail').selectAll().orderBy('address').execute();

test('the owner, or the office, is written to once before a page expires; a later date is a new letter', async () => {
  await published('Alfa', { owner: 'ada@comune.example', validUntil: inDays(10) });
  await published('Beta', { owner: 'Bruno Tributi', office: 'Tributi', reviewBy: inDays(3) });
  await published('Gamma', { owner: 'ada@comune.example', validUntil: inDays(200), reviewBy: inDays(200) });
  const { database, knowledge, today } = house.sportello;
  const warn = createOwnerWarning({ database, offices: knowledge.offices, today, publicUrl: 'https://sportello.example' });
  await warn();
  await warn();
  const written = await letters();
  expect(written.map(({ address }) => address)).toEqual(['ada@comune.example', 'tributi@comune.example']);
  expect(written[0]?.json).toContain('Sta per scadere: Alfa');
  expect(written[0]?.json).toContain('https://sportello.example/editor#pagina/alfa');
  expect(written[1]?.json).toContain('Responsabile della pagina: Bruno Tributi');
});

test('each sees what they look after', async () => {
  const bruno = await house.signIn('Bruno Tributi');
  const theirs = (await bruno('GET', '/api/editor/duties')).body.pages;
  expect(theirs.map(({ documentId }) => documentId)).toEqual(['beta']);
  await published('Delta', { validUntil: inDays(5) });
  expect((await anna('GET', '/api/editor/duties')).body.pages.map(({ documentId }) => documentId)).toEqual(['delta']);
});

test('a version that another follows is not told; an emptied date is gone', async () => {
  const { database, today } = house.sportello;
  const named = async () => (await comingDeadlines(database, today())).map(({ title }) => title);
  expect(await named()).toContain('Delta');
  await anna('PUT', '/api/documents/delta/draft', {
    markdown: '# Delta\n\nDal mese prossimo il servizio Delta è altrove.\n',
    validUntil: null,
  });
  expect((await anna('POST', '/api/documents/delta/publish', { on: inDays(6), override: { reason: 'per la prova' } })).status).toBe(200);
  expect(await named()).not.toContain('Delta');
  await anna('PUT', '/api/documents/beta/draft', { reviewBy: null });
  await anna('POST', '/api/documents/beta/publish', { override: { reason: 'per la prova' } });
  expect(await named()).not.toContain('Beta');
});
