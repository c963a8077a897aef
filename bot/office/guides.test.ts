import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { DEMO_GUIDES } from '../../knowledge/demo/guides.ts';
import { speech } from '../dialogs/fixtures/town.ts';
import { dayIn } from '../dialogs/guide/day.ts';
import { guideCalendar } from './guide-calendar.ts';
import { dueOn, readGuides } from './guides.ts';

test.each([
  [{ days: 10 }, '2026-11-20', '2026-11-30'],
  [{ days: 20 }, '2026-12-20', '2027-01-09'],
  [{ days: 0 }, '2026-11-20', '2026-11-20'],
  [{ days: 1 }, '2028-02-28', '2028-02-29'],
  [{ months: 6 }, '2026-08-31', '2027-02-28'],
  [{ months: 6 }, '2027-08-31', '2028-02-29'],
  [{ months: 12 }, '2028-02-29', '2029-02-28'],
  [{ months: 1 }, '2026-12-31', '2027-01-31'],
])('%o after %s is %s', (due, date, expected) => {
  expect(dueOn({ due }, date)).toBe(expected);
});

const NOW = new Date('2026-11-25T09:00:00+01:00');
test.each([
  ['è nato ieri', '2026-11-24'],
  ['stanotte', '2026-11-24'],
  ['l’altro ieri', '2026-11-23'],
  ['il 20 novembre', '2026-11-20'],
  ['il 3 marzo', '2026-03-03'],
  ['il 10 gennaio', '2027-01-10'],
  ['il primo dicembre', '2026-12-01'],
  ['20/11/2026', '2026-11-20'],
  ['5-12', '2026-12-05'],
  ['20 novembre 2025', '2025-11-20'],
  ['domani', '2026-11-26'],
  ['31/2/2026', null],
  ['non lo so', null],
])('%s', (text, expected) => {
  expect(dayIn(text, '2026-11-25', NOW)).toBe(expected);
});

test('each term of the demo’s guides stands in the words its step cites', () => {
  const said: Record<string, RegExp> = { days10: /in Comune 10/, days1: /24 ore/, days0: /effetto immediato/, months12: /un anno|12 mesi/ };
  for (const guide of readGuides([DEMO_GUIDES]))
    for (const { id, due, cite } of guide.steps.filter((step) => step.due)) {
      const [unit, count] = Object.entries(due ?? {})[0] ?? [];
      expect(cite.quote, `${guide.id} ${id}`).toMatch(
        said[`${unit}${count}`] ?? new RegExp(`${count} ${unit === 'days' ? 'giorni' : 'mesi'}`),
      );
    }
});

test('a guide as calendar: one event a term, on its last day, with reminders; the same date gives the same UIDs', () => {
  const guide = readGuides([DEMO_GUIDES]).find(({ id }) => id === 'nascita');
  if (!guide) throw new Error('no guide');
  const parts = { say: speech('it'), bodyName: 'Comune', url: 'https://a.example/', now: '2026-11-25T08:00:00.000Z' };
  const text = guideCalendar(guide, '2026-11-20', parts);
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(text).toMatch(/DTSTART;VALUE=DATE:20261130\r\nDTEND;VALUE=DATE:20261201/);
  expect(text).toMatch(/DTSTART;VALUE=DATE:20270520/);
  expect(text.match(/TRIGGER:-P[13]D/g)).toHaveLength(4);
  expect(text).toContain('DTSTAMP:20261125T080000Z');
  expect(text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
  expect(guideCalendar(guide, '2026-11-20', parts)).toBe(text);
  expect(text).toContain('SUMMARY:Entro oggi: ');
  const foreign = guideCalendar(guide, '2026-11-20', { ...parts, say: speech('de') });
  expect(foreign).toContain('SUMMARY:Heute fällig: ');
  expect(foreign).not.toMatch(/Ufficio: |Che cosa portare/);
});

test('the body’s own guide stands for the demo’s; what is wrong in a file is said with its name', () => {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'sportello-guides-')), 'guides');
  mkdirSync(folder);
  const step = { id: 'a', title: 'Un passo', office: 'Ufficio', cite: { document: 'd', quote: 'parole di un documento' } };
  const own = { id: 'nascita', title: 'Nascita da noi', ask: 'Quando è nato?', words: ['è nato'], steps: [step] };
  writeFileSync(path.join(folder, 'nascita.json'), JSON.stringify(own));
  expect(readGuides([DEMO_GUIDES, folder]).find(({ id }) => id === 'nascita')?.title).toBe('Nascita da noi');
  writeFileSync(path.join(folder, 'rotta.json'), JSON.stringify({ ...own, id: 'x', steps: [{ ...step, due: { days: 1, months: 1 } }] }));
  expect(() => readGuides([folder])).toThrow(/rotta\.json: steps\.0\.due: giorni oppure mesi/);
  writeFileSync(path.join(folder, 'rotta.json'), '{');
  expect(() => readGuides([folder])).toThrow(/rotta\.json/);
  expect(readGuides([path.join(folder, 'none')])).toEqual([]);
});
