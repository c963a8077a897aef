/** The line of one message, put together: accept → turn → commit → deliver. Channels and the desk see only this. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Message } from '../message.ts';
import { type Accepted, type Accepting, acceptMessage } from './accept.ts';
import { apologise } from './apology.ts';
import { type DeadLetter, listDeadLetters, type Retried, type Retry, retryDeadLetter } from './dead-letters.ts';
import { createDelivery, type Delivery, type Send } from './deliver.ts';
import { createRemembered, type Remembered } from './remember.ts';
import type { ChooseSpeaker } from './speaker.ts';
import type { TranscriptEntry } from './transcript.ts';
import { createTurn } from './turn.ts';
import type { Watch } from './watch.ts';
import { createWorker, type WorkerParts } from './worker.ts';

const REMEMBERED = 5_000;

/** Topic of the database's hints: `<conversation id>:<last sequence number>` has new transcript entries. */
export const TRANSCRIPT_TOPIC = 'transcript';

export interface LineParts {
  database: Database;
  chooseSpeaker: ChooseSpeaker;
  carry: WorkerParts['carry'];
  log: WorkerParts['log'];
  now?: () => number;
  apologise?: WorkerParts['apologise'];
  turnLimitMs?: number;
  watch?: Watch;
  /** Asked before a message is taken; throws when there are too many. */
  admit?(): void;
  /** Told of each turn that ended: how long after the message came, and what became of it. */
  observe?(turn: { channel: string; kind: string; outcome: string; ms: number }): void;
}

/** `dialog`: that has answered, where the entries are a turn's replies. */
type Listener = (conversationId: string, entries: TranscriptEntry[], dialog?: string) => void;

export interface Line {
  /** Resolves once the message is durable; its turn runs afterwards. The same channel and externalId give the same id and no second turn. */
  accept(message: Message, accepting?: Accepting): Promise<Accepted>;
  /** Hears of entries this process has committed, in order within a conversation. Returns the function that stops it. */
  watch(listener: Listener): () => void;
  /** Names a channel that is sent to, and how. */
  sendThrough(channel: string, send: Send): void;
  /** Begins the turn of a message that was stored in somebody else's transaction (a notice). */
  take(message: Message, inboxId: number): void;
  conversations: Remembered;
  delivery: Delivery;
  listDeadLetters(limit?: number): Promise<DeadLetter[]>;
  /** Tries it again, now where this line runs, else when one starts; asked twice it is done once. `also` goes into the same transaction. */
  retryDeadLetter(letter: Pick<Retry, 'box' | 'id' | 'also'>): Promise<Retried['kind']>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Messages that this process has taken and not ended. */
  waiting(): number;
  /** Milliseconds since the oldest running turn began, for /health/ready. */
  stuckMs(): number;
}

export function createLine(parts: LineParts): Line {
  const { database, log } = parts;
  const now = parts.now ?? Date.now;
  const remembered = createRemembered(database, REMEMBERED);
  const delivery = createDelivery({ database, now, log });
  let isRunning = false;
  const listeners = new Set<Listener>();

  function tell(conversationId: string, entries: TranscriptEntry[], dialog?: string): void {
    const last = entries.at(-1);
    if (!last) return;
    for (const listener of listeners) listener(conversationId, entries, dialog);
    if (database.engine === 'postgres') database.notify(TRANSCRIPT_TOPIC, `${conversationId}:${last.seq}`, { toOthers: true });
  }

  const worker = createWorker({
    database,
    remembered,
    carry: parts.carry,
    takeTurn: createTurn(parts.chooseSpeaker),
    apologise: parts.apologise ?? apologise,
    pushes: delivery.pushes,
    committed(message, { entries }, { result }) {
      const answer = result.replies.find((reply) => reply.answer)?.answer;
      const outcome = answer?.outcome ?? 'none';
      parts.observe?.({ channel: message.channel, kind: message.kind, outcome, ms: Math.max(0, now() - Date.parse(message.receivedAt)) });
      tell(message.conversationId, entries, answer?.dialog);
      if (entries.length > 0 && delivery.pushes(message.channel)) delivery.kick(message.conversationId);
    },
    now,
    turnLimitMs: parts.turnLimitMs ?? 60_000,
    watch: parts.watch,
    log,
  });

  return {
    async accept(message, accepting = {}) {
      parts.admit?.();
      const { id, repeated, inboxId, entries, held } = await acceptMessage(database, message, accepting, worker.lease());
      tell(message.conversationId, entries);
      if (!repeated) worker.enqueue({ inboxId, message, attempts: 0, dueAt: 0, held });
      return { id, repeated };
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    take(message, inboxId) {
      worker.enqueue({ inboxId, message, attempts: 0, dueAt: 0 });
    },
    sendThrough: delivery.sendThrough,
    conversations: remembered,
    delivery,
    listDeadLetters: (limit = 100) => listDeadLetters(database, limit),
    async retryDeadLetter(letter) {
      const retried = await retryDeadLetter(database, { ...letter, now: new Date(now()).toISOString() });
      if (retried.kind !== 'again' || !isRunning) return retried.kind;
      if (retried.box === 'outbox') delivery.kick(retried.conversationId);
      else worker.enqueue({ inboxId: retried.inboxId, message: retried.message, attempts: 0, dueAt: 0 });
      return retried.kind;
    },
    async start() {
      isRunning = true;
      await worker.start();
      await delivery.start();
    },
    async stop() {
      await worker.stop();
      await delivery.stop();
    },
    waiting: worker.waiting,
    stuckMs: worker.stuckMs,
  };
}
