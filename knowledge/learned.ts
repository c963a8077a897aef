/** What was fitted on a collection's own questions, kept in the database. */
import { z } from 'zod';
import type { Database } from '../connectors/databases/contract.ts';
import type { CalibrationModel } from './answering/calibration.ts';

const calibration = z.object({
  bias: z.number(),
  weights: z.record(z.string(), z.number()),
  passages: z.object({ bias: z.number(), weights: z.record(z.string(), z.number()) }).optional(),
  bands: z.object({ refuse: z.number().min(0).max(1), answer: z.number().min(0).max(1) }),
});

/** Undefined when the collection has none: the default holds. */
export async function readCalibration(database: Database): Promise<CalibrationModel | undefined> {
  const row = await database.read.selectFrom('learned').select('value').where('name', '=', 'calibration').executeTakeFirst();
  return row ? calibration.parse(JSON.parse(row.value)) : undefined;
}

export async function saveCalibration(database: Database, model: CalibrationModel): Promise<void> {
  const value = JSON.stringify(model);
  const learned_at = new Date().toISOString();
  await database.write((tx) =>
    tx
      .insertInto('learned')
      .values({ name: 'calibration', value, learned_at })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, learned_at }))
      .execute(),
  );
}
