/** Questions that the documents do not answer: kept until an editor closes them. */
import { randomUUID } from 'node:crypto';
import type { Writer } from '../../connectors/databases/contract.ts';

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

/** Writes a gap in the caller's transaction. */
export async function recordGap(tx: Writer, gap: NewGap): Promise<void> {
  await tx
    .insertInto('gap')
    .values({
      id: randomUUID(),
      question: gap.question,
      lang: gap.lang,
      reason: gap.reason,
      answer_id: gap.answerId,
      status: 'open',
      created_at: gap.at,
      closed_at: null,
    })
    .execute();
}
