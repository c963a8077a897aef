/**
 * Verified containment: the citizen said yes or completed the task, no person was needed, and nobody came back on it within seven days. Silence is
 * no yes. Judged only once the seven days are over, and while it is still known who wrote (the retention forgets). One query; cost grows with the
 * conversations of the period × those of the same citizens within a week.
 */
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import { daysAfter, firstCited, number } from './sql.ts';
import type { Period } from './table.ts';

export const BACK_WITHIN_DAYS = 7;
const GOOD_STARS = 4;

export interface Containment {
  /** Conversations with a question, whose seven days are over and whose citizen is still known. */
  judged: number;
  /** Of those: yes said, or task done. */
  confirmed: number;
  /** Confirmed, without a person, and not come back: verified. */
  verified: number;
  /** A person was asked for. */
  handedOver: number;
  /** Confirmed, and came back on it within seven days. */
  cameBack: number;
  /** Too young to be judged. */
  tooYoung: number;
}

export async function containment(database: Database, { start, end }: Period, now: Date): Promise<Containment> {
  const { engine } = database;
  const old = new Date(now.getTime() - BACK_WITHIN_DAYS * 86_400_000).toISOString();
  const until = daysAfter(engine, 'c.updated_at', BACK_WITHIN_DAYS);
  const cited = (column: string) => firstCited(engine, column, 'documentId');
  const { rows } = await sql<{ young: number; confirmed: number; handed: number; back: number; n: unknown }>`
    select young, confirmed, handed, back, count(*) as n from (
      select
        case when c.updated_at >= ${old} then 1 else 0 end as young,
        case when exists (select 1 from feedback f where f.conversation_id = c.id and f.vote = 'up')
          or exists (select 1 from rating r where r.conversation_id = c.id and r.stars >= ${GOOD_STARS})
          or exists (select 1 from report p where p.conversation_id = c.id) then 1 else 0 end as confirmed,
        case when exists (select 1 from handoff h where h.conversation_id = c.id) then 1 else 0 end as handed,
        case when exists (
          select 1 from conversation d where d.citizen_id = c.citizen_id and d.id != c.id and d.created_at > c.created_at and d.created_at <= ${until}
          and (exists (select 1 from handoff h where h.conversation_id = d.id)
            or exists (select 1 from answer a join answer b on ${cited('a.json')} = ${cited('b.json')} where a.conversation_id = c.id and b.conversation_id = d.id)))
          then 1 else 0 end as back
      from conversation c
      where c.created_at >= ${start} and c.created_at < ${end} and c.citizen_id != ''
        and (exists (select 1 from answer a where a.conversation_id = c.id) or exists (select 1 from report p where p.conversation_id = c.id))
    ) as one group by young, confirmed, handed, back`.execute(database.read);
  const sum = (test: (row: (typeof rows)[number]) => boolean) => rows.filter(test).reduce((total, { n }) => total + number(n), 0);
  const isOld = (row: (typeof rows)[number]) => number(row.young) === 0;
  return {
    judged: sum(isOld),
    confirmed: sum((row) => isOld(row) && row.confirmed === 1),
    verified: sum((row) => isOld(row) && row.confirmed === 1 && row.handed === 0 && row.back === 0),
    handedOver: sum((row) => isOld(row) && row.handed === 1),
    cameBack: sum((row) => isOld(row) && row.confirmed === 1 && row.back === 1),
    tooYoung: sum((row) => !isOld(row)),
  };
}
