/** Commits a turn: state, transcript, replies to be delivered, effects and the inbox mark, in one transaction. */
import type { Insertable } from 'kysely';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { after, prepare } from '../../connectors/databases/prepared.ts';
import type { OutboxTable } from '../../connectors/databases/schema.ts';
import type { Message, Reply } from '../message.ts';
import type { Conversation, ConversationState } from './conversation.ts';
import { AGAIN } from './accept.ts';
import { writeTurn } from './commit-once.ts';
import { type TakesNumbers, takingNumbers } from './numbers.ts';
import { lastTurns } from './remember.ts';
import type { Effect, TurnResult } from './speaker.ts';
import { insertEntries, type NewEntry, type TranscriptEntry } from './transcript.ts';
import type { Version } from './version.ts';

/** A turn after the edge has carried it: for each text reply the Activity that the transcript keeps, in the same order. */
export interface CarriedTurn {
  result: TurnResult;
  activities: { reply: Reply; id: string; json: string }[];
}

/** What the outbox holds for a channel that is sent to. */
export interface Outgoing {
  activityId: string;
  reply: Reply;
  conversationId: string;
  /** The channel's own address of the citizen; absent = found by the conversation. */
  replyTo?: string;
  /** This server as citizens reach it: root-relative addresses become absolute with it. */
  origin?: string;
}

/** A reply that waits to be sent. `dedup`: of two with the same, one is sent. */
export function outboxRow(outgoing: Outgoing, channel: string, dedup: string, now: string): Insertable<OutboxTable> {
  return {
    conversation_id: outgoing.conversationId,
    channel,
    dedup,
    json: JSON.stringify(outgoing),
    status: 'new',
    attempts: 0,
    next_at: now,
    claimed_until: null,
    external_id: null,
    error: null,
    created_at: now,
  };
}

export interface TurnToCommit {
  inboxId: number;
  message: Message;
  conversation: Conversation;
  carried: CarriedTurn;
  /** `dead`: three failures, the replies apologise. */
  status: 'done' | 'dead';
  error: string | null;
  attempts: number;
  /** The channel is sent to; otherwise citizens pull the transcript. */
  push: boolean;
  now: string;
}

export interface Committed {
  entries: TranscriptEntry[];
  conversation: Conversation;
  /** Of the conversation's row just before and after, where several processes speak. */
  before?: Version;
  after?: Version;
}

const markMessage = prepare<{ inboxId: number; status: string; error: string | null; attempts: number; now: string }>((db, value) =>
  db
    .updateTable('inbox')
    .set({ status: value('status'), error: value('error'), attempts: value('attempts'), claimed_until: null, done_at: value('now') })
    .where('id', '=', value('inboxId'))
    .where('status', '=', 'new'),
);

interface Kept extends TakesNumbers {
  channel: string;
  state: string;
  lang: string | null;
  mode: string;
  now: string;
}

/** The state, and numbers for `count` entries of the transcript. */
const keepState = takingNumbers<Kept>((db, value) =>
  db
    .updateTable('conversation')
    .set((eb) => ({
      channel: value('channel'),
      state: value('state'),
      lang: value('lang'),
      mode: value('mode'),
      next_seq: eb('next_seq', '+', value('count')),
      updated_at: value('now'),
    }))
    .where('id', '=', value('id')),
);

/** With what was said, unless it is a notice that leaves the dialog as it was. */
function spoken({ carried: { result, activities }, conversation, message, now }: TurnToCommit): ConversationState {
  const aside = message.kind === 'notice' && JSON.stringify(result.state.dialog) === JSON.stringify(conversation.state.dialog);
  if (activities.length === 0 || aside) return result.state;
  return { ...result.state, said: { at: now, ids: activities.map(({ id }) => id) } };
}

/** Null when another process had already ended this message: then nothing of the turn is written. */
export async function commitTurn(database: Database, turn: TurnToCommit): Promise<Committed | null> {
  const { conversation, message, now } = turn;
  const { result, activities } = turn.carried;
  const next: Conversation = {
    ...conversation,
    // What nobody asked for goes where the citizen wrote last.
    channel: message.replyTo || message.kind === 'text' || message.kind === 'opened' ? message.channel : conversation.channel,
    lang: result.lang ?? conversation.lang,
    mode: result.mode ?? conversation.mode,
    state: spoken(turn),
    history: lastTurns([
      ...conversation.history,
      ...(message.kind === 'text' && message.text ? [{ role: 'citizen' as const, text: message.text }] : []),
      ...activities.map(({ reply }) => ({ role: 'bot' as const, text: reply.text })),
    ]),
  };
  const { replyTo, origin } = message;
  const where = { conversationId: conversation.id, ...(replyTo ? { replyTo } : {}), ...(origin ? { origin } : {}) };
  const entries = activities.map(({ reply, id, json }): NewEntry => ({ id, json, role: reply.speaker }));
  const outgoing = turn.push
    ? activities.map(({ reply, id }, index) =>
        outboxRow({ activityId: id, reply, ...where }, message.channel, `${turn.inboxId}:${index}`, now),
      )
    : [];
  const writing = { turn, next, entries, outgoing };
  return database.engine === 'postgres' ? commitAtOnce(database, writing) : commitInSteps(database, writing);
}

interface TurnInRows {
  turn: TurnToCommit;
  next: Conversation;
  entries: NewEntry[];
  outgoing: Insertable<OutboxTable>[];
}

function commitInSteps(database: Database, { turn, next, entries, outgoing }: TurnInRows): Promise<Committed | null> {
  const { conversation, now } = turn;
  const { status, error, attempts, inboxId } = turn;
  const { channel, lang, mode } = next;
  const { id } = conversation;
  const state = JSON.stringify(next.state);
  const effects = turn.carried.result.effects ?? [];
  return database.write<Committed | null>(
    (tx) =>
      after(markMessage(tx, { inboxId, status, error, attempts, now }), ({ numAffectedRows }) => {
        if (!numAffectedRows) return null;
        return after(keepState(tx, { id, channel, state, lang, mode, count: entries.length, now }), (following) =>
          after(insertEntries(tx, id, following, entries, now), (appended) => {
            const sending = outgoing.length > 0 ? tx.insertInto('outbox').values(outgoing).execute() : null;
            return after<unknown, Committed>(
              after<unknown, unknown>(sending, () => runAll(effects, tx)),
              () => ({ entries: appended, conversation: next }),
            );
          }),
        );
      }),
    AGAIN,
  );
}

/** Undoes what an effect has written for a message that had ended already. */
class Ended extends Error {}

/** One statement where the effects are no more than the answer; else they follow it on the same connection without waiting for it. */
async function commitAtOnce(database: Database, { turn, next, entries, outgoing }: TurnInRows): Promise<Committed | null> {
  const { id } = turn.conversation;
  const { status, error, attempts, inboxId, now } = turn;
  const { channel, lang, mode } = next;
  const effects = turn.carried.result.effects ?? [];
  const { answer = null, gap = null } = effects.find((effect) => effect.answer) ?? {};
  const others = effects.filter((effect) => effect.answer !== answer || !answer);
  const rows = {
    inboxId,
    status,
    error,
    attempts,
    now,
    id,
    channel,
    state: JSON.stringify(next.state),
    lang,
    mode,
    entries,
    outgoing,
    answer,
    gap,
  };
  const written =
    others.length === 0
      ? await database.write((tx) => writeTurn(tx, rows), { again: true, single: id })
      : await database
          .write(async (tx) => {
            const writing = writeTurn(tx, rows);
            const [turnWritten, effectsWritten] = await Promise.allSettled([writing, (async () => runAll(others, tx))()]);
            if (turnWritten.status === 'rejected') throw turnWritten.reason;
            if (!turnWritten.value) throw new Ended();
            if (effectsWritten.status === 'rejected') throw effectsWritten.reason;
            return turnWritten.value;
          }, AGAIN)
          .catch((error: unknown) => {
            if (error instanceof Ended) return null;
            throw error;
          });
  if (!written) return isThere(database, id);
  const first = written.next - entries.length;
  const appended = entries.map((entry, index) => ({ ...entry, conversationId: id, seq: first + index }));
  return { entries: appended, conversation: next, before: written.before, after: written.after };
}

/** One after the other; waits only for those that are not done at once. */
function runAll(effects: Effect[], tx: Writer, from = 0): void | Promise<void> {
  for (let i = from; i < effects.length; i++) {
    const running = effects[i]?.(tx);
    if (running instanceof Promise) return running.then(() => runAll(effects, tx, i + 1));
  }
}

/** Nothing was written: the message had ended, or there is no conversation to keep a state of. */
async function isThere(database: Database, id: string): Promise<null> {
  const row = await database.read.selectFrom('conversation').select('id').where('id', '=', id).executeTakeFirst();
  if (!row) throw new Error('The conversation does not exist');
  return null;
}
