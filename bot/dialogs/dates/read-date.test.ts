import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addDays, easter, isWorkingDay, nthWeekday } from './calendar.ts';
import { chronoDate } from './chrono.ts';
import { dateInWords } from './in-words.ts';
import { readDate } from './read-date.ts';

/** A Wednesday, nine in the morning in Rome. */
const now = new Date('2026-11-18T09:00:00+01:00');
const read = (text: string, lang = 'it') => readDate(text, { now, lang });

test.each([
  ['di giovedì, verso le quattro', { kind: 'date', date: '2026-11-19', time: '16:00' }],
  ['il 24 dicembre, anzi il 28', { kind: 'date', date: '2026-12-28' }],
  ['martedì della settimana prossima no, mercoledì', { kind: 'date', date: '2026-11-25' }],
  ['giovedì alle nove non posso, alle dieci sì', { kind: 'date', date: '2026-11-19', time: '10:00' }],
  ['martedì, ma non questo, il prossimo', { kind: 'date', date: '2026-12-01' }],
  ['la carta scade il 3 dicembre, verrei martedì', { kind: 'date', date: '2026-11-24' }],
  ['spostiamo da lunedì a martedì', { kind: 'date', date: '2026-11-24' }],
  ['possiamo fare alle 15 invece delle 14?', { kind: 'time', time: '15:00' }],
  ['2026/12/03 ore 9', { kind: 'date', date: '2026-12-03', time: '09:00' }],
  ['lunedì prossimo, non questo', { kind: 'date', date: '2026-11-30' }],
  ['buonasera, di mattina', { kind: 'time', part: 'morning' }],
  ['il primo giorno lavorativo dopo Pasqua', { kind: 'date', date: '2027-03-30' }],
  ['vorrei la carta di identità', { kind: 'none' }],
  ['', { kind: 'none' }],
])('%s', (text, expected) => {
  expect(read(text)).toEqual(expected);
});

test.each([
  ['alle 10 del 31/11', { doubt: 'impossible', time: '10:00', choices: [] }],
  ['domani alle 26', { doubt: 'impossible', date: '2026-11-19' }],
  ['oggi alle 8', { doubt: 'past', date: '2026-11-18', times: [] }],
  ['il 12 novembre', { doubt: 'past', choices: ['2027-11-12'] }],
  ['alle 9 di venerdì 19', { doubt: 'mismatch', time: '09:00' }],
  ['domani alle 10 di sera o 11', { doubt: 'several', date: '2026-11-19', part: 'evening', times: ['22:00', '23:00'] }],
  ['giovedì prossimo di pomeriggio', { doubt: 'which_week', part: 'afternoon', choices: ['2026-11-19', '2026-11-26'] }],
  ['mercoledì', { doubt: 'today_or_next', choices: ['2026-11-18', '2026-11-25'] }],
  ['alle 3 di notte', { doubt: 'mismatch' }],
  ['alle 03:15', { doubt: 'mismatch' }],
  ['lunedì prima delle 11', { doubt: 'vague', date: '2026-11-23' }],
  ['entro il 15 dicembre', { doubt: 'vague', choices: ['2026-12-15'] }],
  ['il 7 gennaio scorso', { doubt: 'past' }],
  ['dal 24 al 27 novembre', { doubt: 'vague', choices: [] }],
])('%s is asked back', (text, expected) => {
  const reading = read(text);
  expect(reading).toMatchObject({ kind: 'ambiguous', ...expected });
});

test('an ambiguous hour or day is never kept as certain', () => {
  expect(read('domani alle 9 o alle 10')).not.toHaveProperty('time');
  expect(read('lunedì alle 9 o martedì alle 10')).not.toHaveProperty('time');
  expect(read('il 30 febbraio')).not.toHaveProperty('date');
});

test('another language than the conversation’s is understood', () => {
  expect(read('übermorgen um halb zehn')).toEqual({ kind: 'date', date: '2026-11-20', time: '09:30' });
  expect(read('lunedì alle 10', 'en')).toEqual({ kind: 'date', date: '2026-11-23', time: '10:00' });
});

test('every day read back in ten languages is read as the same day', () => {
  for (const lang of ['it', 'en', 'de', 'fr', 'es', 'sl', 'ro', 'ar', 'zh', 'uk'])
    for (let days = 1; days < 400; days++) {
      const date = addDays('2026-11-18', days);
      const words = dateInWords({ date, time: '10:30' }, lang);
      expect([words, read(words, lang)]).toEqual([words, { kind: 'date', date, time: '10:30' }]);
    }
});

test.each([
  ['sl', 'jutri ob 10', '2026-11-19', '10:00'],
  ['sl', 'v torek, 24. november, ob 9:30', '2026-11-24', '09:30'],
  ['ro', 'mâine la ora 10', '2026-11-19', '10:00'],
  ['ro', 'marți la 9 și jumătate', '2026-11-24', '09:30'],
  ['ar', 'غدًا الساعة ١٠', '2026-11-19', '10:00'],
  ['ar', 'الثلاثاء الساعة 9 والنصف', '2026-11-24', '09:30'],
  ['zh', '明天10点', '2026-11-19', '10:00'],
  ['zh', '11月24日9点半', '2026-11-24', '09:30'],
  ['uk', 'завтра о 10', '2026-11-19', '10:00'],
  ['uk', 'у вівторок о 9:30', '2026-11-24', '09:30'],
])('a short answer in %s: %s', (lang, text, date, time) => {
  expect(read(text, lang)).toEqual({ kind: 'date', date, time });
});

test('the day is that of the office, also while the clocks change', () => {
  const midnight = new Date('2026-11-18T23:30:00Z');
  expect(readDate('domani', { now: midnight })).toEqual({ kind: 'date', date: '2026-11-20' });
  expect(readDate('domani', { now: midnight, timeZone: 'America/New_York' })).toEqual({ kind: 'date', date: '2026-11-19' });
  expect(readDate('domani', { now: new Date('2027-03-27T12:00:00Z') })).toEqual({ kind: 'date', date: '2027-03-28' });
  expect(readDate('tra una settimana', { now: new Date('2026-12-30T12:00:00Z') })).toEqual({ kind: 'date', date: '2027-01-06' });
});

test('every phrase of every weekday gives a day from today on, or a question', () => {
  const phrases = [
    'lunedì',
    'venerdì prossimo',
    'questo sabato',
    'domenica della settimana prossima',
    'il 31',
    'fra due martedì',
    'il primo lunedì del mese',
  ];
  for (let days = 0; days < 60; days++) {
    const today = addDays('2026-11-18', days);
    for (const phrase of phrases) {
      const reading = readDate(phrase, { now: new Date(`${today}T09:00:00Z`) });
      expect(reading.kind === 'ambiguous' || (reading.kind === 'date' && reading.date >= today), `${phrase} on ${today}`).toBe(true);
    }
  }
});

test('no text breaks the reader, and long ones are quick', () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  const words =
    'non no lunedì 31 alle o anzi dopo prima di tra il 12/13 99:99 del mese prossimo -1 N=3 / . 0/0 e mezza meno un quarto ultimo Natale'.split(
      ' ',
    );
  for (let round = 0; round < 3000; round++) {
    const text = Array.from({ length: random(12) }, () => words[random(words.length)]).join(' ');
    const reading = read(text);
    if (reading.kind === 'date') expect(reading.date, text).toMatch(/^20\d\d-\d\d-\d\d$/);
    if ('time' in reading) expect(reading.time, text).toMatch(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
  }
  expect(read('lunedì alle 9 e mezza '.repeat(5000)).kind).toBe('date');
});

test('chrono-node is asked what our own words do not know', () => {
  expect(chronoDate('24th of November', 'en', '2026-11-18')).toMatchObject({ day: 24, month: 11 });
  expect(chronoDate('next week', 'en', '2026-11-18')).toBeNull();
});

test('calendar: Easter, last weekdays, working days', () => {
  expect([2024, 2025, 2026, 2027, 2038].map(easter)).toEqual(['2024-03-31', '2025-04-20', '2026-04-05', '2027-03-28', '2038-04-25']);
  expect(nthWeekday(2027, 2, 1, 5)).toBeNull();
  expect(nthWeekday(2027, 2, 7, -1)).toBe('2027-02-28');
  expect(['2026-12-08', '2027-03-29', '2026-12-05', '2026-12-09'].map(isWorkingDay)).toEqual([false, false, false, true]);
});

test('read back: part only without an hour, one o’clock, an unknown language', () => {
  expect(dateInWords({ date: '2026-12-01', part: 'morning' })).toBe('martedì 1 dicembre 2026 di mattina');
  expect(dateInWords({ date: '2026-12-01', time: '09:30', part: 'morning' }, 'de')).toBe('Dienstag, 1. Dezember 2026 um 9:30 Uhr');
  expect(dateInWords({ date: '2026-12-01', time: '01:00' }, 'xx')).toBe("martedì 1 dicembre 2026 all'1:00");
});

test('our own phrases: nothing taken wrongly', () => {
  const file = new URL('../../../eval/datasets/dates.jsonl', import.meta.url);
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const {
      text,
      lang,
      expect: expected,
    } = JSON.parse(line) as { text: string; lang: string; expect: { date: string | null; time: string | null; ambiguous: boolean } };
    const reading = read(text, lang);
    expect(reading.kind === 'ambiguous', text).toBe(expected.ambiguous);
    if (reading.kind !== 'none') expect(reading.time ?? null, text).toBe(expected.time);
  }
});
