/** Questions that the documents do not answer: kept until an editor closes them. */
import { randomUUIDv7 } from 'node:crypto';
import type { Insertable } from 'kysely';
import type { Writer } from '../../connectors/databases/contract.ts';
import { prepare } from '../../connectors/databases/prepared.ts';
import type { GapTable } from '../../connectors/databases/schema.ts';

export interface NewGap {
  /** Masked by the caller. */
  question: string;
  lang: string;
  /** `not_in_documents`, `near_topic`, `none_of_these`, `not_useful` … */
  reason: string;
  answerId: string | null;
  /** ISO UTC. */
  at: string;
}

/** An open gap as its row. */
export const gapRow = ({ question, lang, reason, answerId, at }: NewGap): Insertable<GapTable> => ({
  // By its time, like the answer's: rows of one commit stand side by side in their index.
  id: randomUUIDv7(),
  question,
  lang,
  reason,
  answer_id: answerId,
  status: 'open',
  created_at: at,
  closed_at: null,
});

export const insertGap = prepare<Insertable<GapTable>>((db, value) =>
  db.insertInto('gap').values({
    id: value('id'),
    question: value('question'),
    lang: value('lang'),
    reason: value('reason'),
    answer_id: value('answer_id'),
    status: 'open',
    created_at: value('created_at'),
    closed_at: null,
  }),
);

/** Writes a gap in the caller's transaction. */
export async function recordGap(tx: Writer, gap: NewGap): Promise<void> {
  await insertGap(tx, gapRow(gap));
}
