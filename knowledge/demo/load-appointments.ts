/** The demo municipality's services by appointment, saved once: afterwards the plan is the administrator's. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import type { Database } from '../../connectors/databases/contract.ts';

/** True when it was saved, false when the office had a plan already. Throws when the demo's own file is wrong. */
export async function loadDemoAppointments(database: Database): Promise<boolean> {
  const desk = createDesk({ database });
  if ((await desk.plan()).services.length > 0) return false;
  const file = path.join(import.meta.dirname, 'appointments.json');
  const saved = await desk.savePlan(JSON.parse(await readFile(file, 'utf8')));
  if (saved.kind !== 'ok') throw new Error(`${file}: ${JSON.stringify(saved)}`);
  return true;
}
