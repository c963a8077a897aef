import { afterAll, beforeAll, expect, test } from 'vitest';
import { newFolder } from '../fixtures/run-sportello.ts';
import { assemble } from '../assemble.ts';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';
import { readSettings } from '../settings.ts';
import { verifyAudit } from './audit.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office?.stop());

test('S-28 without a word in the settings there is no model; one turned on, kept and turned off again is two rows in the audit', async () => {
  expect(readSettings({}).COMPOSER).toBe('extractive');
  const DATA_DIR = newFolder();
  const start = async (more: Record<string, string>) => {
    const sportello = await assemble({ DATA_DIR, DEMO: 'false', PORT: '0', LOG_LEVEL: 'silent', ...more }, { progress() {} });
    const rows = await sportello.database.read
      .selectFrom('audit')
      .select(['actor', 'detail'])
      .where('action', '=', 'composer.set')
      .execute();
    expect((await verifyAudit(sportello.database)).intact).toBe(true);
    await sportello.close();
    return rows.map(({ actor, detail }) => [actor, JSON.parse(detail)]);
  };
  const model = { COMPOSER: 'openai', MODEL: 'prova-1', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1', OPENAI_API_KEY: 'k' };
  const on = ['operator', { composer: 'openai', model: 'prova-1' }];
  expect(await start({})).toEqual([]);
  expect(await start(model)).toEqual([on]);
  expect(await start(model)).toEqual([on]);
  expect(await start({})).toEqual([on, ['operator', { composer: 'extractive', model: '' }]]);
});

test('S-28 nobody turns it on through a door: no route takes it, not even from an administrator', async () => {
  const boss = await office.staff('Dario Dirigente', 'administrator');
  const doors = office.serving.routes.filter(({ method, path }) => method === 'put' && path.startsWith('/api/') && !path.includes(':'));
  expect(doors.length).toBeGreaterThan(1);
  for (const { path } of doors) await boss.call('PUT', path, { composer: 'openai', COMPOSER: 'openai', settings: { COMPOSER: 'openai' } });
  expect(office.sportello.settings.COMPOSER).toBe('extractive');
  expect(await office.sportello.database.read.selectFrom('audit').selectAll().where('action', '=', 'composer.set').execute()).toEqual([]);
});
