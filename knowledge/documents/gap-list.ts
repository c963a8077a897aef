/** Gaps as editors see them: questions that want the same thing together, how often they came, who looks after them. They never expire. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { clusterQuestions } from './clusters.ts';

export interface GapCluster {
  /** Id of its oldest question: stays while that one is open. */
  id: string;
  question: string;
  lang: string;
  /** Everything asked, newest first, at most 50. */
  questions: { id: string; text: string; reason: string; at: string }[];
  /** All of them, oldest first. */
  ids: string[];
  count: number;
  /** Conversations that want to be told. */
  watchers: number;
  reasons: Record<string, number>;
  /** `2026-W48` → how many came. */
  weeks: Record<string, number>;
  firstAt: string;
  lastAt: string;
  owner: string | null;
  dueOn: string | null;
  office: string | null;
}

const MOST_READ = 5_000;
const SHOWN = 50;

export interface GapListParts {
  database: Database;
  /** The office that would answer; null = nobody in particular. */
  officeOf(question: string): string | null;
  mask(text: string): string;
}

/** Open gaps in clusters, largest first. Handed-over questions are gaps from here on. O(n²) in questions that share words, n ≤ 5,000. */
export async function listGaps({ database, officeOf, mask }: GapListParts): Promise<GapCluster[]> {
  await collectHandoffs(database, mask);
  const rows = await database.read
    .selectFrom('gap')
    .leftJoin('gap_work', 'gap_work.gap_id', 'gap.id')
    .select(['gap.id', 'gap.question', 'gap.lang', 'gap.reason', 'gap.created_at', 'gap_work.owner', 'gap_work.due_on'])
    .where('gap.status', '=', 'open')
    .orderBy('gap.created_at', 'desc')
    .limit(MOST_READ)
    .execute();
  rows.reverse();
  const byId = new Map(rows.map((row) => [row.id, row]));
  const watched = await watchers(database);
  const clusters = clusterQuestions(rows.map(({ id, question, lang }) => ({ id, text: question, lang })));
  return clusters.map((ids) => {
    const members = ids.map((id) => byId.get(id) as (typeof rows)[number]);
    const first = members[0] as (typeof rows)[number];
    return {
      id: first.id,
      question: first.question,
      ids,
      lang: first.lang,
      questions: members
        .slice(-SHOWN)
        .reverse()
        .map(({ id, question, reason, created_at }) => ({ id, text: question, reason, at: created_at })),
      count: members.length,
      watchers: members.reduce((sum, { id }) => sum + (watched.get(id) ?? 0), 0),
      reasons: tally(members.map(({ reason }) => reason)),
      weeks: tally(members.map(({ created_at }) => weekOf(created_at))),
      firstAt: first.created_at,
      lastAt: members.at(-1)?.created_at ?? first.created_at,
      owner: members.find(({ owner }) => owner)?.owner ?? null,
      dueOn: members.find(({ due_on }) => due_on)?.due_on ?? null,
      office: officeOf(first.question),
    };
  });
}

/** Ids of the open gaps of a cluster; null when there is none of that id. */
export async function gapCluster(parts: GapListParts, id: string): Promise<GapCluster | null> {
  return (await listGaps(parts)).find((cluster) => cluster.id === id || cluster.ids.includes(id)) ?? null;
}

export async function assignGap(tx: Writer, gapId: string, work: { owner: string | null; dueOn: string | null }): Promise<void> {
  const changes = { owner: work.owner, due_on: work.dueOn };
  await tx
    .insertInto('gap_work')
    .values({ gap_id: gapId, ...changes, closed_by: null, document_id: null, version: null, note: null })
    .onConflict((conflict) => conflict.column('gap_id').doUpdateSet(changes))
    .execute();
}

export interface GapClosure {
  by: string;
  documentId: string;
  version: number;
  at: string;
}

/** Closes these gaps in the caller's transaction; resolves with the conversations to tell, each once. */
export async function closeGaps(
  tx: Writer,
  ids: string[],
  { by, documentId, version, at }: GapClosure,
): Promise<{ conversationId: string; gapId: string; lang: string; question: string }[]> {
  const told = new Map<string, { conversationId: string; gapId: string; lang: string; question: string }>();
  for (const id of ids) {
    const closed = await tx
      .updateTable('gap')
      .set({ status: 'closed', closed_at: at })
      .where('id', '=', id)
      .where('status', '=', 'open')
      .returning('question')
      .executeTakeFirst();
    if (!closed) continue;
    const changes = { closed_by: by, document_id: documentId, version };
    await tx
      .insertInto('gap_work')
      .values({ gap_id: id, owner: null, due_on: null, note: null, ...changes })
      .onConflict((conflict) => conflict.column('gap_id').doUpdateSet(changes))
      .execute();
    const waiting = await tx
      .updateTable('gap_watch')
      .set({ told_at: at })
      .where('gap_id', '=', id)
      .where('told_at', 'is', null)
      .returning(['conversation_id', 'lang'])
      .execute();
    for (const { conversation_id, lang } of waiting)
      told.set(conversation_id, { conversationId: conversation_id, gapId: id, lang, question: closed.question });
  }
  return [...told.values()];
}

/** The conversation wants to be told when its last open gap is closed. False when it has none. */
export async function watchLastGap(tx: Writer, conversationId: string, lang: string, at: string): Promise<boolean> {
  const gap = await tx
    .selectFrom('gap')
    .innerJoin('answer', 'answer.id', 'gap.answer_id')
    .select('gap.id')
    .where('answer.conversation_id', '=', conversationId)
    .where('gap.status', '=', 'open')
    .orderBy('gap.created_at', 'desc')
    .executeTakeFirst();
  if (!gap) return false;
  await tx
    .insertInto('gap_watch')
    .values({ conversation_id: conversationId, gap_id: gap.id, lang, created_at: at, told_at: null })
    .onConflict((conflict) => conflict.columns(['conversation_id', 'gap_id']).doNothing())
    .execute();
  return true;
}

/** Id of the last answer in a conversation: what a citizen says of it belongs to it. */
export async function lastAnswer(tx: Writer, conversationId: string): Promise<string | null> {
  const row = await tx
    .selectFrom('answer')
    .select('id')
    .where('conversation_id', '=', conversationId)
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The last question before a person was asked for, unless it was answered and not complained of, or is a gap already. */
async function collectHandoffs(database: Database, mask: (text: string) => string): Promise<void> {
  const rows = await database.read
    .selectFrom('handoff')
    .innerJoin('answer', (join) =>
      join.onRef('answer.conversation_id', '=', 'handoff.conversation_id').onRef('answer.created_at', '<=', 'handoff.created_at'),
    )
    .leftJoin('gap', 'gap.answer_id', 'answer.id')
    .select([
      'handoff.id as handoff',
      'answer.id',
      'answer.question',
      'answer.lang',
      'answer.outcome',
      'answer.created_at',
      'gap.id as gap',
    ])
    .orderBy('answer.created_at', 'desc')
    .limit(MOST_READ)
    .execute();
  const seen = new Set<string>();
  const missed = rows.filter(({ handoff, outcome, gap }) => {
    if (seen.has(handoff) || outcome === 'refused') return false;
    seen.add(handoff);
    return gap === null;
  });
  if (missed.length === 0) return;
  await database.write(async (tx) => {
    for (const { handoff, id, question, lang, created_at } of missed)
      await tx
        .insertInto('gap')
        .values({
          id: `handoff-${handoff}`,
          question: mask(question),
          lang,
          reason: 'handed_over',
          answer_id: id,
          status: 'open',
          created_at,
          closed_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  });
}

async function watchers(database: Database): Promise<Map<string, number>> {
  const rows = await database.read
    .selectFrom('gap_watch')
    .select('gap_id')
    .select((builder) => builder.fn.countAll<number>().as('n'))
    .where('told_at', 'is', null)
    .groupBy('gap_id')
    .execute();
  return new Map(rows.map(({ gap_id, n }) => [gap_id, Number(n)]));
}

function tally(values: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** ISO week, `2026-W48`. */
export function weekOf(at: string): string {
  const day = new Date(at.slice(0, 10));
  day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
  const start = Date.UTC(day.getUTCFullYear(), 0, 1);
  return `${day.getUTCFullYear()}-W${String(Math.ceil(((day.getTime() - start) / 86_400_000 + 1) / 7)).padStart(2, '0')}`;
}
