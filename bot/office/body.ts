/** What an administrator says of the body itself: its name, a line of welcome, what a contact costs. Kept in memory; a change counts at once. */
import { z } from 'zod';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { keep } from './kept.ts';

const euro = z.number().min(0).max(10_000_000).nullable();

export const bodySettings = z.object({
  /** Empty = as set where the server runs (BODY_NAME). */
  name: z.string().trim().max(120).default(''),
  /** A line that stands before the greeting; empty = none. */
  welcome: z.string().trim().max(300).default(''),
  /** Euro: the service in a month, one contact by telephone, one at the counter; null = not known. */
  costs: z.object({ month: euro, phone: euro, counter: euro }).default({ month: null, phone: null, counter: null }),
});
export type BodySettings = z.output<typeof bodySettings>;

export interface BodyOwn {
  value(): BodySettings;
  save(settings: BodySettings, also: (tx: Writer) => Promise<void>): Promise<void>;
  stop(): void;
}

export async function createBody(database: Database, now: () => number = Date.now): Promise<BodyOwn> {
  const kept = await keep(database, 'body', async () => {
    const row = await database.read.selectFrom('body_setting').select('value').where('name', '=', 'body').executeTakeFirst();
    return bodySettings.parse(row ? JSON.parse(row.value) : {});
  });
  return {
    value: kept.value,
    async save(settings, also) {
      const row = { value: JSON.stringify(settings), updated_at: new Date(now()).toISOString() };
      await database.write(async (tx) => {
        await tx
          .insertInto('body_setting')
          .values({ name: 'body', ...row })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
          .execute();
        await also(tx);
      });
      await kept.changed();
    },
    stop: kept.stop,
  };
}
