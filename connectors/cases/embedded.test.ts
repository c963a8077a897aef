/** What only our own cases have: the law's term, the office's side, numbers that start again, nobody's code in the tables. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../databases/contract.ts';
import openDatabase from '../databases/embedded.ts';
import { createGuesses } from '../guesses.ts';
import { type CaseDesk, createCaseDesk } from './embedded/desk.ts';
import { termOf } from './embedded/term.ts';
import open from './embedded.ts';

let database: Database;
let desk: CaseDesk;
let now = Date.parse('2026-11-02T09:00:00+01:00');
const person = { fiscalCode: 'GDUMRT84E52D612J', surname: 'Guidi', birthDate: '1984-05-12' };
const request = { subject: 'Passo carrabile', office: 'Tributi', person };
const proof = { kind: 'fiscal_code', fiscalCode: person.fiscalCode } as const;

beforeEach(async () => {
  now = Date.parse('2026-11-02T09:00:00+01:00');
  database = await openDatabase({ dataDir: mkdtempSync(join(tmpdir(), 'sportello-cases-')) });
  desk = await createCaseDesk({ database, now: () => now });
});
afterEach(() => database.close());

test.each([
  ['thirty days from the day after', [], '2026-11-20', '2026-12-02', null],
  ['a wait that ended adds its days', [{ from: '2026-11-10', to: '2026-11-20', reason: 'documents' }], '2026-12-01', '2026-12-12', null],
  [
    'a wait that lasts adds what it has lasted',
    [{ from: '2026-11-10', to: null, reason: 'documents' }],
    '2026-11-15',
    '2026-12-07',
    '2026-11-10',
  ],
  ['never more than thirty days of it', [{ from: '2026-11-10', to: null, reason: 'documents' }], '2027-03-01', '2027-01-01', null],
  [
    'nor a second time',
    [
      { from: '2026-11-10', to: '2026-11-12', reason: 'documents' },
      { from: '2026-11-20', to: null, reason: 'documents' },
    ],
    '2026-11-25',
    '2026-12-04',
    null,
  ],
  ['another reason is as long as it is', [{ from: '2026-11-10', to: '2026-12-30', reason: 'other' }], '2027-01-01', '2027-01-21', null],
] as const)('term: %s', (_, suspensions, today, dueOn, suspendedSince) => {
  expect(termOf('2026-11-02', 30, [...suspensions], today)).toEqual({ dueOn, suspendedSince });
});

test('taken in charge, waiting, concluded: date, protocol number, latest day and history', async () => {
  const cases = await open({ database, now: () => now });
  await desk.put(request, { ref: { number: 1234, year: 2026 }, receivedOn: '2026-11-02' });
  const ref = { number: 1234, year: 2026 };
  await desk.takeInCharge(ref, '2026-11-04', '0004521/2026');
  expect(await cases.find(ref, proof)).toMatchObject({
    kind: 'ok',
    value: { status: 'in_progress', protocol: '0004521/2026', takenInChargeOn: '2026-11-04', dueOn: '2026-12-02' },
  });
  await desk.move(ref, 'waiting', '2026-11-10', 'manca la planimetria');
  now = Date.parse('2026-11-15T09:00:00+01:00');
  expect(await cases.find(ref, proof)).toMatchObject({ value: { status: 'waiting', suspendedSince: '2026-11-10', dueOn: '2026-12-07' } });
  await desk.move(ref, 'in_progress', '2026-11-20');
  await desk.move(ref, 'granted', '2026-11-30', 'autorizzazione n. 7');
  expect(await cases.find(ref, proof)).toMatchObject({
    value: {
      dueOn: null,
      suspendedSince: null,
      concludedOn: '2026-11-30',
      history: [
        { status: 'received' },
        { on: '2026-11-04' },
        { note: 'manca la planimetria' },
        { on: '2026-11-20' },
        { status: 'granted' },
      ],
    },
  });
  expect(await desk.takeInCharge({ number: 9, year: 2026 }, '2026-11-04', 'x')).toEqual({ kind: 'not_found' });
});

test('the next number comes after one given on paper, and starts again with the year', async () => {
  await desk.put(request, { ref: { number: 1234, year: 2026 } });
  expect(await desk.put(request)).toMatchObject({ value: { number: 1235, year: 2026 } });
  now = Date.parse('2027-01-02T09:00:00+01:00');
  expect(await desk.put(request)).toMatchObject({ value: { number: 1, year: 2027 } });
});

test('no fiscal code, surname or birth date stands in the tables', async () => {
  await desk.put(request);
  const rows = JSON.stringify(await database.read.selectFrom('case_file').selectAll().execute());
  for (const secret of [person.fiscalCode, person.surname, person.birthDate])
    expect(rows.toLowerCase()).not.toContain(secret.toLowerCase());
});

test('five guesses in fifteen minutes, at once or one by one; a right one is given back', async () => {
  const guesses = createGuesses(database, { now: () => now });
  for (let i = 0; i < 10; i++) {
    const right = await guesses.take(['c', 'p']);
    expect(right).toHaveProperty('token');
    await guesses.giveBack('token' in right ? right.token : '');
  }
  const many = await Promise.all(Array.from({ length: 8 }, () => guesses.take(['c', 'p'])));
  expect(many.filter((one) => 'token' in one)).toHaveLength(5);
  expect(await guesses.take(['p', 'new'])).toEqual({ wait: 900 });
  expect(await createGuesses(database, { now: () => now }).take(['c'])).toEqual({ wait: 900 });
  expect(await guesses.take(['new'])).toHaveProperty('token');
  now += 900_000;
  expect(await guesses.take(['c', 'p'])).toHaveProperty('token');
});
