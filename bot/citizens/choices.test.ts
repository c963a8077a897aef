/** What may be written to a citizen is theirs to say on their own page; and a look at an address is no visit. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';
import { choicesOf } from '../notices/choices.ts';
import { lastOf, setOutAt, signInAt, WAIT } from './fixtures/signed-in.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ IDENTITIES: 'embedded' });
}, 120_000);
afterAll(() => office?.stop());

test('whatever looks at the way back before the browser does uses nothing up', async () => {
  const { browser, back } = await setOutAt(office);
  expect((await browser.go(back('mario'), { method: 'HEAD' })).status).toBe(200);
  expect((await browser.go(back('mario'))).text).toContain('Mario Rossi');
});

test('who writes to them is each citizen’s own choice, in all their chats at once', async () => {
  const { talk, browser, url } = await signInAt(office, 'mario');
  const { database, citizens } = office.sportello;
  const person = citizens.signIns.sessions.personOf('RSSMRA85T10A562S');
  const { post } = browser;
  await talk.say('iscrivimi alle notizie su rifiuti');
  await expect.poll(() => lastOf(talk), WAIT).toContain('rifiuti');
  expect(await choicesOf(database, person)).toEqual({ news: ['rifiuti'], reminders: true });
  expect((await browser.go(`${url}/me`)).text).toContain('le notizie che hai chiesto: rifiuti');
  for (const choice of ['stop-news', 'stop-reminders']) expect((await post(`${url}/me/notices`, { choice })).status).toBe(303);
  expect(await choicesOf(database, person)).toEqual({ news: [], reminders: false });
  expect((await post(`${url}/me/notices`, { choice: 'start-reminders' })).status).toBe(303);
  expect(await choicesOf(database, person)).toEqual({ news: [], reminders: true });
});
