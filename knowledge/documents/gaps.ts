/** Questions that the documents do not answer: kept until an editor closes them. */
import { randomUUIDv7 } from 'node:crypto';
import type { Writer } from '../../connectors/databases/contract.ts';
import { prepare } from '../../connectors/databases/prepared.ts';

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

const insertGap = prepare<NewGap & { id: string }>((db, value) =>
  db.insertInto('gap').values({
    id: value('id'),
    question: value('question'),
    lang: value('lang'),
    reason: value('reason'),
    answer_id: value('answerId'),
    status: 'open',
    created_at: value('at'),
    closed_at: null,
  }),
);

/** Writes a gap in the caller's transaction. */
export async function recordGap(tx: Writer, gap: NewGap): Promise<void> {
  // By its time, like the answer's: rows of one commit stand side by side in their index.
  await insertGap(tx, { ...gap, id: randomUUIDv7() });
}
