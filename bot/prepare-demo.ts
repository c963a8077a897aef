/** The demo municipality, put there once. A start that was killed half-way is gone on with by the next one. */
import path from 'node:path';
import type { Database } from '../connectors/databases/contract.ts';
import { demoIsLoaded, loadDemo, markDemoLoaded } from '../knowledge/demo/load.ts';
import { loadDemoAppointments } from '../knowledge/demo/load-appointments.ts';
import { loadDemoCases, loadDemoNotices, loadDemoReports } from '../knowledge/demo/load-cases.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Log } from './http/log.ts';
import type { Plug, Socket } from './plugs.ts';

export interface DemoParts {
  database: Database;
  knowledge: Knowledge;
  plugs: Record<Socket, Plug[]>;
  log: Log;
  progress(line: string): void;
}

/** Changes nothing where it is already; some seconds otherwise. */
export async function prepareDemo({ database, knowledge, plugs, log, progress }: DemoParts): Promise<void> {
  if (!(await demoIsLoaded(database))) {
    progress('Preparing the demo municipality (once) …');
    const { skipped } = await loadDemo(knowledge, progress);
    for (const { source, reason } of skipped) log.warn({ source: path.basename(source), reason }, 'demo document skipped');
    await markDemoLoaded(database);
  }
  // Another process may have loaded it while this one waited.
  await knowledge.catchUp();
  const embedded = (socket: Socket) => plugs[socket][0]?.name === 'embedded';
  // The office's own calendars hold who comes; which services and hours there are is our plan here too.
  if (['embedded', 'caldav', 'opencity', 'openapi'].includes(plugs.BOOKINGS[0]?.name ?? '')) await loadDemoAppointments(database);
  if (embedded('CASES')) await loadDemoCases(database);
  if (embedded('REPORTS')) await loadDemoReports(database);
  if (embedded('PAYMENTS')) await loadDemoNotices(database);
}
