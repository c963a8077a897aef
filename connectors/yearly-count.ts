/** Numbers that start again every year. */
import type { Writer } from './databases/contract.ts';

/** The next number, without a gap as long as the transaction that takes it is committed. Others wait for it on the row. */
export async function nextOfYear(tx: Writer, kind: 'case' | 'report', year: number): Promise<number> {
  const row = await tx
    .insertInto('yearly_count')
    .values({ kind, year, last: 1 })
    .onConflict((conflict) => conflict.columns(['kind', 'year']).doUpdateSet((eb) => ({ last: eb('yearly_count.last', '+', 1) })))
    .returning('last')
    .executeTakeFirstOrThrow();
  return Number(row.last);
}

/** A number given elsewhere: the next ones come after it. */
export async function reached(tx: Writer, kind: 'case' | 'report', year: number, number: number): Promise<void> {
  await tx
    .insertInto('yearly_count')
    .values({ kind, year, last: number })
    .onConflict((conflict) => conflict.columns(['kind', 'year']).doUpdateSet({ last: number }).where('yearly_count.last', '<', number))
    .execute();
}
