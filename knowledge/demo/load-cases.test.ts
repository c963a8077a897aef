import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import openCases from '../../connectors/cases/embedded.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import openPayments from '../../connectors/payments/embedded.ts';
import openReports from '../../connectors/reports/embedded.ts';
import { loadDemoCases, loadDemoNotices, loadDemoReports } from './load-cases.ts';

test('the demo’s cases, reports and notices are sound, their offices exist, and they are put there once', async () => {
  const database = await openDatabase({ dataDir: mkdtempSync(path.join(tmpdir(), 'sportello-demo-')) });
  const now = Date.parse('2027-01-08T09:00:00+01:00');
  const loaders = [loadDemoCases, loadDemoReports, loadDemoNotices];
  for (const load of loaders) expect(await load(database, now)).toBe(true);
  for (const load of loaders) expect(await load(database, now)).toBe(false);

  const cases = await openCases({ database, now: () => now });
  const waiting = await cases.find({ number: 1187, year: 2026 }, { kind: 'surname', names: 'Rossi', birthDate: '1985-12-10' });
  expect(waiting).toMatchObject({ value: { status: 'waiting', protocol: '0004302/2026', suspendedSince: '2026-12-30' } });
  const mine = await cases.list({ fiscalCode: 'RSSMRA85T10A562S' });
  expect(mine.kind === 'ok' && mine.value.map(({ number, status }) => [number, status])).toEqual([
    [1187, 'waiting'],
    [1102, 'granted'],
  ]);

  const reports = await openReports({ database, now: () => now });
  const listed = await reports.list({});
  expect(listed.kind === 'ok' && listed.value.map(({ status }) => status)).toEqual(['solved', 'received', 'in_progress']);
  const categories = await reports.categories();
  const offices = JSON.parse(readFileSync(path.join(import.meta.dirname, 'offices.json'), 'utf8')) as { name: string }[];
  const named = [...(categories.kind === 'ok' ? categories.value : []), ...(mine.kind === 'ok' ? mine.value : [])].map(
    ({ office }) => office,
  );
  expect(named.length).toBeGreaterThan(6);
  for (const office of named) expect(offices.map(({ name }) => name)).toContain(office);

  const payments = await openPayments({ database }, {});
  expect(await payments.find('301000000026000116')).toMatchObject({ value: { state: 'payable', amountCents: 18_640 } });
  await database.close();
});
