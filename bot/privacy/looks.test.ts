/** Who saw whose data, over HTTP and at the command line's door. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Office, openOffice } from '../desk/fixtures/open-office.ts';
import { verifyAudit } from './audit.ts';
import { exportCitizen } from './export.ts';
import type { Look } from './looks.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office?.stop());

test('a list, an opened conversation and an export name who looked, once each, and only at this citizen', async () => {
  const { sportello } = office;
  const [anna, bruno] = [await office.staff('Anna Neri'), await office.staff('Bruno Blu')];
  const wait = async () => {
    const citizen = await office.citizens.converse();
    await citizen.until(1);
    await citizen.say('vorrei parlare con una persona');
    await citizen.until(3);
    const row = await sportello.database.read
      .selectFrom('conversation')
      .innerJoin('handoff', 'handoff.conversation_id', 'conversation.id')
      .select(['conversation.citizen_id', 'handoff.id'])
      .where('conversation.id', '=', citizen.id)
      .executeTakeFirstOrThrow();
    return { citizenId: row.citizen_id, handoff: row.id };
  };
  const [one, other] = [await wait(), await wait()];
  for (let i = 0; i < 2; i++) {
    await anna.call('GET', '/api/handoffs');
    await bruno.call('GET', `/api/handoffs/${one.handoff}`);
  }
  await exportCitizen({ database: sportello.database, dataDir: sportello.settings.DATA_DIR }, one.citizenId);
  const looks = async (citizen: string) =>
    ((await sportello.run('audit-who', { citizen }, () => {})) as { looks: Look[] }).looks.map(({ who, action }) => `${who} ${action}`);
  expect(await looks(one.citizenId)).toEqual(['Anna Neri handoff.list', 'Bruno Blu handoff.view', 'operator citizen.export']);
  expect(await looks(other.citizenId)).toEqual(['Anna Neri handoff.list']);
  expect(await looks('nessuno')).toEqual([]);
  expect(await verifyAudit(sportello.database)).toMatchObject({ intact: true });
});
