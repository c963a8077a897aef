/** One conversation, word for word, on every channel: question, booking, change, a person, the assistant again. The same must come of it. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { checkCodiceFiscale } from '../dialogs/codes/codice-fiscale.ts';
import type { Signed } from '../desk/fixtures/open-office.ts';
import { openTown, type Town } from './fixtures/open-town.ts';
import { APP, startTeams, type TeamsService } from './fixtures/teams-service.ts';

let town: Town;
let teams: TeamsService;
let agent: Signed;
beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  teams = await startTeams();
  town = await openTown({ CHANNELS: 'web,telegram,whatsapp,teams', ...APP, MicrosoftAppTenantId: '', MICROSOFT_STAND_IN: teams.root });
  teams.register(`${town.url}/api/messages`);
  agent = await town.staff('Bianca Verdi');
}, 120_000);
afterAll(async () => {
  await town?.stop();
  await teams?.stop();
  vi.restoreAllMocks();
});

/** What a citizen sees and does, whatever the channel. */
interface Client {
  say(text: string): Promise<unknown>;
  press(title: string): Promise<unknown>;
  /** `raw`: with its marks, where `text` has none. */
  seen(): Promise<{ text: string; choices: string[]; raw?: string }[]>;
  /** Appointments for one's own calendar, as the channel gives them: files, a card, a link. */
  calendars(): Promise<number>;
}

const clients: Record<string, () => Promise<Client>> = {
  async web() {
    const talk = await town.citizens.converse();
    const seen = async () =>
      (await talk.read()).activities
        .filter((one) => one['type'] === 'message' && one.from.role !== 'user')
        .map((one) => {
          const actions = (one['suggestedActions'] as { actions: { title: string; value: string }[] } | undefined)?.actions ?? [];
          return { text: String(one['text']), choices: actions.map(({ title }) => title), actions };
        });
    return {
      say: (text) => talk.say(text),
      seen,
      calendars: async () => (await seen()).filter(({ text }) => /\]\(\S*\.ics\?key=/.test(text)).length,
      async press(title) {
        return talk.say((await seen()).flatMap(({ actions }) => actions).findLast((one) => one.title === title)!.value);
      },
    };
  },
  async telegram() {
    const one = town.telegram.citizen(9001);
    return {
      say: one.say,
      press: one.press,
      calendars: async () => one.got().filter(({ file }) => file?.kind === 'document' && file.name.endsWith('.ics')).length,
      seen: async () =>
        one
          .got()
          .filter(({ file }) => !file)
          .map(({ plain, text: raw, buttons }) => ({ text: plain, raw, choices: buttons.map(({ text }) => text) })),
    };
  },
  async whatsapp() {
    const one = town.whatsapp.citizen('393338887766');
    const seen = async () =>
      one
        .got()
        .filter(({ file }) => !file)
        .map(({ text, choices }) => ({ text, choices: choices.map(({ title, description }) => description ?? title) }));
    const calendars = async () => one.got().filter(({ file, text }) => file?.name.endsWith('.ics') && text.includes('.ics?key=')).length;
    return { say: (text) => one.say(text), press: one.press, seen, calendars };
  },
  async teams() {
    const one = teams.citizen('anna');
    return {
      say: one.say,
      press: one.press,
      calendars: async () => one.got().filter(({ links }) => links.some((url) => url.includes('.ics?key='))).length,
      seen: async () =>
        one
          .got()
          .filter(({ links }) => links.length === 0)
          .map(({ text, choices }) => ({ text, choices: choices.map(({ title }) => title) })),
    };
  },
};

/** A valid code for each channel: a person may book a service once. */
function fiscalCode(index: number): string {
  const base = `RSSMRA${80 + index}T10A562`;
  const letter = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((last) => checkCodiceFiscale(base + last, '2026-11-25').kind !== 'wrong');
  return base + letter;
}

const WAIT = { timeout: 30_000 };
const results: Record<string, unknown> = {};

describe.each(Object.keys(clients).map((name, index) => ({ name, index })))('$name', ({ name, index }) => {
  test('question, booking, change, a person, the assistant again', async () => {
    const client = await clients[name]!();
    let read = 0;
    /** The newest message once it says this. */
    async function hear(pattern: RegExp): Promise<{ text: string; choices: string[] }> {
      await expect
        .poll(async () => (await client.seen()).slice(read).some(({ text }) => pattern.test(text)), {
          ...WAIT,
          message: `${name}: ${pattern}`,
        })
        .toBe(true);
      const all = await client.seen();
      const found = all.slice(read).find(({ text }) => pattern.test(text))!;
      read = all.length;
      return found;
    }
    await client.say('Quanto costa la carta d’identità?');
    const answer = await hear(/22,20/);
    expect(answer.text).toMatch(/\[1\][\s\S]*\[1\]/);
    // S-27: the very first thing said is that a machine answers, with the way to the privacy notice.
    const [first] = await client.seen();
    expect(first?.raw ?? first?.text, name).toMatch(/^[^.]*assistente automatico[\s\S]*\/privacy/);
    await client.say('vorrei prenotare un appuntamento per la carta d’identità');
    await client.press((await hear(/Che giorno ti va bene/)).choices[1]!);
    await client.press((await hear(/A che ora/)).choices[0]!);
    await hear(/A nome di chi/);
    await client.say('Anna Rossi');
    await hear(/codice fiscale/);
    await client.say(fiscalCode(index));
    await hear(/Come ti avvisiamo/);
    await client.say(`333 111223${index}`);
    await hear(/Confermi la prenotazione/);
    await client.press('Sì, prenota');
    const code = /Codice \W*([A-Z0-9]{6})/.exec((await hear(/Prenotato/)).text)![1]!;
    const booked = await booking(code);
    await client.press('Sposta il mio appuntamento');
    await client.press((await hear(/Che giorno ti va bene/)).choices[2]!);
    await client.press((await hear(/A che ora/)).choices[0]!);
    await hear(/Confermi lo spostamento/);
    await client.press('Sì, sposta');
    await hear(/Spostato/);
    const moved = await booking(code);
    expect(moved.start_at > booked.start_at).toBe(true);

    await agent.call('POST', '/api/desk/here', {});
    await client.say('Vorrei parlare con una persona');
    await hear(/Ti metto in contatto/);
    const queue = async () =>
      ((await agent.call('GET', '/api/handoffs?view=waiting')).body as unknown as { handoffs: { id: string; channel: string }[] }).handoffs;
    await expect.poll(async () => (await queue()).length, WAIT).toBe(1);
    const [handoff] = await queue();
    expect(handoff!.channel).toBe(name);
    await agent.call('POST', `/api/handoffs/${handoff!.id}/claim`);
    await hear(/Ora ti risponde/);
    await agent.call('POST', `/api/handoffs/${handoff!.id}/messages`, { text: 'Buongiorno, come posso aiutarla?' });
    await hear(/come posso aiutarla/);
    await client.say('va bene così, grazie');
    type Line = { role: string; text: string; delivery: { status: string } | null };
    const packet = async () => (await agent.call('GET', `/api/handoffs/${handoff!.id}`)).body as unknown as { transcript: Line[] };
    await expect.poll(async () => (await packet()).transcript.at(-1)?.text, WAIT).toBe('va bene così, grazie');
    const said = (await packet()).transcript.find(({ role }) => role === 'agent');
    await expect
      .poll(async () => (await packet()).transcript.find(({ role }) => role === 'agent')?.delivery?.status ?? null, WAIT)
      .toBe(name === 'web' ? null : 'sent');
    await agent.call('POST', `/api/handoffs/${handoff!.id}/close`, { outcome: 'returned' });
    await hear(/ti risponde di nuovo il sistema automatico/);
    await client.say('Quando si paga la TARI?');
    const last = await hear(/\[1\]/);
    results[name] = {
      service: moved.service,
      status: moved.status,
      sequence: moved.sequence,
      said: said?.text,
      answered: /16 giugno|rata|acconto|saldo/i.test(last.text),
      messages: (await client.seen()).length,
      calendars: await client.calendars(),
    };
  }, 120_000);
});

test('the result is the same on all four', () => {
  expect(results['web']).toMatchObject({ service: 'carta-identita', status: 'booked', answered: true, calendars: 2 });
  expect(Object.keys(results)).toEqual(['web', 'telegram', 'whatsapp', 'teams']);
  for (const name of Object.keys(results)) expect({ name, result: results[name] }).toEqual({ name, result: results['web'] });
  expect([town.telegram.refused, town.whatsapp.refused]).toEqual([[], []]);
});

test('a photo or a place by itself begins a report, and becomes part of it; a voice message gets a helpful answer', async () => {
  const anna = town.telegram.citizen(9100);
  await anna.say('Quanto costa la carta d’identità?');
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/22,20/);
  await anna.said({ voice: { file_id: 'v', duration: 3 } as never });
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/Non posso ascoltare i messaggi vocali/);
  town.telegram.files.set('buca', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 9]));
  await anna.said({ photo: [{ file_id: 'buca' }] as never });
  await expect.poll(() => anna.last()?.buttons.map(({ text }) => text) ?? [], WAIT).toContain('Buca o strada rovinata');
  await anna.press('Buca o strada rovinata');
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/Dove|luogo|posto/i);
  await anna.said({ location: { latitude: 45.0703, longitude: 7.6869 } as never });
  await expect.poll(() => anna.texts().at(-1), WAIT).not.toMatch(/^Dove/);
  await anna.say('Una buca profonda davanti alla scuola');
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/foto\.jpg/);
  expect(anna.texts().at(-1)).toContain('45.0703, 7.6869');
});

test('on Teams a photo begins a report and becomes part of it, and the place is written', async () => {
  const anna = teams.citizen('con-foto');
  await anna.say('Quanto costa la carta d’identità?');
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/22,20/);
  teams.files.set('/v3/attachments/9/views/original', { content: Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 9]) });
  await teams.post(anna.write({ attachments: [{ contentType: 'image/*', contentUrl: `${teams.root}/v3/attachments/9/views/original` }] }));
  await expect.poll(() => anna.last()?.choices.map(({ title }) => title) ?? [], WAIT).toContain('Buca o strada rovinata');
  await anna.press('Buca o strada rovinata');
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/Dove|luogo|posto/i);
  await anna.say('via Roma 12');
  await expect.poll(() => anna.texts().at(-1), WAIT).not.toMatch(/^Dove/);
  await anna.say('Una buca profonda davanti alla scuola');
  await expect.poll(() => anna.texts().at(-1), WAIT).toMatch(/foto\.jpg/);
  expect(anna.texts().at(-1)).toContain('via Roma 12');
});

test('files that an agent sends arrive as the chat’s own, through the house’s real doors', async () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=', 'base64');
  const anna = town.telegram.citizen(9200);
  const bruno = town.whatsapp.citizen('393339990000');
  for (const one of [anna, bruno]) {
    await agent.call('POST', '/api/desk/here', {});
    await one.say('Vorrei parlare con una persona');
    await expect.poll(() => one.texts().at(-1), WAIT).toMatch(/Ti metto in contatto/);
    const { handoffs } = (await agent.call('GET', '/api/handoffs?view=waiting')).body as unknown as { handoffs: { id: string }[] };
    const id = handoffs[0]?.id ?? '';
    await agent.call('POST', `/api/handoffs/${id}/claim`);
    await expect.poll(() => one.texts().at(-1), WAIT).toMatch(/Ora ti risponde/);
    const body = new FormData();
    body.append('file', new Blob([png]), 'pianta.png');
    body.append('file', new Blob(['%PDF-1.7\n']), 'modulo.pdf');
    const headers = { cookie: agent.cookie, 'x-csrf': agent.csrf };
    expect((await fetch(`${town.url}/api/handoffs/${id}/files`, { method: 'POST', headers, body })).status).toBe(201);
    await expect
      .poll(
        () =>
          one
            .got()
            .filter(({ file }) => file)
            .map(({ file }) => file?.name),
        WAIT,
      )
      .toEqual(['pianta.png', 'modulo.pdf']);
    await agent.call('POST', `/api/handoffs/${id}/close`, { outcome: 'solved' });
  }
  expect(anna.got().flatMap(({ file, plain }) => (file ? [[file.kind, plain]] : []))).toEqual([
    ['photo', 'Bianca Verdi'],
    ['document', ''],
  ]);
  expect(bruno.got().flatMap(({ file, type, text }) => (file ? [[type, text]] : []))).toEqual([
    ['image', '*Bianca Verdi*'],
    ['document', ''],
  ]);
  expect(Buffer.from(anna.got().find(({ file }) => file)?.file?.content ?? [])).toEqual(png);
});

const booking = (code: string) =>
  town.sportello.database.read
    .selectFrom('booking')
    .select(['service', 'status', 'start_at', 'sequence'])
    .where('code', '=', code)
    .executeTakeFirstOrThrow();
