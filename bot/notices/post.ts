/** The letters on their way: written in the transaction of what they tell, sent after it, tried again until the mail server has them. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Mail, Mails } from '../../connectors/mails/contract.ts';

const SWEEP_MS = 2_000;
const LEASE_MS = 60_000;
/** With waits that double from 15 s to six hours: about four days in all. */
const TRIES = 24;
const FIRST_WAIT_MS = 15_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
const AT_ONCE = 20;

export interface Letter extends Mail {
  /** In which it came about: an erasure of the citizen finds it by this. */
  conversationId: string | null;
}

export interface Post {
  /** Sends what is due now; resolves with how many letters left. Several processes may call it at once. */
  sendDue(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

/** Writes a letter in the caller's transaction; one of the same id that was written before stands. */
export async function writeLetter(tx: Writer, { conversationId, id, to, ...rest }: Letter, now: string): Promise<void> {
  const row = { id, conversation_id: conversationId, address: to, json: JSON.stringify(rest), status: 'new', attempts: 0 };
  await tx
    .insertInto('mail')
    .values({ ...row, next_at: now, claimed_until: null, error: null, created_at: now, done_at: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

export interface PostParts {
  database: Database;
  mails: Mails;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
}

export function createPost({ database, mails, log, now = Date.now }: PostParts): Post {
  let sweeping: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let busy = false;
  const stamp = (later = 0) => new Date(now() + later).toISOString();

  async function claim(id: string) {
    return database.write((tx) =>
      tx
        .updateTable('mail')
        .set((eb) => ({ claimed_until: stamp(LEASE_MS), attempts: eb('attempts', '+', 1) }))
        .where('id', '=', id)
        .where('status', '=', 'new')
        .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', stamp())]))
        .returningAll()
        .executeTakeFirst(),
    );
  }

  async function sendOne(id: string): Promise<boolean> {
    const row = await claim(id);
    if (!row) return false;
    const result = await mails.send({ ...(JSON.parse(row.json) as Omit<Mail, 'id' | 'to'>), id, to: row.address });
    const settle = (values: { status?: string; address?: string; json?: string; error?: string; next_at?: string; done_at?: string }) =>
      database.write((tx) =>
        tx
          .updateTable('mail')
          .set({ ...values, claimed_until: null })
          .where('id', '=', id)
          .execute(),
      );
    if (result.kind === 'ok') {
      await settle({ status: 'sent', address: '', json: '{}', done_at: stamp() });
      return true;
    }
    const error = 'reason' in result ? result.reason : result.kind === 'invalid' ? Object.values(result.fields).join(' ') : result.kind;
    const dead = result.kind === 'invalid' || row.attempts >= TRIES;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** (row.attempts - 1), LONGEST_WAIT_MS);
    await settle(dead ? { status: 'dead', error, done_at: stamp() } : { error, next_at: stamp(wait) });
    log.warn({ id, attempts: row.attempts, error }, dead ? 'a letter will not be sent' : 'a letter waits for the mail server');
    return false;
  }

  async function sendDue(): Promise<number> {
    const due = await database.read
      .selectFrom('mail')
      .select('id')
      .where('status', '=', 'new')
      .where('next_at', '<=', stamp())
      .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<', stamp())]))
      .orderBy('next_at')
      .limit(AT_ONCE)
      .execute();
    let sent = 0;
    for (const { id } of due) if (await sendOne(id)) sent += 1;
    return sent;
  }

  return {
    sendDue,
    start() {
      sweeping = setInterval(() => {
        if (busy) return;
        busy = true;
        running = sendDue()
          .catch((error: unknown) => log.warn({ error }, 'letters could not be looked for'))
          .finally(() => {
            busy = false;
          });
      }, SWEEP_MS);
      sweeping.unref();
    },
    async stop() {
      clearInterval(sweeping);
      await running;
    },
  };
}
