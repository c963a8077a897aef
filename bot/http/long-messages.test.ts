/** S-20: expressions that never end are looked for with the longest messages of every nasty kind, through the real chat. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice({ DEMO: 'true' });
  // What a server makes with its first question is no cost of the messages below.
  const talk = await office.citizens.converse();
  const { body } = await talk.say('Quanto costa la carta d’identità?');
  await vi.waitFor(async () => expect((await talk.read()).activities.some(({ replyToId }) => replyToId === body.id)).toBe(true), {
    timeout: 30_000,
  });
}, 120_000);
afterAll(() => office?.stop());

const NASTY: [string, string][] = [
  ['one letter', 'a'],
  ['spaces', ' '],
  ['digits', '1'],
  ['dots', '.'],
  ['opened brackets', '('],
  ['stars', '*'],
  ['quotes', '"'],
  ['accents', 'à'],
  ['at signs', 'a@'],
  ['streets', 'via Roma '],
  ['introductions', 'mi chiamo '],
  ['dates', '1/1/'],
  ['times', 'alle 10 e '],
  ['links', 'http://a.'],
  ['tables', '|-'],
  ['html', '<a '],
  ['emoji', '😀'],
  ['marks of direction', '\u202e'],
  ['combining accents', 'e\u0301'],
  ['zero width', '\u200b'],
  ['names', 'Anna Rossi '],
  ['IBANs', 'IT60 1234 '],
  ['line breaks', '\n'],
  ['yes and no', 'sì no '],
];
test.each(NASTY)(
  'a message as long as may be, of %s, is answered; a longer one is refused; neither holds the process',
  async (_name, unit) => {
    const talk = await office.citizens.converse();
    const before = process.cpuUsage();
    const refused = await talk.say(unit.repeat(5_000).slice(0, 5_000));
    expect([400, 413]).toContain(refused.status);
    const words = unit
      .repeat(1_000)
      .slice(0, 1_000)
      .replace(/[\ud800-\udbff]$/, '');
    const { status, body } = await talk.say(words);
    // Nothing but spaces is no message.
    if (words.trim() === '') return expect([200, 400]).toContain(status);
    expect(status).toBe(200);
    await expect.poll(async () => (await talk.read()).activities.some(({ replyToId }) => replyToId === body.id)).toBe(true);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(3_000);
  },
  60_000,
);
