/** A form begun on the page, gone on with in the chat, and the other way round; its receipt. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDocumentProxy } from 'unpdf';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';
import { createFormDrafts, draftCodeIn } from './form-drafts.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true' });
}, 120_000);
afterAll(() => office?.stop());

const FORM = '/forms/passo-carrabile';
const PERSON = { nome: 'Marta', cognome: 'De Guidi', codice_fiscale: 'GDUMRT84E52D612J', email: 'marta@example.org' };

async function post(fields: Record<string, string>) {
  const answer = await fetch(`${office.serving.url}${FORM}`, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text() };
}
async function pdfText(url: string): Promise<string> {
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const pdf = await getDocumentProxy(new Uint8Array(await answer.arrayBuffer()));
  const { items } = await (await pdf.getPage(1)).getTextContent();
  return items.map((item) => ('str' in item ? item.str : '')).join(' ');
}
const drafts = () => office.sportello.database.read.selectFrom('form_draft').selectAll().execute();

/** Says it and gives the answer. */
async function talker() {
  const citizen = await office.citizens.converse();
  let seen = (await citizen.until(1)).length;
  return async (text: string): Promise<string> => {
    await citizen.say(text);
    const all = await citizen.until(seen + 1);
    seen = all.length;
    return all.at(-1)?.text ?? '';
  };
}

test('saved on the page with half the answers and one wrong, gone on with in the chat, sent; the code then opens nothing', async () => {
  const saved = await post({ step: 'save', ...PERSON, qualita: 'Imperatore', indirizzo: 'via Po 3' });
  const code = draftCodeIn(saved.text) ?? '';
  expect(saved.text).toMatch(/Il tuo codice: <b>[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}<\/b>/);
  const [row] = await drafts();
  expect(row?.id).not.toContain(code);

  const say = await talker();
  expect(await say('riprendi ABCD-2345-WXYZ')).toMatch(/Non trovo un modulo salvato/);
  // What stands is not asked again, what was wrong is.
  expect(await say(`riprendi ${code.toLowerCase()}`)).toMatch(/Sei il proprietario/);
  await say('Proprietario');
  expect(await say('3,5 metri')).not.toMatch(/In che via/);
  await say('no');
  await say('Salta');
  expect(await say('Salta')).toMatch(/De Guidi[\s\S]*via Po 3/);
  const done = await say('Sì, invia');
  const [, number] = /pratica è \*\*(\d+)\/\d{4}\*\*/.exec(done) ?? [];
  const [, path] = /\((\S*\/receipt\.pdf\?key=[0-9a-f-]+)\)/.exec(done) ?? [];
  const receipt = await pdfText(new URL(path ?? '', office.serving.url).href);
  expect(receipt).toContain(`Numero della pratica: ${number}/`);
  expect(receipt).not.toMatch(/Guidi|GDUMRT|via Po/);
  expect(await drafts()).toEqual([]);
  expect((await post({ step: 'resume', draft: code })).status).toBe(404);
});

test('set aside in the chat, gone on with on the page, sent: the receipt is behind its key', async () => {
  const say = await talker();
  await say('vorrei fare domanda per il passo carrabile');
  await say('Marta');
  const code = draftCodeIn(await say('salva, continuo domani')) ?? '';
  expect(code).not.toBe('');
  const page = await post({ step: 'resume', draft: code });
  expect([page.status, page.text]).toEqual([200, expect.stringContaining('value="Marta"')]);
  expect(page.text).toContain(`name="draft" value="${code}"`);
  const [, key] = /name="key" value="([0-9a-f-]+)"/.exec(page.text) ?? [];
  const answers = {
    ...PERSON,
    qualita: 'Proprietario',
    indirizzo: 'via Po 3',
    larghezza: '3,5',
    contrassegno: 'no',
    key: key ?? '',
    draft: code,
  };
  expect((await post(answers)).text).toContain(`name="draft" value="${code}"`);
  const sent = await post({ ...answers, step: 'send' });
  expect(sent.text).toMatch(/Richiesta inviata[\s\S]*receipt\.pdf/);
  expect(await pdfText(`${office.serving.url}${FORM}/receipt.pdf?key=${key}`)).toMatch(/Ricevuta: Richiesta di passo carrabile/);
  expect(await drafts()).toEqual([]);
  for (const other of ['', '?key=x', `?key=${crypto.randomUUID()}`])
    expect((await fetch(`${office.serving.url}${FORM}/receipt.pdf${other}`)).status).toBe(404);
});

test('a draft runs out after thirty days; a code is told from words and numbers', async () => {
  const { database } = office.sportello;
  const clock = { now: Date.parse('2026-11-25T09:00:00Z') };
  const kept = createFormDrafts({ database, now: () => clock.now });
  const code = kept.newCode();
  await database.write((tx) => kept.save(tx, code, { form: 'passo-carrabile', answers: { nome: 'A' } }, null));
  expect(await kept.read(code)).toEqual({ form: 'passo-carrabile', answers: { nome: 'A' } });
  clock.now += 31 * 86_400_000;
  expect(await kept.read(code)).toBeNull();
  expect(await kept.sweep()).toBe(1);
  expect(['buongiornomio', '3331234567', 'RSSMRA85T10A562S', 'passaggio', '2345 6789 2345'].map(draftCodeIn)).toEqual([
    null,
    null,
    null,
    null,
    null,
  ]);
  expect(['abcd-2345-wxyz', 'ABCD2345WXYZ', 'riprendi ABCD 2345 WXYZ.'].map(draftCodeIn)).toEqual(Array(3).fill('ABCD-2345-WXYZ'));
});
