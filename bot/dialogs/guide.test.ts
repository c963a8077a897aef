/** Guides over the demo's real documents: every step rests on published words, and says less when they are gone. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Activity } from '../channels/fixtures/citizen-client.ts';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true' });
});
afterAll(() => office?.stop());

interface Said {
  text: string;
  choices: string[];
  citations: { url: string; quote: string }[];
  dialog: string | undefined;
}

async function talk() {
  const one = await office.citizens.converse();
  return async (text: string): Promise<Said> => {
    const { body } = await one.say(text);
    let found: Activity | undefined;
    await expect
      .poll(
        async () => {
          found = (await one.read()).activities.find(({ replyToId }) => replyToId === body.id);
          return found !== undefined;
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    const actions = (found?.['suggestedActions'] as { actions?: { title: string }[] } | undefined)?.actions ?? [];
    const entities = (found?.['entities'] ?? []) as { citation?: { text: string; appearance: { url: string } }[] }[];
    return {
      text: found?.text ?? '',
      choices: actions.map(({ title }) => title),
      citations: entities.flatMap(({ citation }) => (citation ?? []).map((claim) => ({ url: claim.appearance.url, quote: claim.text }))),
      dialog: (found?.channelData?.['sportello'] as { dialog?: string } | undefined)?.dialog,
    };
  };
}
const inWords = (date: Date) =>
  date.toLocaleDateString('it-IT', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Rome' });

test('every step of every guide is cited with words found on its source page', async () => {
  const { guides, knowledge, today } = office.sportello;
  expect(guides.map(({ id }) => id).sort()).toEqual(['decesso', 'nascita', 'negozio', 'trasloco']);
  for (const guide of guides)
    for (const { id, cite } of guide.steps) {
      const citation = await knowledge.cite(cite.document, cite.quote, today());
      expect(citation, `${guide.id} ${id}`).not.toBeNull();
      const page = await (await fetch(`${office.serving.url}${citation?.url}`)).text();
      expect(page, `${guide.id} ${id}`).toContain(`id="${citation?.anchor}"`);
    }
});

test('a birth: the date is asked, the terms are counted from it, each step is cited, the calendar holds the terms', async () => {
  const say = await talk();
  const asked = await say('è nato mio figlio');
  expect(asked).toMatchObject({ dialog: 'guide' });
  expect(asked.text).toMatch(/In che giorno è nato/);
  expect(asked.choices).toContain('Continua senza data');
  const list = await say('oggi');
  const due = new Date(Date.now() + 10 * 86_400_000);
  expect(list.text).toContain('1. ☐ **Dichiara la nascita');
  expect(list.text).toContain(`${inWords(due)}. Ufficio: Servizi demografici. Porta: attestazione di nascita`);
  expect(list.citations).toHaveLength(6);
  for (const { url, quote } of list.citations) {
    expect(url).toMatch(/\/sources\/[\w-]+\/\d+#/);
    expect(quote.length).toBeGreaterThan(9);
  }
  const address = /\((\S*\/guides\/nascita\.ics\?date=[\d-]+)\)/.exec(list.text)?.[1] ?? '';
  const file = await fetch(new URL(address, office.serving.url));
  expect(file.headers.get('content-type')).toMatch(/^text\/calendar/);
  expect((await file.text()).match(/BEGIN:VALARM/g)).toHaveLength(4);
  expect((await fetch(new URL('/guides/nascita.ics?date=2026-02-31', office.serving.url))).status).toBe(404);
  expect((await fetch(new URL('/guides/altro.ics?date=2026-02-21', office.serving.url))).status).toBe(404);
});

test('a term that has passed is said to have passed; without a date there are steps and no terms', async () => {
  const late = await talk();
  const past = new Date(Date.now() - 60 * 86_400_000);
  expect((await late('mi sono trasferito a Castelmirto')).text).toMatch(/In che giorno/);
  expect((await late(past.toISOString().slice(0, 10))).text).toMatch(/Dichiara la residenza\.\*\* Il termine era .*fallo subito/);
  const undated = await talk();
  await undated('è venuta a mancare mia zia');
  const list = await undated('Continua senza data');
  expect(list.text).toMatch(/Denuncia la morte/);
  expect(list.text).not.toMatch(/Entro |guides/);
});

test('a question is answered first and the guide offered below; an appointment is still an appointment', async () => {
  const say = await talk();
  const answer = await say('È nato mio figlio: entro quando devo dichiarare la nascita?');
  expect(answer.citations.length).toBeGreaterThan(0);
  expect(answer.choices).toContain('Guida passo per passo: È nato un bambino');
  expect((await say('Guida passo per passo: È nato un bambino')).text).toMatch(/In che giorno è nato/);
  expect((await (await talk())('è nato mio figlio, vorrei prenotare un appuntamento per lo stato civile')).dialog).toBe('booking');
});

test('what is no longer published is no longer a step, and that is said', async () => {
  const { database } = office.sportello;
  await database.write((tx) =>
    tx.updateTable('document_version').set({ valid_until: '2026-01-01' }).where('document_id', '=', 'tari').execute(),
  );
  const say = await talk();
  await say('ci siamo trasferiti');
  const list = await say('oggi');
  expect(list.text).toMatch(/Qualche passo manca/);
  expect(list.text).not.toMatch(/per la TARI/);
  expect(list.citations).toHaveLength(5);
});

test('in another language the frame is theirs and the office’s words stay as they are', async () => {
  const say = await talk();
  await say('My baby was just born. How do I register the birth?');
  const title = office.sportello.guides.find(({ id }) => id === 'nascita')?.title ?? '';
  const asked = await say(office.sportello.knowledge.speech('en')('guideOffer', { title }));
  expect(asked.text).toMatch(/From which date shall I count\?[\s\S]*«/);
  const told = await say(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
  expect(told.text).toMatch(/By [A-Z][\s\S]*Office: [\s\S]*\[1\]/);
  expect(told.citations.length).toBeGreaterThan(1);
  const [, link] = /\((\S*\/guides\/[a-z]+\.ics\?date=[\d-]+&lang=en)\)/.exec(told.text) ?? [];
  const calendar = await (await fetch(new URL(link ?? '', office.serving.url))).text();
  expect(calendar).toMatch(/SUMMARY:Due today: /);
});

test('the totem speaks the language chosen on it, through every page; lines and quotations stay Italian', async () => {
  const get = async (query: string) => (await fetch(`${office.serving.url}/counter/kiosk${query}`)).text();
  const home = await get('?lang=ar');
  expect(home).toMatch(/<html lang="ar" dir="rtl">[\s\S]*أهلاً بك[\s\S]*name="lang" value="ar"/);
  expect(home).not.toMatch(/Benvenuto|Prendi un numero|Sono qui/);
  expect(home).toMatch(/href="\/counter\/kiosk" lang="it"[^>]*>Italiano/);
  const answer = await get('?lang=en&q=How%20do%20I%20renew%20the%20identity%20card%3F');
  expect(answer).toMatch(/<html lang="en"[\s\S]*<blockquote lang="it"[\s\S]*Updated on [\s\S]*href="\/counter\/kiosk\?lang=en">Done/);
  const body = new URLSearchParams({ code: 'ABC2D9', fact: '3339999999', lang: 'de' });
  const refused = await fetch(`${office.serving.url}/counter/kiosk/check-in`, { method: 'POST', body });
  expect([refused.status, await refused.text()]).toEqual([404, expect.stringMatching(/Ich finde keinen Termin[\s\S]*kiosk\?lang=de/)]);
  expect(await get('?lang=xx')).toContain('Benvenuto');
});
