/** What is due is told: reminders, calls, changes, news. By day only, but for a call to the counter and what is urgent; so many at a time in each channel. */
import { z } from 'zod';
import type { Bookings } from '../../connectors/bookings/contract.ts';
import { addDays, createZone } from '../../connectors/bookings/zone.ts';
import type { Cases } from '../../connectors/cases/contract.ts';
import type { Database, Reader, Writer } from '../../connectors/databases/contract.ts';
import type { NoticeWatchTable } from '../../connectors/databases/schema/notices.ts';
import type { Lines } from '../../connectors/lines/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { plainReply } from '../conversation/replies.ts';
import { whenWhere } from '../dialogs/booking/slot-field.ts';
import { dateInWords } from '../dialogs/dates/in-words.ts';
import { localNow } from '../dialogs/dates/calendar.ts';
import type { Reply } from '../message.ts';
import { recipientsOf } from './audience.ts';
import { isAwake } from './hours.ts';
import { type News, type Newsroom, newsInWords } from './news.ts';
import type { Telling } from './tell.ts';
import { markTold } from './watch.ts';

export interface DueParts {
  database: Database;
  telling: Telling;
  newsroom: Pick<Newsroom, 'inForce' | 'hours'>;
  bookings: Pick<Bookings, 'get'>;
  lines: Pick<Lines, 'get'>;
  cases: Pick<Cases, 'find'>;
  speech(lang: string): Say;
  timeZone: string;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
}

/** Minutes after midnight at which the day before is a good time for a reminder. */
const REMIND_AT = 10 * 60;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const AT_ONCE = 200;
const caseData = z.object({ ref: z.object({ number: z.number(), year: z.number() }), proof: z.unknown(), seen: z.string() });

/** What looking at a watch comes to: told and done, done with nothing to tell, or looked at again later. */
type Found = { tell: string; data?: object } | { again: number; data?: object } | 'over';

/** Resolves with how many were told. Every half minute or so; several processes may: each notice is told once. */
export function createDue(parts: DueParts): () => Promise<number> {
  const { database, telling, now = Date.now } = parts;
  const zone = createZone(parts.timeZone);
  const iso = (at: number) => new Date(at).toISOString();

  async function look(row: NoticeWatchTable, awake: boolean): Promise<Found> {
    const say = parts.speech(row.lang);
    if (row.kind === 'ticket') {
      const ticket = await parts.lines.get(row.subject);
      if (ticket.kind === 'not_found') return 'over';
      if (ticket.kind !== 'ok' || ticket.value.status === 'waiting') return { again: now() };
      const { status, label, line } = ticket.value;
      return status === 'called' ? { tell: say('noticeTurn', { ticket: label, line: line.name }) } : 'over';
    }
    if (!awake) return { again: Date.parse(row.due_at) };
    const { mandate, ...about } = JSON.parse(row.json) as { mandate?: string };
    if (mandate && !(await stands(mandate, row.kind === 'case' ? 'cases' : 'bookings'))) return 'over';
    if (row.kind === 'booking') {
      const { fact } = about as { fact: string };
      const booking = await parts.bookings.get(row.subject, { kind: 'fact', fact });
      if (booking.kind === 'down' || booking.kind === 'retry_after' || booking.kind === 'unknown') return { again: now() + HOUR_MS };
      if (booking.kind !== 'ok' || booking.value.status !== 'booked') return 'over';
      const { start, service } = booking.value;
      const due = zone.at(addDays(start.slice(0, 10), -1), REMIND_AT) ?? now();
      // The office may move it to an earlier day meanwhile.
      if (now() < due) return { again: Math.min(due, now() + DAY_MS) };
      // Whoever booked for tomorrow knows it still.
      if (now() >= Date.parse(start) || Date.parse(row.created_at) >= due) return 'over';
      return { tell: say('noticeReminder', { service: service.name, when: whenWhere(booking.value, row.lang), code: row.subject }) };
    }
    if (row.kind === 'expiry') {
      const { document, day } = about as { document: string; day: string };
      return { tell: say('noticeExpiry', { document, day: dateInWords({ date: day }, row.lang) }) };
    }
    const data = caseData.parse(about);
    const found = await parts.cases.find(data.ref, data.proof as Parameters<Cases['find']>[1]);
    if (found.kind === 'not_found') return 'over';
    if (found.kind !== 'ok' || found.value.status === data.seen) return { again: now() + HOUR_MS };
    const seen = { ...data, seen: found.value.status, ...(mandate && { mandate }) };
    return { tell: say('noticeCase', { ref: row.subject, state: say(`case_${found.value.status}`) }), data: seen };
  }

  /** One transaction: the notice on the line and what says that it is there. */
  async function tell(conversationId: string, reply: Reply, key: string, origin: string, also: (tx: Writer) => Promise<boolean>) {
    const prepared = await telling.prepare(conversationId, reply, key, origin);
    if (!prepared) return false;
    const told = await database.write(async (tx) => ((await also(tx)) ? telling.write(tx, prepared) : null));
    if (told) telling.announce(told);
    return told !== null;
  }

  /** As it was read: what another process told meanwhile, or the citizen asked for anew, stays as it is. */
  const settle = ({ id, due_at }: NoticeWatchTable, values: { due_at?: string; done_at?: string }) =>
    database.write((tx) =>
      tx.updateTable('notice_watch').set(values).where('id', '=', id).where('due_at', '=', due_at).where('done_at', 'is', null).execute(),
    );

  /** What is seen under a mandate is told for as long as it stands, or another for the same between the same two. */
  async function stands(mandate: string, scope: string): Promise<boolean> {
    const row = await database.read
      .selectFrom('mandate as given')
      .innerJoin('mandate', (join) => join.onRef('mandate.principal', '=', 'given.principal').onRef('mandate.holder', '=', 'given.holder'))
      .select('mandate.id')
      .where('given.id', '=', mandate)
      .where('mandate.scope', 'in', ['all', scope])
      .where('mandate.revoked_at', 'is', null)
      .where('mandate.until_day', '>=', localNow(new Date(now()), parts.timeZone).today)
      .executeTakeFirst();
    return row !== undefined;
  }

  async function watched(row: NoticeWatchTable, awake: boolean): Promise<boolean> {
    const found = await look(row, awake);
    if (found === 'over') {
      await settle(row, { done_at: iso(now()) });
      return false;
    }
    if ('again' in found) {
      if (iso(found.again) !== row.due_at) await settle(row, { due_at: iso(found.again) });
      return false;
    }
    if (row.kind !== 'ticket' && (await refused(database.read, row))) {
      await settle(row, { done_at: iso(now()) });
      return false;
    }
    const { data } = found;
    const next = data ? { json: JSON.stringify(data), due_at: iso(now() + HOUR_MS) } : { done_at: iso(now()) };
    const reply = plainReply(found.tell, row.lang);
    const told = await tell(row.conversation_id, reply, `${row.id}:${row.due_at}`, row.origin, async (tx) => {
      if (row.kind !== 'ticket' && (await refused(tx, row))) return false;
      const mine = await tx
        .updateTable('notice_watch')
        .set(next)
        .where('id', '=', row.id)
        .where('due_at', '=', row.due_at)
        .where('done_at', 'is', null)
        .executeTakeFirst();
      return Number(mine.numUpdatedRows) === 1;
    });
    // The conversation is gone, or wants no reminders any more.
    if (!told) await settle(row, { done_at: iso(now()) });
    return told;
  }

  /** Bookings are remembered unasked: no means none. What was asked for after the no is told. */
  const refused = async (rows: Reader | Writer, { conversation_id, kind, created_at }: NoticeWatchTable) =>
    (await rows
      .selectFrom('notice_consent')
      .select('kind')
      .where('conversation_id', '=', conversation_id)
      .where('kind', '=', 'no-reminders')
      .where('ended_at', 'is', null)
      .$if(kind !== 'booking', (query) => query.where('given_at', '>=', created_at))
      .executeTakeFirst()) !== undefined;

  /** Between the list and their turn they may have said no. */
  async function agrees(tx: Writer, { kind }: News, conversationId: string): Promise<boolean> {
    const rows = await tx
      .selectFrom('notice_consent')
      .select('ended_at')
      .where('conversation_id', '=', conversationId)
      .where('kind', '=', 'news')
      .execute();
    return rows.some(({ ended_at }) => ended_at === null) || (kind === 'ended' && rows.length === 0);
  }

  return async () => {
    const { time } = localNow(new Date(now()), parts.timeZone);
    const hours = parts.newsroom.hours.value();
    const awake = isAwake(hours, time);
    const left = new Map<string, number>();
    const mayTell = (channel: string) => {
      const rest = left.get(channel) ?? hours.perChannel;
      left.set(channel, rest - 1);
      return rest > 0;
    };
    let count = 0;
    const rows = await database.read
      .selectFrom('notice_watch')
      .innerJoin('conversation', 'conversation.id', 'notice_watch.conversation_id')
      .selectAll('notice_watch')
      .select('conversation.channel')
      .where('notice_watch.done_at', 'is', null)
      .where('notice_watch.due_at', '<=', iso(now()))
      .$if(!awake, (query) => query.where('notice_watch.kind', '=', 'ticket'))
      .orderBy('notice_watch.due_at')
      .limit(AT_ONCE)
      .execute();
    for (const row of rows) {
      if ((left.get(row.channel) ?? 1) <= 0) continue;
      try {
        if (!(await watched(row, awake))) continue;
        mayTell(row.channel);
        count += 1;
      } catch (error) {
        // One that cannot be looked at holds up none of the others.
        parts.log.warn({ error, kind: row.kind }, 'a notice could not be told; it is looked at again in an hour');
        await settle(row, { due_at: iso(now() + HOUR_MS) });
      }
    }
    for (const news of parts.newsroom.inForce(now()).filter(({ urgent }) => awake || urgent))
      for (const { id, channel, lang } of await recipientsOf(database, news, AT_ONCE)) {
        if (!mayTell(channel)) continue;
        const spoken = lang ?? 'it';
        const reply = plainReply(newsInWords(news, parts.speech(spoken), spoken), spoken);
        const mark = async (tx: Writer) => (await agrees(tx, news, id)) && markTold(tx, news.id, id, channel, iso(now()));
        if (await tell(id, reply, `news:${news.id}:${id}`, '', mark)) count += 1;
      }
    return count;
  };
}
