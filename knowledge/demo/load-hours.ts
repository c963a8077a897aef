/** When the demo municipality's agents answer, saved once: afterwards the hours are the administrator's. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../../connectors/databases/contract.ts';

/** True when they were saved, false when there were hours already. */
export async function loadDemoHours(database: Database): Promise<boolean> {
  if (await database.read.selectFrom('desk_hours').select('office').executeTakeFirst()) return false;
  const file = path.join(import.meta.dirname, 'hours.json');
  const all = JSON.parse(await readFile(file, 'utf8')) as { office: string; hours: object }[];
  const rows = all.map(({ office, hours }) => ({ office, json: JSON.stringify(hours), updated_at: new Date().toISOString() }));
  await database.write((tx) =>
    tx
      .insertInto('desk_hours')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
  );
  return true;
}
