/**
 * Runs turns: one at a time in a conversation, many conversations side by side. Every message ends answered, waiting for another try, or dead
 * with an apology. Nothing here grows with the length of a conversation.
 */
import type { Database } from '../../connectors/databases/contract.ts';
import { isoTime } from '../iso-time.ts';
import type { Message, Reply } from '../message.ts';
import { passes } from '../http/passes.ts';
import { backOffMs, LONGEST_PAUSE_MS } from './back-off.ts';
import { type Begun, begin, type InboxEntry, letGo, newLease, newLeaseMark, openEntries, RENEW_MS, recordFailure, renew } from './claim.ts';
import type { Lease } from './accept.ts';
import { type CarriedTurn, type Committed, commitTurn } from './commit.ts';
import type { Conversation } from './conversation.ts';
import { createGate } from './gate.ts';
import type { Remembered } from './remember.ts';
import type { Speaker } from './speaker.ts';
import { unwatched, type Watch } from './watch.ts';

const TRIES = 3;
const SWEEP_MS = 5_000;
/** One commit serves all that begin together. */
const TURNS_AT_ONCE = 16;
/**
 * The same where a multitude waits, half of it at a time: a commit writes each page that its turns share once. With 200 conversations a turn then writes
 * 3.4 pages instead of 4.9 with 32 and 6.6 with 16.
 */
const TURNS_IN_CROWD = 64;
/** A process that comes back finds many waiting: its first turns, ten times as slow, must not keep it from hearing anything else. */
const COLD_TURNS = 64;
/** Where replies are sent, what was sent is settled in between; more turns at once would keep that waiting. */
const PUSHED_AT_ONCE = 4;
/** Topic of the database's hints: a process that stops has left messages. */
const INBOX_TOPIC = 'inbox';

export interface WorkerParts {
  database: Database;
  remembered: Remembered;
  /** Carries a turn through the edge (bot/channels/adapter.ts). */
  carry(message: Message, conversation: Conversation, takeTurn: Speaker): Promise<CarriedTurn>;
  takeTurn: Speaker;
  apologise(message: Message, conversation: Conversation): Reply;
  pushes(channel: string): boolean;
  committed(message: Message, committed: Committed, carried: CarriedTurn): void;
  now(): number;
  /** A turn that takes longer counts as failed. */
  turnLimitMs: number;
  watch?: Watch | undefined;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}

export interface Worker {
  enqueue(entry: InboxEntry): void;
  /** For a message that is being stored and will be enqueued here; null = anybody may take it. */
  lease(): Lease | null;
  /** Takes up everything that waits in the database. */
  start(): Promise<void>;
  /** Lets running turns end and starts no more. */
  stop(): Promise<void>;
  /** Messages that this process has taken and not ended. */
  waiting(): number;
  /** Milliseconds since the oldest running turn began; 0 when none runs. */
  stuckMs(): number;
}

export function createWorker(parts: WorkerParts): Worker {
  const turnToBegin = createGate(TURNS_AT_ONCE, COLD_TURNS, TURNS_IN_CROWD);
  const pushedToBegin = createGate(PUSHED_AT_ONCE);
  const { database, remembered, log, watch = unwatched } = parts;
  const queues = new Map<string, InboxEntry[]>();
  const running = new Map<string, { since: number; inboxId: number; done: Promise<void> }>();
  const timers = new Map<string, NodeJS.Timeout>();
  const mark = newLeaseMark();
  let waiting = 0;
  let sweeping: NodeJS.Timeout | undefined;
  let renewing: NodeJS.Timeout | undefined;
  let stopListening = () => {};
  let stopped = false;
  let leases = false;

  function enqueue(entry: InboxEntry): void {
    const queue = queues.get(entry.message.conversationId) ?? [];
    if (queue.some((known) => known.inboxId === entry.inboxId)) return;
    queues.set(entry.message.conversationId, queue);
    queue.push(entry);
    waiting++;
    if (queue.length === 1) pump(entry.message.conversationId);
  }

  function pump(conversationId: string): void {
    if (stopped || running.has(conversationId)) return;
    const entry = queues.get(conversationId)?.[0];
    if (!entry) {
      queues.delete(conversationId);
      return;
    }
    const waitMs = Math.min(entry.dueAt - parts.now(), LONGEST_PAUSE_MS);
    if (waitMs > 0) {
      wakeIn(waitMs, conversationId);
      return;
    }
    const { channel, kind } = entry.message;
    const done = watch('turn', { channel, kind, attempts: entry.attempts }, () => run(entry)).then((ended) => {
      running.delete(conversationId);
      if (ended && queues.get(conversationId)?.shift()) waiting--;
      pump(conversationId);
    });
    running.set(conversationId, { since: parts.now(), inboxId: entry.inboxId, done });
  }

  function wakeIn(ms: number, conversationId: string): void {
    clearTimeout(timers.get(conversationId));
    const timer = setTimeout(() => {
      timers.delete(conversationId);
      pump(conversationId);
    }, ms);
    timer.unref();
    timers.set(conversationId, timer);
  }

  /** True when the entry needs nothing more from this process. Never throws. */
  async function run(entry: InboxEntry): Promise<boolean> {
    const { conversationId } = entry.message;
    await (parts.pushes(entry.message.channel) ? pushedToBegin : turnToBegin)();
    // What has not begun when the process ends is taken up by the next one.
    if (stopped) return false;
    const begun = running.get(conversationId);
    if (begun) begun.since = parts.now();
    let speaking = false;
    try {
      const found = await begin(database, remembered, entry, parts.now(), mark);
      if (!found) return true;
      const { conversation } = found;
      const carry = () => withinLimit(parts.carry(entry.message, conversation, parts.takeTurn), parts.turnLimitMs);
      speaking = true;
      const carried = await watch('turn.speak', {}, carry);
      speaking = false;
      const undisturbed = await watch('turn.commit', {}, () => end(entry, found, carried, 'done', null));
      if (!undisturbed) for (const next of await openEntries(database, parts.now(), mark, conversationId)) enqueue(next);
      return true;
    } catch (error) {
      return fail(entry, error, !speaking && passes(error));
    }
  }

  /** True when nothing else has happened to the conversation since the turn began: then nothing of it waits that this process does not know. */
  async function end(
    entry: InboxEntry,
    { conversation, version }: Begun,
    carried: CarriedTurn,
    status: 'done' | 'dead',
    error: string | null,
  ): Promise<boolean> {
    const { message, inboxId, attempts } = entry;
    const now = isoTime(parts.now());
    const push = parts.pushes(message.channel);
    const committed = await commitTurn(database, { inboxId, message, conversation, carried, status, error, attempts, push, now });
    if (!committed) return database.engine === 'embedded';
    const undisturbed = database.engine === 'embedded' || (version !== undefined && committed.before === version);
    remembered.put(committed.conversation, committed.after, undisturbed);
    parts.committed(message, committed, carried);
    return undisturbed;
  }

  /** `isDatabase`: it failed where only the database can, and that passes: no fault of the message, so this try does not count. */
  async function fail(entry: InboxEntry, error: unknown, isDatabase: boolean): Promise<boolean> {
    const { message, inboxId } = entry;
    const reason = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 300) : 'not an Error';
    remembered.forget(message.conversationId);
    if (!isDatabase) entry.attempts += 1;
    entry.dueAt = parts.now() + backOffMs(entry.attempts);
    log.warn({ inboxId, channel: message.channel, attempts: entry.attempts, error }, 'turn failed');
    try {
      if (entry.attempts < TRIES) {
        await recordFailure(database, entry, reason);
        return false;
      }
      await bury(entry, reason);
      log.error({ inboxId, channel: message.channel }, 'message is a dead letter');
      return true;
    } catch (storing) {
      // The database itself fails: that is no fault of the message, so this try does not count.
      if (!isDatabase) entry.attempts -= 1;
      log.error({ inboxId, error: storing }, 'a failed turn could not be recorded; it will be tried again');
      return false;
    }
  }

  async function bury(entry: InboxEntry, reason: string): Promise<void> {
    const { message } = entry;
    const conversation = await remembered.get(message.conversationId);
    if (!conversation) {
      await database.write((tx) =>
        tx.updateTable('inbox').set({ status: 'dead', error: reason, attempts: entry.attempts }).where('id', '=', entry.inboxId).execute(),
      );
      return;
    }
    const replies = message.kind !== 'text' && message.kind !== 'opened' ? [] : [parts.apologise(message, conversation)];
    const carried = await parts.carry(message, conversation, async () => ({ replies, state: conversation.state }));
    await end(entry, { conversation }, carried, 'dead', reason);
  }

  async function keepLeases(): Promise<void> {
    const long = [...running.values()].filter((turn) => parts.now() - turn.since >= RENEW_MS / 2);
    if (long.length > 0)
      await renew(
        database,
        long.map((turn) => turn.inboxId),
        parts.now(),
        mark,
      );
  }

  async function sweep(): Promise<void> {
    if (stopped) return;
    for (const entry of await openEntries(database, parts.now(), mark)) enqueue(entry);
  }

  return {
    enqueue,
    lease: () => (leases && !stopped ? newLease(parts.now(), mark) : null),
    async start() {
      await sweep();
      leases = database.engine === 'postgres';
      if (database.engine === 'embedded') return;
      const look = () => void sweep().catch((error: unknown) => log.warn({ error }, 'looking for waiting messages failed'));
      stopListening = database.listen(INBOX_TOPIC, look);
      sweeping = setInterval(look, SWEEP_MS).unref();
      renewing = setInterval(
        () => keepLeases().catch((error: unknown) => log.warn({ error }, 'leases were not renewed')),
        RENEW_MS,
      ).unref();
    },
    async stop() {
      stopped = true;
      clearInterval(sweeping);
      stopListening();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all([...running.values()].map((turn) => turn.done));
      clearInterval(renewing);
      if (database.engine === 'embedded' || queues.size === 0) return;
      // Another process need not wait until the leases end, nor for its next look.
      await letGo(database, mark).catch((error: unknown) => log.warn({ error }, 'leases were not let go'));
      database.notify(INBOX_TOPIC, '');
    },
    waiting: () => waiting,
    stuckMs() {
      const oldest = running.values().next().value;
      return oldest ? Math.max(0, parts.now() - oldest.since) : 0;
    },
  };
}

function withinLimit<T>(work: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The turn took longer than ${limitMs} ms`)), limitMs);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
