/** «Le mie cose», the profile, mandates and what agents may see, over the real server with made-up citizens. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemoCases } from '../../knowledge/demo/load-cases.ts';
import { loadDemoAppointments } from '../../knowledge/demo/load-appointments.ts';
import { openOffice, type Office } from '../desk/fixtures/open-office.ts';
import { append } from '../conversation/transcript.ts';
import { figuresOn, openBrowser } from './fixtures/browser.ts';
import { lastOf, signInAt, textsOf, WAIT } from './fixtures/signed-in.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ IDENTITIES: 'embedded' });
  await loadDemoAppointments(office.sportello.database);
}, 120_000);
afterAll(() => office?.stop());

const signIn = (who: string, words?: string) => signInAt(office, who, words);

test('who is not signed in sees nothing and changes nothing; who is sees their things, and leaves in the chat too', async () => {
  const url = office.serving.url;
  const stranger = openBrowser({ walk: async (to) => new URL(to) });
  expect((await stranger.go(`${url}/me`)).text).toContain('devi fare l’accesso');
  expect((await stranger.post(`${url}/me/profile`, { channel: '', lang: '', consent: '1' })).text).toContain('devi fare l’accesso');
  const { talk, browser, done } = await signIn('mario');
  expect(figuresOn(done)).toBe('');
  const mine = await browser.go(`${url}/me`);
  expect(mine.text).toMatch(/Accesso come Mario Rossi/);
  expect(mine.text).toContain('Conversazione');
  expect(mine.headers.get('cache-control')).toBe('no-store');
  expect((await browser.post(`${url}/me/sign-out`)).status).toBe(303);
  expect((await browser.go(`${url}/me`)).text).toContain('devi fare l’accesso');
  await talk.say('esci');
  await expect.poll(() => lastOf(talk), WAIT).toContain('nessun accesso aperto');
}, 120_000);

test('a level too low is refused on the page, and nothing is told in the chat', async () => {
  const { talk, done } = await signIn('anna');
  expect(done.status).toBe(403);
  expect(await textsOf(talk)).toHaveLength(3);
}, 120_000);

test('a profile needs a yes; an address counts once its figures come back; withdrawn, nothing is left', async () => {
  const { browser, url } = await signIn('mario');
  const { database, citizens } = office.sportello;
  const person = citizens.signIns.sessions.personOf('RSSMRA85T10A562S');
  expect((await browser.post(`${url}/me/profile`, { channel: 'web', lang: 'it' })).status).toBe(422);
  expect(await citizens.profiles.of(person)).toBeNull();
  expect((await browser.post(`${url}/me/email`, { email: 'mario@example.org' })).status).toBe(422);
  expect((await browser.post(`${url}/me/profile`, { channel: 'mail', lang: 'de', elsewhere: '1', consent: '1' })).status).toBe(303);
  expect(await citizens.profiles.of(person)).toMatchObject({ channel: 'mail', lang: 'de', elsewhere: true, email: null });
  expect((await browser.post(`${url}/me/email`, { email: 'mario@example.org' })).status).toBe(303);
  const letter = await database.read
    .selectFrom('mail')
    .select(['json', 'address'])
    .where('id', 'like', 'verify:%')
    .executeTakeFirstOrThrow();
  const figures = /Der Code ist (\d{6})/.exec(JSON.parse(letter.json).text ?? '')?.[1] ?? '';
  expect(figures).toHaveLength(6);
  // Not twice in a minute; not with other figures.
  expect((await browser.post(`${url}/me/email`, { email: 'mario@example.org' })).status).toBe(422);
  const wrong = figures === '000000' ? '000001' : '000000';
  expect((await browser.post(`${url}/me/email/confirm`, { figures: wrong })).text).toContain('Das ist nicht der Code');
  expect((await citizens.profiles.of(person))?.email).toEqual({ address: 'mario@example.org', verified: false });
  expect((await browser.post(`${url}/me/email/confirm`, { figures })).status).toBe(303);
  expect((await citizens.profiles.of(person))?.email).toEqual({ address: 'mario@example.org', verified: true });
  expect((await browser.post(`${url}/me/email/confirm`, { figures })).text).toContain('Der Code gilt nicht mehr');
  expect((await browser.post(`${url}/me/profile/forget`)).status).toBe(303);
  expect(await citizens.profiles.of(person)).toBeNull();
  expect(await database.read.selectFrom('citizen_contact').selectAll().execute()).toEqual([]);
}, 120_000);

test('the timeline holds what happened in the person’s own conversations, and nothing of another', async () => {
  const [mario, marta] = [await signIn('mario'), await signIn('marta')];
  const { database } = office.sportello;
  const now = new Date().toISOString();
  await database.write(async (tx) => {
    await append(
      tx,
      mario.talk.id,
      [{ id: 'nav-1', role: 'citizen', json: JSON.stringify({ type: 'message', text: 'avviso 301000000000000017' }) }],
      now,
    );
    await tx
      .insertInto('rating')
      .values({ id: 'r-1', conversation_id: mario.talk.id, subject: 'booking', stars: 4, aspect: null, text: null, created_at: now })
      .execute();
    const notice = {
      nav: '301000000000000017',
      iuv: '1',
      body_code: '',
      amount_cents: 1200,
      due_on: '2027-01-31',
      reason: 'x',
      paid_on: null,
      cancelled: 0,
    };
    await tx
      .insertInto('payment_notice')
      .values({ ...notice, imported_at: now })
      .execute();
  });
  const own = (await mario.browser.go(`${mario.url}/me`)).text;
  expect(own).toMatch(/Avviso di pagamento 301000000000000017[\s\S]*da pagare entro il 31\/01\/2027/);
  expect(own).toContain('4 su 5');
  const other = (await marta.browser.go(`${marta.url}/me`)).text;
  expect(other).toContain('Conversazione');
  expect(other).not.toMatch(/301000000000000017|4 su 5|Mario/);
}, 120_000);

test('an agent sees the history of who asked for them, once they have the request; each look is a row of the audit', async () => {
  const { talk } = await signIn('marta');
  await talk.say('voglio parlare con una persona');
  const { database } = office.sportello;
  const find = () => database.read.selectFrom('handoff').select('id').where('conversation_id', '=', talk.id).executeTakeFirst();
  await expect.poll(async () => (await find())?.id ?? '', WAIT).not.toBe('');
  const id = (await find())?.id ?? '';
  const agent = await office.staff('Op. Uno');
  expect((await agent.call('GET', `/api/handoffs/${id}/citizen`)).status).toBe(409);
  expect((await agent.call('POST', `/api/handoffs/${id}/claim`, {})).status).toBe(200);
  const seen = await agent.call('GET', `/api/handoffs/${id}/citizen`);
  expect(seen.status).toBe(200);
  expect(seen.body).toMatchObject({ verified: true, profile: null });
  expect((seen.body['events'] as { kind: string }[]).map(({ kind }) => kind)).toContain('request');
  await agent.call('GET', `/api/handoffs/${id}/citizen`);
  expect((await agent.call('GET', `/api/handoffs/${id}`)).body['identity']).toBe('verified');
  const looks = await database.read
    .selectFrom('audit')
    .select('actor')
    .where('action', '=', 'citizen.timeline')
    .where('subject', '=', id)
    .execute();
  expect(looks).toEqual([{ actor: agent.id }, { actor: agent.id }]);
}, 120_000);

test('mandates: given by the principal or recorded by the office, for some things, until a day, ended by either', async () => {
  const { browser, url } = await signIn('mario');
  const { citizens } = office.sportello;
  const { mandates } = citizens;
  const [mario, marta] = ['RSSMRA85T10A562S', 'GDUMRT84E52D612J'].map((code) => citizens.signIns.sessions.personOf(code)) as [
    string,
    string,
  ];
  const soon = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const give = (more: Record<string, string>) =>
    browser.post(`${url}/me/mandates`, { name: 'Marta Guidi', fiscalCode: 'GDUMRT84E52D612J', scope: 'bookings', until: soon, ...more });
  expect((await give({ fiscalCode: 'GDUMRT84E52D612K' })).status).toBe(422);
  expect((await give({ fiscalCode: 'RSSMRA85T10A562S' })).text).toContain('persone diverse');
  expect((await give({ until: '2099-01-01' })).text).toContain('al massimo un anno');
  expect((await give({ until: '2020-01-01' })).text).toContain('già passato');
  expect((await give({})).status).toBe(303);
  const [held] = (await mandates.of(marta)).held;
  expect(held).toMatchObject({
    principalName: 'Mario Rossi',
    holderName: 'Marta Guidi',
    scope: 'bookings',
    kind: 'delegate',
    revoked: false,
  });
  const id = held?.id ?? '';
  expect(await mandates.principalOf(id, marta, 'bookings')).toMatchObject({ fiscalCode: 'RSSMRA85T10A562S' });
  expect(await mandates.principalOf(id, marta, 'cases')).toBeNull();
  expect(await mandates.principalOf(id, mario, 'bookings')).toBeNull();
  expect(await mandates.revoke(id, 'somebody else')).toBe(false);
  const stranger = await signIn('marta');
  expect((await stranger.browser.post(`${url}/me/mandates/${id}/revoke`)).status).toBe(303);
  expect(await mandates.principalOf(id, marta, 'bookings')).toBeNull();
  const agent = await office.staff('Op. Due');
  const company = {
    kind: 'company',
    scope: 'all',
    principal: { name: 'Panificio Sole', fiscalCode: '12345678903' },
    holder: { name: 'Mario Rossi', fiscalCode: 'RSSMRA85T10A562S' },
    until: soon,
  };
  expect((await agent.call('POST', '/api/mandates', company)).status).toBe(400);
  expect((await agent.call('POST', '/api/mandates', { ...company, kind: 'delegate', basis: 'visura' })).status).toBe(400);
  expect((await agent.call('POST', '/api/mandates', { ...company, basis: 'visura camerale del 20/11' })).status).toBe(201);
  expect((await mandates.of(mario)).held).toMatchObject([{ principalName: 'Panificio Sole', kind: 'company' }]);
  const rows = await office.sportello.database.read
    .selectFrom('audit')
    .select(['action', 'actor'])
    .where('action', 'like', 'mandate.%')
    .execute();
  expect(rows.map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    'mandate.record citizen',
    'mandate.revoke citizen',
    `mandate.record ${agent.id}`,
  ]);
}, 120_000);

test('in the chat: acting for another under a mandate books in both names, sees no more than it says, and ends with it', async () => {
  const { sportello } = office;
  const { mandates } = sportello.citizens;
  const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const recorded = await mandates.record({
    kind: 'parent',
    scope: 'bookings',
    principal: { fiscalCode: 'VRDLCU78M15A562V', name: 'Luca Verdi' },
    holder: { fiscalCode: 'RSSMRA85T10A562S', name: 'Mario Rossi' },
    until,
    basis: 'stato di famiglia',
    recordedBy: 'operator',
  });
  const id = recorded.kind === 'ok' ? recorded.id : '';
  const { talk } = await signIn('mario');
  const said = async (text: string) => {
    const { body } = await talk.say(text);
    const reply = async () => (await talk.read()).activities.find(({ replyToId }) => replyToId === body.id);
    await expect.poll(async () => (await reply()) !== undefined, WAIT).toBe(true);
    return String((await reply())?.['text']);
  };
  const choice = async (title: RegExp) => {
    const last = (await talk.read()).activities.at(-1)?.['suggestedActions'] as { actions: { title: string }[] } | undefined;
    return last?.actions.find((one) => title.test(one.title))?.title ?? '';
  };
  expect(await said('per chi posso agire?')).toMatch(/Luca Verdi \(genitore, gli appuntamenti\)/);
  expect(await said('agisci per Luca Verdi')).toMatch(/per \*\*Luca Verdi\*\* \(genitore\), per gli appuntamenti/);
  expect(await said('le mie pratiche')).toContain('non vale per questo');
  await said('vorrei prenotare un appuntamento per la carta d’identità');
  await said(await choice(/\d{4}/));
  await said(await choice(/^\d{1,2}:\d{2}$/));
  expect(await said('luca@example.org')).toMatch(/Luca Verdi[\s\S]*VRDLCU78M15A562V[\s\S]*Prenota per conto\*\*: Mario Rossi \(genitore\)/);
  expect(await said('Sì, prenota')).toMatch(/Carta d’identità/i);
  const [booked] = await sportello.database.read
    .selectFrom('booking')
    .select(['name', 'fiscal_code', 'note'])
    .where('status', '=', 'booked')
    .execute();
  expect(booked).toEqual({ name: 'Luca Verdi', fiscal_code: 'VRDLCU78M15A562V', note: 'Mario Rossi (genitore)' });
  const listed = await said('le mie prenotazioni');
  expect(listed).toContain('Agisci per Luca Verdi');
  expect(listed).toMatch(/Carta d’identità/i);
  expect(await said('quando è il mio appuntamento?')).toContain('è confermato');
  expect(await mandates.revoke(id, sportello.citizens.signIns.sessions.personOf('VRDLCU78M15A562V'))).toBe(true);
  // What was read out under the mandate is not changed without it.
  expect(await said('disdici l’appuntamento')).toContain('Per sicurezza, scrivi anche il **codice fiscale**');
  await said('lascia stare');
  expect(await said('le mie prenotazioni')).toContain('Non ho mostrato e non ho fatto niente');
  expect(await said('agisci per me')).toContain('di nuovo per te');
  expect(await said('le mie prenotazioni')).toContain('Non hai prenotazioni');
}, 120_000);

test('a case opened by a sign-in is told again as long as the sign-in stands; after it the second fact is asked for', async () => {
  await loadDemoCases(office.sportello.database, Date.now());
  // Of the year in which it was received: some days ago, which in January is the year before.
  const { year } = await office.sportello.database.read
    .selectFrom('case_file')
    .select('year')
    .where('number', '=', 1234)
    .executeTakeFirstOrThrow();
  const { talk } = await signIn('marta');
  await talk.say(`a che punto è la mia pratica 1234/${year}?`);
  await expect.poll(() => lastOf(talk), WAIT).toMatch(new RegExp(`^(?!a che).*1234/${year}`));
  const told = await lastOf(talk);
  await talk.say('chi se ne occupa?');
  await expect.poll(async () => (await textsOf(talk)).slice(-2), WAIT).toEqual(['chi se ne occupa?', told]);
  await office.sportello.database.write((tx) => tx.deleteFrom('citizen_session').where('conversation_id', '=', talk.id).execute());
  await talk.say('chi se ne occupa?');
  await expect.poll(() => lastOf(talk), WAIT).toContain('scrivi anche il **codice fiscale**');
}, 120_000);

test('step-up: a less sure sign-in shows the appointments and asks for more before cases', async () => {
  const { talk, browser, done, url } = await signIn('anna', 'le mie prenotazioni');
  expect(done.status).toBe(200);
  await expect.poll(() => lastOf(talk), WAIT).toContain('Non hai prenotazioni');
  // The page shows cases and gives mandates: it is no way around.
  const page = await browser.go(`${url}/me`);
  expect([page.status, /accesso più sicuro/.test(page.text), /Pratica|Dai una delega/.test(page.text)]).toEqual([403, true, false]);
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  const given = { name: 'Marta Guidi', fiscalCode: 'GDUMRT84E52D612J', scope: 'all', until };
  expect((await browser.post(`${url}/me/mandates`, given)).status).toBe(403);
  await talk.say('le mie pratiche');
  await expect.poll(() => lastOf(talk), WAIT).toMatch(/accesso più sicuro, di livello 2[\s\S]*\/sign-in\/[\w-]{22}/);
}, 120_000);
