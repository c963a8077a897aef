/** Files for a form on its plain page and through the website's chat: over the wire, kept with the case, opened by its office alone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getDocumentProxy } from 'unpdf';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';
import { UP_TO_FILES } from '../dialogs/fixtures/passo-carrabile.ts';
import { draftCodeIn } from './form-drafts.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true' });
}, 120_000);
afterAll(() => office?.stop());

const FORM = '/forms/passo-carrabile';
const ANSWERS = {
  nome: 'Marta',
  cognome: 'De Guidi',
  codice_fiscale: 'GDUMRT84E52D612J',
  qualita: 'Proprietario',
  indirizzo: 'via Po 3',
  larghezza: '3,5',
  contrassegno: 'no',
};

async function post(fields: Record<string, string>, files: [name: string, content: string | Uint8Array<ArrayBuffer>][] = []) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const [name, content] of files) body.append('allegati', new Blob([content]), name);
  // A field left alone, as browsers send it.
  if (files.length === 0) body.append('allegati', new Blob([]), '');
  const answer = await fetch(`${office.serving.url}${FORM}`, { method: 'POST', body });
  const text = await answer.text();
  return { status: answer.status, text, key: /name="key" value="([0-9a-f-]+)"/.exec(text)?.[1] ?? '' };
}
const send = (fields: Record<string, string>) =>
  fetch(`${office.serving.url}${FORM}`, { method: 'POST', body: new URLSearchParams({ ...fields, step: 'send' }) });

test('sent with the page, told when one will not do, taken out, read back, kept through a draft, in the receipt, opened by the office', async () => {
  const wrong = await post(ANSWERS, [
    ['virus.html', '<p>ciao</p>'],
    ['piantina.pdf', '%PDF-1.7 uno'],
  ]);
  expect([wrong.status, wrong.text]).toEqual([422, expect.stringMatching(/servono file PDF, JPG, PNG, WEBP[\s\S]*piantina\.pdf/)]);
  const tooMany = await post(
    { ...ANSWERS, key: wrong.key },
    ['a', 'b', 'c'].map((name) => [`${name}.pdf`, `%PDF-1.7 ${name}`]),
  );
  expect([tooMany.status, tooMany.text]).toEqual([422, expect.stringMatching(/al massimo 3 file/)]);
  const of = (text: string, name: string) =>
    new RegExp(`${name}\\.pdf <label><input type="checkbox" name="remove" value="(f-[0-9a-f]+)"`).exec(text)?.[1] ?? '';
  const without = await post({ ...ANSWERS, key: wrong.key, remove: of(tooMany.text, 'b') });
  expect(without.text).not.toContain('b.pdf');
  const saved = await post({ ...ANSWERS, key: wrong.key, step: 'save' });
  const resumed = await post({ step: 'resume', draft: draftCodeIn(saved.text) ?? '' });
  expect(resumed.key).not.toBe(wrong.key);
  expect(resumed.text).toMatch(/piantina\.pdf <label>[\s\S]*Togli/);
  const review = await post({ ...ANSWERS, key: resumed.key });
  expect(review.text).toMatch(/Rileggi e invia[\s\S]*Piantina e fotografie[\s\S]*piantina\.pdf/);
  // What the page says of its files counts for nothing.
  const forged = JSON.stringify({ files: [{ id: 'f-0', name: 'finto.pdf', contentType: 'application/pdf', bytes: 1 }], done: true });
  const sent = await (await send({ ...ANSWERS, key: resumed.key, allegati: forged })).text();
  expect(sent).toMatch(/Allegati ricevuti: [^<]*piantina\.pdf/);
  expect(sent).not.toContain('finto.pdf');
  const [, number, year] = /pratica: <b>(\d+)\/(\d{4})/.exec(sent) ?? [];
  const pdf = await getDocumentProxy(
    new Uint8Array(await (await fetch(`${office.serving.url}${FORM}/receipt.pdf?key=${resumed.key}`)).arrayBuffer()),
  );
  const { items } = await (await pdf.getPage(1)).getTextContent();
  expect(items.map((item) => ('str' in item ? item.str : '')).join(' ')).toMatch(/Allegati ricevuti: .*piantina\.pdf/);

  const [clerk, other] = [await office.staff('Anna', 'agent', 'Tributi'), await office.staff('Bruno', 'agent', 'Anagrafe')];
  const path = `/api/cases/${year}/${number}/files`;
  const { files } = (await clerk.call('GET', path)).body as unknown as { files: { id: string; name: string }[] };
  const [plan] = files.filter(({ name }) => name === 'piantina.pdf');
  const opened = await fetch(`${office.serving.url}${path}/${plan?.id}`, { headers: { cookie: clerk.cookie } });
  expect([opened.status, await opened.text()]).toEqual([200, '%PDF-1.7 uno']);
  expect(opened.headers.get('content-disposition')).toMatch(/^attachment/);
  expect((await other.call('GET', path)).status).toBe(404);
  expect((await fetch(`${office.serving.url}${path}`)).status).toBe(401);
  // Sent again it is the same case, and its files can no longer be taken out.
  await post({ ...ANSWERS, key: resumed.key, remove: plan?.id ?? '' });
  expect(((await clerk.call('GET', path)).body['files'] as unknown[]).length).toBe(files.length);
});

test('through the chat of the website: the upload of a message is the answer', async () => {
  const citizen = await office.citizens.converse();
  let seen = (await citizen.until(1)).length;
  const reply = async (): Promise<string> => {
    const all = await citizen.until(seen + 2);
    seen = all.length;
    return all.at(-1)?.text ?? '';
  };
  for (const text of UP_TO_FILES) {
    await citizen.say(text);
    await reply();
  }
  const form = new FormData();
  form.append('activity', new Blob([JSON.stringify({ type: 'message' })], { type: 'application/vnd.microsoft.activity' }));
  form.append('file', new Blob(['%PDF-1.7 due']), 'pianta.pdf');
  const headers = { authorization: `Bearer ${citizen.token}` };
  const uploaded = await fetch(`${office.serving.url}/v3/directline${citizen.path}/upload?userId=x`, {
    method: 'POST',
    headers,
    body: form,
  });
  expect(uploaded.status).toBe(200);
  expect(await reply()).toMatch(/Ho ricevuto pianta\.pdf/);
  await citizen.say('Ho finito con i file');
  expect(await reply()).toMatch(/pianta\.pdf[\s\S]*Invio la richiesta/);
  await citizen.say('Sì, invia');
  expect(await reply()).toMatch(/Allegati ricevuti: pianta\.pdf/);
});
