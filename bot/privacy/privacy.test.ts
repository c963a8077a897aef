import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../connectors/databases/contract.ts';
import { engines, temporary } from '../../connectors/databases/fixtures/engines.ts';
import { verifyAudit } from './audit.ts';
import { DATA_MAP } from './data-map.ts';
import { eraseCitizen } from './erase.ts';
import { exportCitizen } from './export.ts';
import { dump, plantCitizen, wordsOf } from './fixtures/planted.ts';
import { retain, retentionOf } from './retain.ts';

const DAY_MS = 86_400_000;
const THEN = '2026-01-10T09:00:00.000Z';
const found = (tables: Record<string, string>, words: string[]) =>
  Object.entries(tables).flatMap(([table, text]) => words.filter((word) => text.includes(word)).map((word) => `${table}: ${word}`));

describe.each(engines.filter(({ why }) => !why))('$title', (engine) => {
  let database: Database;
  let dataDir: string;
  beforeAll(() => engine.start());
  afterAll(() => engine.stop());
  beforeEach(async () => {
    dataDir = temporary();
    database = await engine.open(await engine.place());
  });
  afterEach(() => database.close());
  const file = (key: string) => path.join(dataDir, 'uploads', `u-${key}`);

  test('the data map names every table there is', async () => {
    const tables = Object.keys(await dump(database)).filter((name) => !/migration|kysely/i.test(name));
    expect(Object.keys(DATA_MAP).sort()).toEqual(tables.sort());
  });

  test('an export holds every row of the citizen, files too, and nothing of another', async () => {
    const { citizenId } = await plantCitizen(database, dataDir, 'a', THEN);
    await plantCitizen(database, dataDir, 'b', THEN);
    const made = await exportCitizen({ database, dataDir }, citizenId);
    const counts = Object.fromEntries(Object.entries(made.rows).map(([table, rows]) => [table, rows.length]));
    const whole = await dump(database);
    // Two citizens with as many rows each: half of each table, and of the audit nothing.
    for (const [table, count] of Object.entries(counts))
      expect([table, count]).toEqual([table, (whole[table] ?? '').split('\n').length / 2]);
    const text = JSON.stringify(made);
    expect(wordsOf('a').filter((word) => !text.includes(word))).toEqual([]);
    expect(wordsOf('b').filter((word) => text.includes(word))).toEqual([]);
    expect(Buffer.from(made.files[0]?.base64 ?? '', 'base64').toString()).toBe('allegato-a-zafferano');
  });

  test('after an erasure no cell of any table and no file holds them; another citizen is as before', async () => {
    const { citizenId } = await plantCitizen(database, dataDir, 'a', THEN);
    await plantCitizen(database, dataDir, 'b', THEN);
    const forgotten: string[] = [];
    const identifiers = [...wordsOf('a'), citizenId, '3330000111', 'a@zafferano.example', 'ABC2D1'];
    expect(found(await dump(database), identifiers).length).toBeGreaterThan(20);
    const before = found(await dump(database), [...wordsOf('b'), 'cittadino-b', '3330000222']);
    const erased = await eraseCitizen({ database, dataDir, forget: (id) => void forgotten.push(id) }, citizenId);
    expect(erased).toMatchObject({ conversations: 1, files: 3, elsewhere: [] });
    const after = await dump(database);
    expect(found(after, identifiers)).toEqual([]);
    expect(found(after, [...wordsOf('b'), 'cittadino-b', '3330000222'])).toEqual(before);
    expect([existsSync(file('a')), existsSync(file('b'))]).toEqual([false, true]);
    expect(['f-a', 'f-b'].map((name) => existsSync(path.join(dataDir, 'uploads', name)))).toEqual([false, true]);
    expect(forgotten).toEqual(['conversazione-a']);
    expect(after['audit']).toContain('citizen.erase');
    expect(await verifyAudit(database)).toMatchObject({ intact: true });
    // What only counts is still there.
    expect(after['answer']).toContain('not_in_documents');
    expect(await eraseCitizen({ database, dataDir }, citizenId)).toMatchObject({ conversations: 0, rows: 0 });
  });

  test('a booking whose code was only spoken of is not theirs', async () => {
    const { citizenId } = await plantCitizen(database, dataDir, 'a', THEN);
    await plantCitizen(database, dataDir, 'b', THEN);
    const told = {
      conversation_id: 'conversazione-a',
      seq: 3,
      id: 'm3',
      role: 'bot',
      json: JSON.stringify({ text: 'Non trovo ABC2D2' }),
      created_at: THEN,
    };
    await database.write((tx) => tx.insertInto('activity').values(told).execute());
    const { rows } = await exportCitizen({ database, dataDir }, citizenId);
    expect(rows.booking.map(({ code }) => code)).toEqual(['ABC2D1']);
  });

  test('an appointment still to come is cancelled and its seat is free', async () => {
    const { citizenId } = await plantCitizen(database, dataDir, 'a', '2999-01-01T09:00:00.000Z');
    await eraseCitizen({ database, dataDir }, citizenId);
    expect(await database.read.selectFrom('booking').select(['status', 'name', 'code']).execute()).toEqual([
      { status: 'cancelled', name: '', code: null },
    ]);
    expect(await database.read.selectFrom('booking_seat').selectAll().execute()).toEqual([]);
  });

  test('retention by a clock of our own: nothing a day early, then what was written; reports and closed gaps after a year; counts stay', async () => {
    await plantCitizen(database, dataDir, 'a', THEN);
    const on = (days: number) => ({ database, dataDir, retention: retentionOf(90), now: () => Date.parse(THEN) + days * DAY_MS });
    expect(await retain(on(89))).toEqual({
      conversations: 0,
      bookings: 0,
      reports: 0,
      gaps: 0,
      letters: 0,
      sessions: 0,
      caseFiles: 0,
      guesses: 1,
    });
    expect(await retain(on(91))).toMatchObject({ conversations: 1, bookings: 2, reports: 0 });
    const text = await dump(database);
    const kept = found(text, [...wordsOf('a'), 'cittadino-a', '3330000111']).map((one) => one.split(':')[0]);
    // A profile and a mandate stand until they are withdrawn or long over (bot/citizens).
    expect([...new Set(kept)].sort()).toEqual([
      'booking_request',
      'case_attachment',
      'citizen_profile',
      'mandate',
      'report',
      'report_sent',
    ]);
    expect(existsSync(file('a'))).toBe(false);
    expect(await retain(on(92))).toMatchObject({ conversations: 0, bookings: 0 });
    expect(await retain(on(366))).toMatchObject({ conversations: 0, reports: 2, caseFiles: 1 });
    expect(existsSync(path.join(dataDir, 'uploads', 'f-a'))).toBe(false);
    const counts = await database.read.selectFrom('answer').select(['outcome', 'question']).execute();
    expect(counts).toEqual([{ outcome: 'unanswerable', question: '' }]);
  });

  test('who still waits for a person keeps their words', async () => {
    await plantCitizen(database, dataDir, 'a', THEN);
    const later = new Date(Date.parse(THEN) + 60 * DAY_MS).toISOString();
    await database.write((tx) => tx.updateTable('handoff').set({ state: 'queued', updated_at: later }).execute());
    const now = () => Date.parse(THEN) + 91 * DAY_MS;
    expect(await retain({ database, dataDir, retention: retentionOf(90), now })).toMatchObject({ conversations: 0 });
  });
});

test('the record of processing names every table that holds people', () => {
  const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/privacy.md'), 'utf8');
  for (const [table, { after }] of Object.entries(DATA_MAP)) if (after !== 'kept') expect(page, table).toContain(`\`${table}\``);
});
