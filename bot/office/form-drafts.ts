/** Forms set aside half-way: whoever has the code goes on, on the page or in any channel, for thirty days. */
import { createHash, randomBytes } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Answers } from './request-forms.ts';

/** Without 0 and O, 1 and I: sixty bits in all. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODE = /\b([A-HJ-NP-Z2-9]{4})[-\u2010-\u2015 ]?([A-HJ-NP-Z2-9]{4})[-\u2010-\u2015 ]?([A-HJ-NP-Z2-9]{4})\b/i;
const KEPT_DAYS = 30;

export interface Draft {
  form: string;
  answers: Answers;
}

export interface FormDrafts {
  /** A new code, `ABCD-EFGH-JKLM`; nothing is kept before save(). */
  newCode(): string;
  /** In the caller's transaction. The same code again keeps what it opens now. */
  save(tx: Writer, code: string, draft: Draft, conversationId: string | null): Promise<void>;
  /** Null for a code that opens nothing (any more). */
  read(code: string): Promise<Draft | null>;
  drop(tx: Writer, code: string): Promise<void>;
  /** Drops what has run out; gives how many. */
  sweep(): Promise<number>;
}

/** The code in a text, as it is kept; null = there is none. Letters and digits both: a word of twelve letters is no code. */
export function draftCodeIn(text: string): string | null {
  const [, ...parts] = CODE.exec(text) ?? [];
  const code = parts.join('').toUpperCase();
  return /\d/.test(code) && /[A-Z]/.test(code) ? parts.join('-').toUpperCase() : null;
}

export function createFormDrafts({ database, now = Date.now }: { database: Database; now?: () => number }): FormDrafts {
  const idOf = (code: string) => createHash('sha256').update(code).digest('hex');
  const stamp = (at: number) => new Date(at).toISOString();
  return {
    newCode() {
      for (;;) {
        const signs = Array.from(randomBytes(12), (byte) => SIGNS[byte % SIGNS.length]).join('');
        if (/\d/.test(signs) && /[A-Z]/.test(signs)) return `${signs.slice(0, 4)}-${signs.slice(4, 8)}-${signs.slice(8)}`;
      }
    },
    async save(tx, code, { form, answers }, conversationId) {
      const row = {
        form,
        answers: JSON.stringify(answers),
        conversation_id: conversationId,
        expires_at: stamp(now() + KEPT_DAYS * 86_400_000),
      };
      await tx
        .insertInto('form_draft')
        .values({ id: idOf(code), created_at: stamp(now()), ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute();
    },
    async read(code) {
      const row = await database.read
        .selectFrom('form_draft')
        .select(['form', 'answers'])
        .where('id', '=', idOf(code))
        .where('expires_at', '>', stamp(now()))
        .executeTakeFirst();
      return row ? { form: row.form, answers: JSON.parse(row.answers) as Answers } : null;
    },
    async drop(tx, code) {
      await tx.deleteFrom('form_draft').where('id', '=', idOf(code)).execute();
    },
    async sweep() {
      const gone = await database.write((tx) =>
        tx.deleteFrom('form_draft').where('expires_at', '<=', stamp(now())).returning('id').execute(),
      );
      return gone.length;
    },
  };
}
