/** Deletes what has been kept long enough, kind by kind. Counts stay; the audit stays. */
import type { Database } from '../../connectors/databases/contract.ts';
import { rowsOf } from './citizen-rows.ts';
import { clearRows, removeFiles, removeLetters } from './clear.ts';

const DAY_MS = 86_400_000;
const AT_ONCE = 50;

/** Days after the last event of each kind. */
export interface Retention {
  /** What citizens, the assistant and agents wrote, with attachments, answers and what was left for an agent: after the last message. */
  conversations: number;
  /** Who booked: after the appointment. */
  bookings: number;
  /** Who reported: after the last step of a report that is closed. */
  reports: number;
  /** Masked questions that the documents did not answer: after they were closed. */
  gaps: number;
  /** Receipts and notices by e-mail, and their files: after they were written. */
  letters: number;
  /** Staff sessions: after the last use. */
  sessions: number;
  /** Files of requests: after the case was concluded. */
  caseFiles: number;
  /** Wrong guesses. */
  guesses: number;
}

export const retentionOf = (days: number): Retention => ({
  conversations: days,
  bookings: days,
  reports: Math.max(days, 365),
  gaps: Math.max(days, 365),
  letters: days,
  sessions: 30,
  caseFiles: Math.max(days, 365),
  guesses: 1,
});

export type Retained = Record<keyof Retention, number>;

export interface RetainParts {
  database: Database;
  dataDir: string;
  retention: Retention;
  now?: () => number;
  forget?(conversationId: string): void;
}

/** Rows touched by kind. In small transactions, so that nobody waits for it; cost grows with what is due. */
export async function retain({ database, dataDir, retention, now = Date.now, forget }: RetainParts): Promise<Retained> {
  const before = (kind: keyof Retention) => new Date(now() - retention[kind] * DAY_MS).toISOString();
  const at = new Date(now()).toISOString();

  async function conversations(): Promise<number> {
    let count = 0;
    for (;;) {
      const due = await database.read
        .selectFrom('conversation')
        .selectAll()
        .where('updated_at', '<', before('conversations'))
        .where('citizen_id', '!=', '')
        // Somebody is still waiting for a person, however long.
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('handoff')
                .select('handoff.id')
                .whereRef('handoff.conversation_id', '=', 'conversation.id')
                .where('handoff.state', 'in', ['requested', 'queued', 'accepted'])
                .where('handoff.updated_at', '>=', before('conversations')),
            ),
          ),
        )
        .limit(AT_ONCE)
        .execute();
      if (due.length === 0) return count;
      const cleared = await database.write(async (tx) => {
        const rows = await rowsOf(tx, due, null);
        // Bookings and reports have terms of their own.
        return clearRows(
          tx,
          { ...rows, booking: [], booking_waiting: [], booking_request: [], report: [], report_sent: [], case_attachment: [] },
          at,
        );
      });
      for (const { id } of due) forget?.(id);
      await removeFiles(dataDir, cleared);
      count += due.length;
    }
  }

  async function bookings(): Promise<number> {
    const gone = { name: '', fiscal_code: null, phone: null, email: null, note: null };
    return database.write(async (tx) => {
      const past = await tx
        .updateTable('booking')
        .set({ ...gone, code: null, limit_key: null, request_key: null })
        .where('end_at', '<', before('bookings'))
        .where('name', '!=', '')
        .executeTakeFirst();
      const waiting = await tx
        .updateTable('booking_waiting')
        .set({ ...gone, hold: null })
        .where('to_day', '<', before('bookings').slice(0, 10))
        .where('name', '!=', '')
        .executeTakeFirst();
      const keys = await tx.deleteFrom('booking_request').where('created_at', '<', before('reports')).executeTakeFirst();
      return Number(past.numUpdatedRows) + Number(waiting.numUpdatedRows) + Number(keys.numDeletedRows);
    });
  }

  async function reports(): Promise<number> {
    const done = await database.write((tx) =>
      tx
        .updateTable('report')
        .set({ contact: null, conversation_id: null, request: '{}' })
        .where('updated_at', '<', before('reports'))
        .where('status', '=', 'closed')
        .where('request', '!=', '{}')
        .executeTakeFirst(),
    );
    const sent = await drop(database, (tx) => tx.deleteFrom('report_sent').where('sent_at', '<', before('reports')).executeTakeFirst());
    return Number(done.numUpdatedRows) + sent;
  }

  /** Where the office's own tool has the case, its end is not known here: after it was sent. */
  async function caseFiles(): Promise<number> {
    const gone = await database.write((tx) =>
      tx
        .deleteFrom('case_attachment')
        .where('sent_at', '<', before('caseFiles'))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('case_file')
                .select('case_file.id')
                .whereRef('case_file.year', '=', 'case_attachment.year')
                .whereRef('case_file.number', '=', 'case_attachment.number')
                .where((eb) => eb.or([eb('concluded_on', 'is', null), eb('concluded_on', '>=', before('caseFiles').slice(0, 10))]))
                .where((eb) => eb.not(eb.exists(eb.selectFrom('case_sent').select('case_id').whereRef('case_id', '=', 'case_file.id')))),
            ),
          ),
        )
        .returning('id')
        .execute(),
    );
    await removeFiles(dataDir, { files: gone.map(({ id }) => id), letters: [] });
    return gone.length;
  }

  /** Those of no conversation, and files whose letter is long gone. */
  async function letters(): Promise<number> {
    await removeLetters(dataDir, Date.parse(before('letters')));
    return drop(database, (tx) => tx.deleteFrom('mail').where('created_at', '<', before('letters')).executeTakeFirst());
  }

  return {
    conversations: await conversations(),
    letters: await letters(),
    bookings: await bookings(),
    reports: await reports(),
    caseFiles: await caseFiles(),
    gaps: await drop(database, (tx) =>
      tx.deleteFrom('gap').where('status', '=', 'closed').where('closed_at', '<', before('gaps')).executeTakeFirst(),
    ),
    sessions: await drop(database, (tx) => tx.deleteFrom('staff_session').where('seen_at', '<', before('sessions')).executeTakeFirst()),
    guesses: await drop(database, (tx) => tx.deleteFrom('guess').where('at', '<', before('guesses')).executeTakeFirst()),
  };
}

async function drop(
  database: Database,
  work: (tx: Parameters<Parameters<Database['write']>[0]>[0]) => Promise<{ numDeletedRows: bigint }>,
): Promise<number> {
  return Number((await database.write(work)).numDeletedRows);
}
