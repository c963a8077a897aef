/** Loads the demo municipality: its offices and every document of `documents/`. Running it again changes only what changed. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../../connectors/databases/contract.ts';
import type { CalibrationModel } from '../answering/calibration.ts';
import type { IngestResult } from '../ingest/ingest.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Office } from '../offices.ts';

export const DEMO_BODY = 'Comune di Castelmirto';

const MARK = 'demo';

/** False also after a start that was killed half-way. */
export async function demoIsLoaded(database: Database): Promise<boolean> {
  return (await database.read.selectFrom('learned').select('name').where('name', '=', MARK).executeTakeFirst()) !== undefined;
}

export async function markDemoLoaded(database: Database): Promise<void> {
  const row = { name: MARK, value: '"loaded"', learned_at: new Date().toISOString() };
  await database.write((tx) =>
    tx
      .insertInto('learned')
      .values(row)
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute(),
  );
}

export async function loadDemo(knowledge: Knowledge, progress: (line: string) => void): Promise<IngestResult> {
  const offices = JSON.parse(await readFile(path.join(import.meta.dirname, 'offices.json'), 'utf8')) as Office[];
  await knowledge.saveOffices(offices);
  // Fitted on the demo's development questions (eval/datasets/README.md), never on those that gate.
  const calibration = JSON.parse(await readFile(path.join(import.meta.dirname, 'calibration.json'), 'utf8')) as CalibrationModel;
  await knowledge.saveCalibration(calibration);
  return knowledge.ingest({ sources: [path.join(import.meta.dirname, 'documents')], given: {}, progress });
}
