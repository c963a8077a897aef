import { expect, test } from 'vitest';
import { holidayOn } from './embedded/holidays.ts';
import { addDays, createZone, daysBetween } from './zone.ts';

const rome = createZone();
const iso = (day: string, hours: number, minutes = 0) => {
  const at = rome.at(day, hours * 60 + minutes);
  return at === null ? null : rome.iso(at);
};

test('wall clock to instant and back on ordinary days and on both nights', () => {
  expect(iso('2027-03-09', 9)).toBe('2027-03-09T09:00:00+01:00');
  expect(iso('2026-07-01', 9)).toBe('2026-07-01T09:00:00+02:00');
  expect([iso('2027-03-28', 1, 59), iso('2027-03-28', 2), iso('2027-03-28', 2, 59), iso('2027-03-28', 3)]).toEqual([
    '2027-03-28T01:59:00+01:00',
    null,
    null,
    '2027-03-28T03:00:00+02:00',
  ]);
  expect([iso('2027-10-31', 1, 59), iso('2027-10-31', 2, 30), iso('2027-10-31', 3)]).toEqual([
    '2027-10-31T01:59:00+02:00',
    '2027-10-31T02:30:00+02:00',
    '2027-10-31T03:00:00+01:00',
  ]);
  expect(rome.iso(Date.parse('2027-10-31T01:30:00Z'))).toBe('2027-10-31T02:30:00+01:00');
  expect(iso('2027-10-30', 24)).toBe('2027-10-31T00:00:00+02:00');
});

test('one clock for a day says the same as asking each time, on every day of two years', () => {
  for (let day = '2026-01-01'; day < '2028-01-01'; day = addDays(day, 1)) {
    const clock = rome.clockOf(day);
    for (const minutes of [0, 90, 150, 180, 540, 1439]) expect(clock(minutes), `${day} ${minutes}`).toBe(rome.at(day, minutes));
    expect(rome.dayOf(clock(0)!)).toBe(day);
    expect(rome.dayOf(clock(0)! - 1)).toBe(addDays(day, -1));
  }
});

test('instants of two years, every 30 minutes, keep their offset as the platform formats it', () => {
  const platform = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Rome', dateStyle: 'short', timeStyle: 'medium' });
  for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2028, 0, 1); at += 1_800_000) {
    const text = rome.iso(at);
    if (text.slice(0, 19).replace('T', ' ') !== platform.format(at) || Date.parse(text) !== at) expect(text).toBe(platform.format(at));
  }
});

test('other zones: behind UTC, and with half hours', () => {
  expect(createZone('America/New_York').iso(Date.UTC(2026, 11, 1, 12))).toBe('2026-12-01T07:00:00-05:00');
  const york = createZone('America/New_York');
  // Said before in another zone, and again in the same one.
  for (const _ of [1, 2]) expect(york.iso(Date.UTC(2026, 6, 1, 12))).toBe('2026-07-01T08:00:00-04:00');
  expect(rome.iso(Date.UTC(2026, 6, 1, 12))).toBe('2026-07-01T14:00:00+02:00');
  expect(createZone('Asia/Kolkata').iso(Date.UTC(2026, 11, 1, 12))).toBe('2026-12-01T17:30:00+05:30');
});

test('days are counted over clock changes and leap days', () => {
  expect(addDays('2027-03-27', 2)).toBe('2027-03-29');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(daysBetween('2027-10-30', '2027-11-01')).toBe(2);
});

test('Easter Monday of known years, and San Francesco from 2026', () => {
  // Dates as printed in calendars of those years; 2038 and 2008 are the latest and the earliest nearby.
  const mondays = [
    '2000-04-24',
    '2008-03-24',
    '2011-04-25',
    '2019-04-22',
    '2024-04-01',
    '2025-04-21',
    '2026-04-06',
    '2027-03-29',
    '2038-04-26',
  ];
  for (const day of mondays) expect(holidayOn(day), day).toBeTruthy();
  expect(holidayOn('2026-04-05')).toBe('Pasqua');
  expect(holidayOn('2026-04-06')).toBe('Lunedì dell’Angelo');
  expect([holidayOn('2025-10-04'), holidayOn('2026-10-04')]).toEqual([null, 'San Francesco d’Assisi']);
  const year = Array.from({ length: 365 }, (_, n) => addDays('2027-01-01', n)).filter(holidayOn);
  expect(year).toHaveLength(13);
});
