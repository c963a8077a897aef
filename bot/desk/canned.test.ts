/** Ready replies are knowledge: cited, dated, of one's own office, and gone with the page that holds them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice, type Signed } from './fixtures/open-office.ts';

let office: Office;
let anna: Signed;
let editor: Signed;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true' });
  anna = await office.staff('Anna Neri');
  editor = await office.staff('Elena Verdi', 'editor');
}, 120_000);
afterAll(() => office?.stop());

type Canned = { id: string; text: string; question: string; source: { title: string; updatedOn: string; url: string } };
const canned = async (who: Signed) => (await who.call('GET', '/api/desk/canned')).body['answers'] as Canned[];

test('is offered with its source, goes out cited, and is gone once its page is withdrawn', async () => {
  expect(await canned(anna)).toEqual([]);
  const found = await office.sportello.knowledge.answerQuestion(
    { text: 'Quanto costa la carta d’identità elettronica per un adulto?', history: [], at: office.sportello.today(), audience: 'citizen' },
    '',
  );
  const source = found.citations[0]!;
  const words = { question: 'Prezzo della carta', text: source.quote.split('\n')[0]!, documentId: source.documentId, quote: source.quote };
  const saved = await editor.call('POST', '/api/curated', words);
  expect(saved.status).toBe(201);
  const [one] = await canned(anna);
  expect(one).toMatchObject({
    id: saved.body['id'],
    question: words.question,
    source: { title: source.title, updatedOn: source.updatedOn },
  });
  expect(one?.text).toBe(`${words.text} [1]`);
  const elsewhere = await office.staff('Carla', 'agent', 'Ufficio che non c’entra');
  expect(await canned(elsewhere)).toEqual([]);

  await anna.call('POST', '/api/desk/here', {});
  const talk = await office.citizens.converse();
  await talk.until(1);
  await talk.say('vorrei parlare con una persona');
  await talk.until(3);
  const [handoff] = (await anna.call('GET', '/api/handoffs')).body['handoffs'] as { id: string }[];
  await anna.call('POST', `/api/handoffs/${handoff!.id}/claim`, {});
  const offered = (await anna.call('POST', `/api/handoffs/${handoff!.id}/canned`, { answer: one!.id })).body;
  const sent = { text: `Ecco: ${offered['text']}`, suggestion: offered['suggestion'], key: 'k' };
  expect((await anna.call('POST', `/api/handoffs/${handoff!.id}/messages`, sent)).status).toBe(201);
  const heard = (await talk.until(5)).at(-1)!;
  expect(JSON.stringify(heard['entities'])).toContain(JSON.stringify(source.quote).slice(1, 40));

  expect((await editor.call('POST', `/api/documents/${source.documentId}/withdraw`, {})).status).toBe(200);
  expect(await canned(anna)).toEqual([]);
  const late = await anna.call('POST', `/api/handoffs/${handoff!.id}/canned`, { answer: one!.id });
  expect([late.status, late.body.error?.code]).toEqual([409, 'Expired']);
});
