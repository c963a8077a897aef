/** Outbox → channel: at least once, in order within a conversation, with back-off. Channels that citizens pull from have no outbox. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { prepare } from '../../connectors/databases/prepared.ts';
import { passes } from '../http/passes.ts';
import { backOffMs } from './back-off.ts';
import { leasesOf, leaseUntil, newLeaseMark } from './claim.ts';
import type { Outgoing } from './commit.ts';
import { createGate, createLanes } from './gate.ts';

/** A service that is away for hours costs no reply; after this one is too old to be of use. */
const GIVE_UP_MS = 6 * 3_600_000;
const TRIES = 8;
const SENDS_AT_ONCE = 1;
/** Of a channel, begun and not yet noted as sent: what a kill finds there is sent again, so few are. */
export const UNNOTED = 4;
const LEASE_MS = 60_000;
const SWEEP_MS = 5_000;
/** Pauses grow no further than after so many failures: a second. */
const NOTED_AGAIN = 2;

/** What came of sending: sent, to be tried again (after `afterMs` if the channel says so), or never. An exception counts as `retry`. */
export type Sent =
  | { kind: 'sent'; externalId?: string }
  | { kind: 'retry'; error: string; afterMs?: number }
  | { kind: 'dead'; error: string };

export type Send = (outgoing: Outgoing) => Promise<Sent>;

export interface Delivery {
  sendThrough(channel: string, send: Send): void;
  pushes(channel: string): boolean;
  /** Something new waits for this conversation. */
  kick(conversationId: string): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Row {
  id: number;
  channel: string;
  json: string;
  attempts: number;
  created_at: string;
}

const claimRow = prepare<{ id: number; until: string; mine: string; now: string }, Row>((db, value) =>
  db
    .updateTable('outbox')
    .set({ claimed_until: value('until') })
    .where('id', '=', value('id'))
    .where('status', '=', 'new')
    .where((eb) =>
      eb.or([eb('claimed_until', 'is', null), eb('claimed_until', 'like', value('mine')), eb('claimed_until', '<', value('now'))]),
    )
    .returning(['id', 'channel', 'json', 'attempts', 'created_at']),
);

/** What became of sending, each with the values it changes. */
interface Settling {
  sent: { attempts: number; externalId: string | null };
  later: { attempts: number; error: string; nextAt: string };
  dead: { attempts: number; error: string };
}

const settleRow = {
  sent: prepare<Settling['sent'] & { id: number }>((db, value) =>
    db
      .updateTable('outbox')
      .set({ status: 'sent', attempts: value('attempts'), external_id: value('externalId'), error: null, claimed_until: null })
      .where('id', '=', value('id')),
  ),
  later: prepare<Settling['later'] & { id: number }>((db, value) =>
    db
      .updateTable('outbox')
      .set({ status: 'new', attempts: value('attempts'), error: value('error'), next_at: value('nextAt'), claimed_until: null })
      .where('id', '=', value('id')),
  ),
  dead: prepare<Settling['dead'] & { id: number }>((db, value) =>
    db
      .updateTable('outbox')
      .set({ status: 'dead', attempts: value('attempts'), error: value('error'), claimed_until: null })
      .where('id', '=', value('id')),
  ),
};

/** Each of these statements touches one row of the outbox and nothing else. */
const ofRow = (id: number) => ({ again: true, single: `outbox ${id}` }) as const;

export function createDelivery(parts: {
  database: Database;
  now: () => number;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}): Delivery {
  const { database, now, log } = parts;
  const channels = new Map<string, Send>();
  const running = new Map<string, Promise<void>>();
  const kickedAgain = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const turnToSend = createGate(SENDS_AT_ONCE);
  const lanes = createLanes(UNNOTED);
  const mark = newLeaseMark();
  let sweeping: NodeJS.Timeout | undefined;
  let stopped = false;

  function kick(conversationId: string): void {
    if (stopped) return;
    if (running.has(conversationId)) {
      kickedAgain.add(conversationId);
      return;
    }
    const done = sendAll(conversationId)
      .catch((error: unknown) => {
        log.error({ conversationId, error }, 'delivery stopped; it will be tried again');
        wakeIn(backOffMs(3), conversationId);
      })
      .then(() => {
        running.delete(conversationId);
        if (kickedAgain.delete(conversationId)) kick(conversationId);
      });
    running.set(conversationId, done);
  }

  function wakeIn(ms: number, conversationId: string): void {
    clearTimeout(timers.get(conversationId));
    const timer = setTimeout(() => {
      timers.delete(conversationId);
      kick(conversationId);
    }, ms);
    timer.unref();
    timers.set(conversationId, timer);
  }

  async function sendAll(conversationId: string): Promise<void> {
    for (;;) {
      await turnToSend();
      const due = stopped ? null : await oldestDue(conversationId);
      if (!due) return;
      const leave = await lanes.enter(due.channel);
      try {
        const row = stopped ? null : await claim(due.id);
        if (!row || !(await sendOne(row, conversationId))) return;
      } finally {
        leave();
      }
    }
  }

  /** False = this one has to wait, and those behind it too. */
  async function sendOne(row: Row, conversationId: string): Promise<boolean> {
    const send = channels.get(row.channel);
    const outcome: Sent = send ? await holding(row.id, () => attempt(send, row)) : { kind: 'dead', error: `no channel ${row.channel}` };
    const attempts = row.attempts + 1;
    if (outcome.kind === 'retry' && (attempts < TRIES || now() - Date.parse(row.created_at) < GIVE_UP_MS)) {
      const waitMs = outcome.afterMs ?? backOffMs(attempts - 1);
      const nextAt = new Date(now() + waitMs).toISOString();
      await settle(row, 'later', { attempts, error: outcome.error, nextAt });
      log.warn({ outboxId: row.id, channel: row.channel, attempts }, 'sending failed');
      wakeIn(waitMs, conversationId);
      return false;
    }
    if (outcome.kind === 'sent') {
      await settle(row, 'sent', { attempts, externalId: outcome.externalId ?? null });
      return true;
    }
    await settle(row, 'dead', { attempts, error: outcome.error });
    log.error({ outboxId: row.id, channel: row.channel, attempts }, 'reply is a dead letter');
    return true;
  }

  /** What was sent must not be sent again because the database was away just then: this process knows, and notes it as soon as it can. */
  async function settle<How extends keyof Settling>(row: Row, how: How, values: Settling[How]): Promise<void> {
    for (let failures = 0; ; failures++) {
      try {
        const run = settleRow[how] as (tx: Writer, values: object) => unknown;
        await database.write(async (tx) => void (await run(tx, { ...values, id: row.id })), ofRow(row.id));
        return;
      } catch (error) {
        if (stopped || !passes(error)) throw error;
        log.warn({ outboxId: row.id, channel: row.channel, error }, 'what became of a reply could not be noted yet');
        await sleep(backOffMs(Math.min(failures, NOTED_AGAIN)), undefined, { ref: false });
      }
    }
  }

  /** The oldest waiting row, when it is due; null leaves the conversation for later. */
  async function oldestDue(conversationId: string): Promise<{ id: number; channel: string } | null> {
    const oldest = await database.read
      .selectFrom('outbox')
      .select(['id', 'channel', 'next_at'])
      .where('conversation_id', '=', conversationId)
      .where('status', '=', 'new')
      .orderBy('id')
      .executeTakeFirst();
    if (!oldest) return null;
    const waitMs = Date.parse(oldest.next_at) - now();
    if (waitMs <= 0) return oldest;
    wakeIn(waitMs, conversationId);
    return null;
  }

  /** Null = somebody else sends it. */
  async function claim(id: number): Promise<Row | null> {
    const at = now();
    const values = { id, until: leaseUntil(at + LEASE_MS, mark), mine: leasesOf(mark), now: new Date(at).toISOString() };
    return database.write(async (tx) => (await claimRow(tx, values)).rows[0] ?? null, ofRow(id));
  }

  /** Renews the lease while `work` goes on: files take their time, and another process must not send them too. */
  async function holding<T>(id: number, work: () => Promise<T>): Promise<T> {
    let renewed: Promise<unknown> = Promise.resolve();
    const renewing = setInterval(() => {
      const claimed_until = leaseUntil(now() + LEASE_MS, mark);
      renewed = database
        .write((tx) => tx.updateTable('outbox').set({ claimed_until }).where('id', '=', id).where('status', '=', 'new').execute())
        .catch((error: unknown) => log.warn({ outboxId: id, error }, 'a lease could not be renewed'));
    }, LEASE_MS / 3);
    renewing.unref();
    try {
      return await work();
    } finally {
      clearInterval(renewing);
      // One that is still being written would hold back a reply that is to be tried again.
      await renewed;
    }
  }

  async function sweep(): Promise<void> {
    const rows = await database.read.selectFrom('outbox').select('conversation_id').distinct().where('status', '=', 'new').execute();
    for (const row of rows) if (!timers.has(row.conversation_id)) kick(row.conversation_id);
  }

  return {
    sendThrough: (channel, send) => void channels.set(channel, send),
    pushes: (channel) => channels.has(channel),
    kick,
    async start() {
      if (channels.size === 0) return;
      // One process owns the embedded database: a lease found at start is that of a dead process.
      if (database.engine === 'embedded') {
        await database.write((tx) => tx.updateTable('outbox').set({ claimed_until: null }).where('status', '=', 'new').execute());
      }
      await sweep();
      sweeping = setInterval(() => sweep().catch((error: unknown) => log.warn({ error }, 'looking for waiting replies failed')), SWEEP_MS);
      sweeping.unref();
    },
    async stop() {
      stopped = true;
      clearInterval(sweeping);
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(running.values());
    },
  };
}

async function attempt(send: Send, row: Row): Promise<Sent> {
  try {
    return await send(JSON.parse(row.json) as Outgoing);
  } catch (error) {
    return { kind: 'retry', error: error instanceof Error ? error.message : String(error) };
  }
}
