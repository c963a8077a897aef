/** What goes out to another tool: requests, the citizen's words in order, and the end. Every step is kept before the next, so that a process that dies goes on where it was. */
import type { Database } from '../../../connectors/databases/contract.ts';
import type { Handoffs, News } from '../../../connectors/handoffs/contract.ts';
import type { Staff } from '../../http/route.ts';
import type { Result } from '../../../connectors/result.ts';
import { DEAD_HANDOFF, findHandoff, OPEN } from '../handoffs.ts';
import { packetOf } from './packet.ts';

const WATCHER: Staff = { id: 'system', name: 'system', role: 'administrator', office: null };
/** A clear no to these very words: said again it would be the same. */
const isForGood = (said: Result<unknown>): boolean =>
  said.kind === 'invalid' || (said.kind === 'down' && /: (?:400|413|415|422)$/.test(said.reason));
/** Requests that are read at once; all are looked at. */
const AT_ONCE = 200;

interface Row {
  id: string;
  state: string;
  request: string;
  conversation_id: string;
  agent_id: string | null;
  remote_id: string | null;
  sent_seq: number | null;
  first_seq: number | null;
  since: string | null;
  made_at: string;
}

export interface PassingParts {
  database: Database;
  handoffs: Handoffs;
  take(news: News): Promise<boolean>;
  log: { warn(fields: object, message: string): void };
  now(): number;
}

const numberIn = (request: string, id: string): string =>
  (JSON.parse(request) as { number?: string }).number ?? id.slice(0, 8).toUpperCase();

/**
 * Where answers come later the citizen goes on with the assistant: to the office belongs what is said right after it was told of that request (that
 * it is registered, or the office's answer), up to the assistant's next word. A fiscal code said to another form is no word for the ticket.
 */
function heardOf(number: string): (role: string, text: string) => boolean {
  let theirs = false;
  return (role, text) => {
    if (role !== 'citizen') theirs = text.includes(number);
    return theirs;
  };
}

/** One round: indexed reads, and one call for each thing that is new. */
export function createPassing({ database, handoffs, take, log, now }: PassingParts): () => Promise<void> {
  const plug = handoffs.name;
  const live = handoffs.abilities().has('live');
  /** Requests whose last word surely arrived, as far as this process knows. */
  const sure = new Set<string>();
  const at = () => new Date(now()).toISOString();
  const keep = (id: string, set: { remote_id?: string; sent_seq?: number; since?: string; ended_at?: string }) =>
    database.write((tx) => tx.updateTable('handoff_remote').set(set).where('handoff_id', '=', id).execute());

  const rows = (after: Row | undefined): Promise<Row[]> =>
    database.read
      .selectFrom('handoff')
      .leftJoin('handoff_remote', 'handoff_remote.handoff_id', 'handoff.id')
      .select(['handoff.id', 'state', 'request', 'conversation_id', 'agent_id', 'remote_id', 'sent_seq', 'first_seq', 'since'])
      .select('handoff.created_at as made_at')
      .where('reason', '!=', 'approval')
      .where((eb) => eb.or([eb('state', 'in', OPEN), eb('remote_id', 'is not', null)]))
      .where('ended_at', 'is', null)
      .where((eb) => eb.or([eb('plug', 'is', null), eb('plug', '=', plug)]))
      .$if(after !== undefined, (query) =>
        query.where((eb) =>
          eb.or([
            eb('handoff.created_at', '>', after?.made_at ?? ''),
            eb.and([eb('handoff.created_at', '=', after?.made_at ?? ''), eb('handoff.id', '>', after?.id ?? '')]),
          ]),
        ),
      )
      .orderBy('handoff.created_at')
      .orderBy('handoff.id')
      .limit(AT_ONCE)
      .execute();

  /** A citizen who is still being asked how to be reached is not passed on yet. */
  function isReady({ state, request, remote_id }: Row): boolean {
    if (remote_id !== null) return true;
    const left = (JSON.parse(request) as { contact?: string | null }).contact;
    return state === 'queued' ? live : state === 'requested' && Boolean(left);
  }

  async function begin(row: Row): Promise<void> {
    const handoff = await findHandoff(database, WATCHER, row.id);
    if (!handoff) return;
    let upTo = row.first_seq;
    if (row.remote_id === null || upTo === null) {
      const { last } = await database.read
        .selectFrom('activity')
        .select(({ fn }) => fn.max<number | null>('seq').as('last'))
        .where('conversation_id', '=', row.conversation_id)
        .executeTakeFirstOrThrow();
      upTo = Number(last ?? 0);
      const value = { handoff_id: row.id, plug, remote_id: '', sent_seq: upTo, first_seq: upTo, created_at: at(), ended_at: null };
      await database.write((tx) =>
        tx
          .insertInto('handoff_remote')
          .values(value)
          .onConflict((conflict) => conflict.doNothing())
          .execute(),
      );
    }
    const made = await handoffs.initiate(await packetOf(database, handoff, upTo));
    if (made.kind === 'ok') await keep(row.id, { remote_id: made.value });
    else log.warn({ handoff: row.id, plug, result: made.kind }, 'a request could not be passed on yet');
  }

  async function speak({ id, conversation_id, remote_id, sent_seq, first_seq, request }: Row): Promise<void> {
    const entries = await database.read
      .selectFrom('activity')
      .select(['seq', 'id', 'role', 'json'])
      .where('conversation_id', '=', conversation_id)
      .where('seq', '>', live ? (first_seq ?? 0) : 0)
      .orderBy('seq')
      .execute();
    const isTheirs = live ? () => true : heardOf(numberIn(request, id));
    const before = new Map<string, number>();
    for (const { seq, id: words, role, json } of entries) {
      const activity = JSON.parse(json) as { type?: string; text?: string; attachments?: { name?: string }[] };
      const files = (activity.attachments ?? []).map(({ name }) => `[allegato: ${name ?? 'file'}, nella console di Sportello]`);
      const text = [activity.text ?? '', ...files].filter(Boolean).join('\n');
      if (activity.type !== 'message' || !text || !isTheirs(role, text) || seq <= (first_seq ?? 0)) continue;
      if (role !== 'citizen') continue;
      const same = before.get(text) ?? 0;
      before.set(text, same + 1);
      if (seq <= Number(sent_seq ?? 0)) continue;
      const said = await handoffs.say(remote_id as string, { id: words, text, ...(sure.has(id) ? {} : { again: same }) });
      if (isForGood(said)) {
        await bury({ conversationId: conversation_id, handoff: id, activityId: words, why: 'reason' in said ? said.reason : said.kind });
        await keep(id, { sent_seq: seq });
        continue;
      }
      if (said.kind !== 'ok') {
        sure.delete(id);
        log.warn({ handoff: id, plug, result: said.kind }, 'a citizen’s words could not be passed on yet');
        return;
      }
      await keep(id, { sent_seq: seq });
      sure.add(id);
    }
  }

  /** A dead letter: counted and listed with the others, and marked in the conversation at our desk. What comes after it goes on. */
  async function bury({ conversationId, handoff, activityId, why }: Record<'conversationId' | 'handoff' | 'activityId' | 'why', string>) {
    const dedup = `${DEAD_HANDOFF}${handoff}:${activityId}`;
    const row = { channel: plug, conversation_id: conversationId, dedup, json: JSON.stringify({ activityId, conversationId }) };
    const end = { status: 'dead', attempts: 1, next_at: at(), claimed_until: null, external_id: null, error: why, created_at: at() };
    await database.write((tx) =>
      tx
        .insertInto('outbox')
        .values({ ...row, ...end })
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
    );
    log.warn({ handoff, plug, activityId, why }, 'a citizen’s words were refused for good');
  }

  async function hear({ id, remote_id, since }: Row): Promise<void> {
    const asked = await handoffs.ask(remote_id as string, since ?? '');
    if (asked.kind !== 'ok') return;
    for (const one of asked.value.news) await take(one);
    if (asked.value.since !== since) await keep(id, { since: asked.value.since });
  }

  async function one(row: Row): Promise<void> {
    const taken = row.state === 'accepted' && row.agent_id !== `remote:${plug}`;
    if (!OPEN.includes(row.state) || taken) {
      if (row.remote_id === null) return;
      // Being told of it when it ended: it may have been made there.
      if (row.remote_id === '') return begin(row);
      const ended = await handoffs.end(row.remote_id);
      if (ended.kind === 'ok' || ended.kind === 'not_found') await keep(row.id, { ended_at: at() });
      sure.delete(row.id);
      return;
    }
    if (!row.remote_id) return isReady(row) ? begin(row) : undefined;
    await speak(row);
    if (handoffs.abilities().has('asked')) await hear(row);
  }

  return async function pass() {
    let after: Row | undefined;
    // Many that nobody answers must not stand before one that is new.
    for (;;) {
      const some = await rows(after);
      for (const row of some)
        await one(row).catch((error: unknown) => log.warn({ error, handoff: row.id, plug }, 'a request could not be passed on'));
      if (some.length < AT_ONCE) return;
      after = some.at(-1);
    }
  };
}
