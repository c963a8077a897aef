/** Reading the desk's requests: lists, one with everything known so far, and who may see it. */
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';
import type { HandoffTable } from '../../connectors/databases/schema/desk.ts';
import type { Answer } from '../../knowledge/answering/question.ts';
import type { ConversationState } from '../conversation/conversation.ts';
import { citationsOf } from '../conversation/replies.ts';
import type { Staff } from '../http/route.ts';
import { type Delivered, deliveriesOf } from './deliveries.ts';
import type { ReplyCitation } from '../message.ts';
import { type Standing, standingIn } from './proposal.ts';

const MOST = 200;
const LINES = 500;
/** How a citizen’s words that another tool refused for good are marked among the dead letters: they are no reply of ours. */
export const DEAD_HANDOFF = 'handoff:';
export const OPEN = ['requested', 'queued', 'accepted'];

export interface Handoff {
  id: string;
  number: string;
  conversationId: string;
  state: string;
  reason: string;
  office: string | null;
  lang: string | null;
  channel: string;
  request: { text?: string; contact?: string | null; office?: string | null; number?: string };
  agent: { id: string; name: string } | null;
  createdAt: string;
  updatedAt: string;
  claimedAt: string | null;
  firstReplyAt: string | null;
  closedAt: string | null;
  outcome: string | null;
  topic: string | null;
  /** Promised for the first reply and for the end, counted in opening hours; null = nothing promised. */
  firstDueAt: string | null;
  resolveDueAt: string | null;
  /** Id of an answer that waits for an agent's yes. */
  proposedAnswer: string | null;
  /** When the citizen is to be called, ISO UTC; null = not to be. */
  callAt: string | null;
}

export interface Said {
  seq: number;
  role: 'citizen' | 'bot' | 'agent';
  name: string;
  text: string;
  at: string;
  citations: { position: number; title: string; url: string; quote: string }[];
  attachments: { name: string; url: string }[];
  /** Null = the citizen pulls it, or it is the citizen's own. */
  delivery: Delivered | null;
}

export interface Packet extends Handoff {
  /** Made by rules from the conversation, and marked so on the screen. */
  summary: string;
  transcript: Said[];
  notes: { id: string; author: string; text: string; kind: string; createdAt: string }[];
  /** The answer that waits, as the citizen would read it. */
  proposed: { text: string; citations: ReplyCitation[] } | null;
  /** Staff that it can be given to. */
  colleagues: { id: string; name: string; office: string | null; present: boolean }[];
  /** How sure we are of who the citizen is; `verified`: exactly one person has signed in in the conversation. */
  identity: 'unknown' | 'verified';
  /** Of the sign-in that stands in the chat now; null = none does. */
  level: number | null;
  /** The call that the citizen waits for. */
  callBack: { start: string; end: string; phone: string; tries: number } | null;
  /** An appointment that stands open before the citizen. */
  standing: Standing | null;
}

/** A staff user of one office works for that office and for requests of none. */
export const mayWorkOn = (staff: Staff, office: string | null): boolean => !staff.office || !office || staff.office === office;

export const VIEWS = ['open', 'waiting', 'mine', 'calls', 'closed'] as const;
export type View = (typeof VIEWS)[number];

/** A call shows among those who wait this long before its time. */
export const CALL_SHOWN_MS = 5 * 60_000;

/** At most 200: first those who wait or talk in the chat, and what was left while there is room; in order of time. */
export async function listHandoffs(database: Database, staff: Staff, view: View, now = Date.now()): Promise<Handoff[]> {
  let query = database.read
    .selectFrom('handoff')
    .innerJoin('conversation', 'conversation.id', 'handoff.conversation_id')
    .selectAll('handoff')
    .select('conversation.channel as channel');
  if (view === 'open') query = query.where('handoff.state', 'in', OPEN);
  if (view === 'waiting') query = query.where('handoff.state', 'in', ['requested', 'queued']);
  if (view === 'mine') {
    // What a colleague has asked one to look at is one's own too, as long as it is open.
    const mentioned = database.read.selectFrom('handoff_note').select('handoff_id').where('mentions', 'like', `%"${staff.id}"%`);
    query = query
      .where('handoff.state', 'in', OPEN)
      .where((eb) =>
        eb.or([
          eb.and([
            eb.or([eb('handoff.state', '=', 'accepted'), eb('handoff.call_at', 'is not', null)]),
            eb('handoff.agent_id', '=', staff.id),
          ]),
          eb('handoff.id', 'in', mentioned),
        ]),
      );
  }
  if (view === 'calls') query = query.where('handoff.state', '=', 'requested').where('handoff.call_at', 'is not', null);
  if (view === 'open' || view === 'waiting') {
    const soon = new Date(now + CALL_SHOWN_MS).toISOString();
    query = query.where((eb) =>
      eb.or([eb('handoff.call_at', 'is', null), eb('handoff.call_at', '<=', soon), eb('handoff.state', '!=', 'requested')]),
    );
  }
  if (view === 'closed') query = query.where('handoff.state', '=', 'completed');
  if (staff.office)
    query = query.where((eb) =>
      eb.or([
        eb('handoff.office', 'is', null),
        eb('handoff.office', 'in', ['', staff.office ?? '']),
        eb('handoff.agent_id', '=', staff.id),
      ]),
    );
  if (view === 'closed') query = query.orderBy('handoff.closed_at', 'desc');
  else if (view === 'calls') query = query.orderBy('handoff.call_at');
  // Whoever waits in the chat must not be hidden behind what was left while nobody was there.
  else
    query = query
      .orderBy(sql`case when handoff.state = 'requested' and handoff.call_at is null then 1 else 0 end`)
      .orderBy('handoff.created_at');
  const rows = await query.limit(MOST).execute();
  if (view !== 'closed' && view !== 'calls') rows.sort((a, b) => (a.created_at < b.created_at ? -1 : a.created_at > b.created_at ? 1 : 0));
  return rows.map(toHandoff).filter((handoff) => mayWorkOn(staff, handoff.office) || handoff.agent?.id === staff.id);
}

/** Null when there is no such request, or this staff user may not see it. */
export async function findHandoff(database: Database, staff: Staff, id: string): Promise<Handoff | null> {
  const row = await database.read
    .selectFrom('handoff')
    .innerJoin('conversation', 'conversation.id', 'handoff.conversation_id')
    .selectAll('handoff')
    .select('conversation.channel as channel')
    .where('handoff.id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const handoff = toHandoff(row);
  return mayWorkOn(staff, handoff.office) || handoff.agent?.id === staff.id ? handoff : null;
}

/** Everything known so far, for whoever takes over. Four indexed reads, and the conversation's last 500 entries. */
export async function readPacket(database: Database, handoff: Handoff, presentAfter: string): Promise<Packet> {
  const [deliveries, entries, notes, answers, users, present, talk, people, call, session] = await Promise.all([
    deliveriesOf(database, handoff.conversationId),
    database.read
      .selectFrom('activity')
      .select(['seq', 'id', 'role', 'json'])
      .where('conversation_id', '=', handoff.conversationId)
      .orderBy('seq', 'desc')
      .limit(LINES)
      .execute(),
    database.read.selectFrom('handoff_note').selectAll().where('handoff_id', '=', handoff.id).orderBy('created_at').execute(),
    database.read
      .selectFrom('answer')
      .select(['question', 'outcome'])
      .where('conversation_id', '=', handoff.conversationId)
      .orderBy('created_at', 'desc')
      .limit(10)
      .execute(),
    database.read.selectFrom('staff_user').select(['id', 'name', 'office']).where('disabled_at', 'is', null).orderBy('name').execute(),
    database.read.selectFrom('desk_presence').select('user_id').where('seen_at', '>', presentAfter).execute(),
    database.read.selectFrom('conversation').select('state').where('id', '=', handoff.conversationId).executeTakeFirst(),
    database.read.selectFrom('citizen_conversation').select('person').where('conversation_id', '=', handoff.conversationId).execute(),
    database.read
      .selectFrom('call_back')
      .select(['start_at as start', 'end_at as end', 'phone', 'tries'])
      .where('handoff_id', '=', handoff.id)
      .where('state', '=', 'booked')
      .executeTakeFirst(),
    database.read
      .selectFrom('citizen_session')
      .select('level')
      .where('conversation_id', '=', handoff.conversationId)
      .where('confirm', 'is', null)
      .where('expires_at', '>', new Date().toISOString())
      .executeTakeFirst(),
  ]);
  const transcript = entries
    .reverse()
    .flatMap((entry) => toSaid(entry, handoff.id).map((one) => ({ ...one, delivery: deliveries.get(entry.id) ?? null })));
  const here = new Set(present.map((row) => row.user_id));
  return {
    ...handoff,
    summary: summarise(transcript, answers.reverse(), handoff),
    transcript,
    notes: notes.map(({ id, author, text, kind, created_at }) => ({ id, author, text, kind, createdAt: created_at })),
    proposed: await readProposed(database, handoff.proposedAnswer),
    colleagues: users.map((user) => ({ ...user, present: here.has(user.id) })),
    identity: people.length === 1 ? 'verified' : 'unknown',
    level: people.length === 1 ? (session?.level ?? null) : null,
    callBack: call ?? null,
    standing: standingIn(JSON.parse(talk?.state ?? '{}') as ConversationState),
  };
}

async function readProposed(database: Database, answerId: string | null): Promise<Packet['proposed']> {
  if (!answerId) return null;
  const row = await database.read.selectFrom('answer').select('json').where('id', '=', answerId).executeTakeFirst();
  const answer = row && (JSON.parse(row.json) as Partial<Answer>);
  return answer?.text && answer.citations ? { text: answer.text, citations: citationsOf(answer as Answer) } : null;
}

function toHandoff(row: HandoffTable & { channel: string }): Handoff {
  const request = JSON.parse(row.request) as Handoff['request'];
  return {
    id: row.id,
    number: request.number ?? row.id.slice(0, 8).toUpperCase(),
    conversationId: row.conversation_id,
    state: row.state,
    reason: row.reason,
    office: row.office ?? request.office ?? null,
    lang: row.lang,
    channel: row.channel,
    request,
    agent: row.agent_id ? { id: row.agent_id, name: row.agent_name ?? '' } : null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    claimedAt: row.claimed_at,
    firstReplyAt: row.first_reply_at,
    closedAt: row.closed_at,
    outcome: row.outcome,
    topic: row.topic,
    firstDueAt: row.first_due_at,
    resolveDueAt: row.resolve_due_at,
    proposedAnswer: row.proposed_answer,
    callAt: row.call_at,
  };
}

interface KeptActivity {
  type?: string;
  text?: string;
  timestamp?: string;
  from?: { name?: string };
  entities?: { citation?: { position: number; '@id': string; text: string; appearance?: { name?: string } }[] }[];
  attachments?: { name?: string; contentUrl?: string }[];
}

/** A file of ours opens with the agent's session, not with the citizen's token. */
const fileAt = (handoffId: string, url: string): string => {
  const file = /\/v3\/directline\/conversations\/[^/]+\/files\/([\w-]+)$/.exec(url)?.[1];
  return file ? `/api/handoffs/${handoffId}/files/${file}` : url;
};

function toSaid({ seq, role, json }: { seq: number; role: string; json: string }, handoffId: string): Omit<Said, 'delivery'>[] {
  const activity = JSON.parse(json) as KeptActivity;
  const attachments = (activity.attachments ?? []).map(({ name, contentUrl }) => ({
    name: name ?? 'allegato',
    url: fileAt(handoffId, contentUrl ?? ''),
  }));
  if (activity.type !== 'message' || (!activity.text && attachments.length === 0)) return [];
  const citations = (activity.entities?.[0]?.citation ?? []).map((one) => ({
    position: one.position,
    title: one.appearance?.name ?? '',
    url: one['@id'],
    quote: one.text,
  }));
  // Link definitions at the end are for channels that render Markdown; here the citations stand by themselves.
  const text = (activity.text ?? '').replace(/\n\n(?:\[\d+\]: .*(?:\n|$))+$/, '');
  return [{ seq, role: role as Said['role'], name: activity.from?.name ?? '', text, at: activity.timestamp ?? '', citations, attachments }];
}

/** One paragraph, by rules: what was asked, what was answered, what was not. */
function summarise(transcript: Said[], answers: { question: string; outcome: string }[], handoff: Handoff): string {
  const asked = answers.map(({ question }) => question);
  const answered = answers.filter(({ outcome }) => outcome === 'answered').length;
  const missed = answers
    .filter(({ outcome }) => outcome === 'unanswerable' || outcome === 'failed')
    .map(({ question }) => `«${short(question)}»`);
  const said = transcript.filter(({ role }) => role === 'citizen').map(({ text }) => text);
  const first = asked[0] ?? said[0] ?? handoff.request.text ?? '';
  const parts = [
    `Ha scritto ${said.length === 1 ? 'un messaggio' : `${said.length} messaggi`}${first ? `, il primo: «${short(first)}»` : ''}.`,
  ];
  if (answers.length > 0) parts.push(`Risposte con fonte: ${answered} su ${answers.length}.`);
  if (missed.length > 0) parts.push(`Senza risposta: ${missed.slice(-3).join(', ')}.`);
  const last = said.at(-1);
  if (last && last !== first) parts.push(`Ultima cosa scritta: «${short(last)}».`);
  if (handoff.request.contact) parts.push(`Ha lasciato un recapito.`);
  return parts.join(' ');
}

const short = (text: string): string => (text.length > 140 ? `${text.slice(0, 139)}…` : text);
