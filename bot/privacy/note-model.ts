/** Who words the answers is the operator's choice, made in the settings; turning a model on or off leaves a row in the audit. */
import type { Database } from '../../connectors/databases/contract.ts';
import { appendAudit } from './audit.ts';

const ACTION = 'composer.set';

/** Writes a row when the composer is another than at the last start; quotations alone, which need no model, are where everybody begins. */
export async function noteModel(database: Database, composer: string, model: string): Promise<void> {
  const said = JSON.stringify({ composer, model });
  await database.write(async (tx) => {
    const last = await tx
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', ACTION)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if ((last?.detail ?? JSON.stringify({ composer: 'extractive', model: '' })) === said) return;
    await appendAudit(tx, { actor: 'operator', action: ACTION, subject: 'composer', detail: { composer, model } });
  });
}
