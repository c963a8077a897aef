/** Secrets of this installation: made once, kept in the database so that what was signed or hashed with them outlives a restart. */
import { randomBytes } from 'node:crypto';
import type { Database } from './contract.ts';

/** 32 random bytes, the same for every process and every call. Of many who ask first, one makes it. */
export async function keptSecret(database: Database, name: string): Promise<Buffer> {
  await database.write((tx) =>
    tx
      .insertInto('secret')
      .values({ name, value: randomBytes(32).toString('base64') })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute(),
  );
  const row = await database.read.selectFrom('secret').select('value').where('name', '=', name).executeTakeFirstOrThrow();
  return Buffer.from(row.value, 'base64');
}
