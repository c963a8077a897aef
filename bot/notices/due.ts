/** What is due is told: reminders, calls, changes, news. By day only, but for a call to the counter and what is urgent; so many at a time in each channel. */
import { z } from 'zod';
import type { Bookings } from '../../connectors/bookings/contract.ts';
import { addDays, createZone } from '../../connectors/bookings/zone.ts';
import type { Cases } from '../../connectors/cases/contract.ts';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { NoticeWatchTable } from '../../connectors/databases/schema/notices.ts';
import type { Lines } from '../../connectors/lines/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { plainReply } from '../conversation/replies.ts';
import { whenWhere } from '../dialogs/booking/slot-field.ts';
import { dateInWords } from '../dialogs/dates/in-words.ts';
import { localNow } from '../dialogs/dates/calendar.ts';
import type { Reply } from '../message.ts';
import { type News, type Newsroom, newsInWords } from './news.ts';
import type { Telling } from './tell.ts';
import { markTold } from './watch.ts';

export interface DueParts {
  database: Database;
  telling: Telling;
  newsroom: Pick<Newsroom, 'inForce'>;
  bookings: Pick<Bookings, 'get'>;
  lines: Pick<Lines, 'get'>;
  cases: Pick<Cases, 'find'>;
  speech(lang: string): Say;
  timeZone: string;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
  /** Told in one channel at a run; a service that gets more at once holds them up, or shuts us out. */
  perChannel?: number;
}

const FROM = '08:00';
const TO = '20:00';
/** Minutes after midnight at which the day before is a good time for a reminder. */
const REMIND_AT = 10 * 60;
const HOUR_MS = 3_600_000;
const AT_ONCE = 200;
const PER_CHANNEL = 20;
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
    if (row.kind === 'booking') {
      const { fact } = JSON.parse(row.json) as { fact: string };
      const booking = await parts.bookings.get(row.subject, { kind: 'fact', fact });
      if (booking.kind === 'down' || booking.kind === 'retry_after' || booking.kind === 'unknown') return { again: now() + HOUR_MS };
      if (booking.kind !== 'ok' || booking.value.status !== 'booked') return 'over';
      const { start, service } = booking.value;
      const due = zone.at(addDays(start.slice(0, 10), -1), REMIND_AT) ?? now();
      if (now() < due) return { again: due };
      // Whoever booked for tomorrow knows it still.
      if (now() >= Date.parse(start) || Date.parse(row.created_at) >= due) return 'over';
      return { tell: say('noticeReminder', { service: service.name, when: whenWhere(booking.value, row.lang), code: row.subject }) };
    }
    if (row.kind === 'expiry') {
      const { document, day } = JSON.parse(row.json) as { document: string; day: string };
      return { tell: say('noticeExpiry', { document, day: dateInWords({ date: day }, row.lang) }) };
    }
    const data = caseData.parse(JSON.parse(row.json));
    const found = await parts.cases.find(data.ref, data.proof as Parameters<Cases['find']>[1]);
    if (found.kind === 'not_found') return 'over';
    if (found.kind !== 'ok' || found.value.status === data.seen) return { again: now() + HOUR_MS };
    const seen = { ...data, seen: found.value.status };
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

  const settle = (id: string, values: { due_at?: string; done_at?: string; json?: string }) =>
    database.write((tx) => tx.updateTable('notice_watch').set(values).where('id', '=', id).where('done_at', 'is', null).execute());

  async function watched(row: NoticeWatchTable, awake: boolean): Promise<boolean> {
    const found = await look(row, awake);
    if (found === 'over') {
      await settle(row.id, { done_at: iso(now()) });
      return false;
    }
    if ('again' in found) {
      if (iso(found.again) !== row.due_at) await settle(row.id, { due_at: iso(found.again) });
      return false;
    }
    if (row.kind !== 'ticket' && (await refused(row.conversation_id))) {
      await settle(row.id, { done_at: iso(now()) });
      return false;
    }
    const { data } = found;
    const next = data ? { json: JSON.stringify(data), due_at: iso(now() + HOUR_MS) } : { done_at: iso(now()) };
    const reply = plainReply(found.tell, row.lang);
    const told = await tell(row.conversation_id, reply, `${row.id}:${row.due_at}`, row.origin, async (tx) => {
      const mine = await tx
        .updateTable('notice_watch')
        .set(next)
        .where('id', '=', row.id)
        .where('due_at', '=', row.due_at)
        .where('done_at', 'is', null)
        .executeTakeFirst();
      return Number(mine.numUpdatedRows) === 1;
    });
    // The conversation is gone.
    if (!told) await settle(row.id, { done_at: iso(now()) });
    return told;
  }

  const refused = async (conversationId: string) =>
    (await database.read
      .selectFrom('notice_consent')
      .select('kind')
      .where('conversation_id', '=', conversationId)
      .where('kind', '=', 'no-reminders')
      .where('ended_at', 'is', null)
      .executeTakeFirst()) !== undefined;

  /** Who agreed, and had it not yet. */
  async function recipients(news: News) {
    const had = database.read.selectFrom('notice_told').select('conversation_id').where('notice_id', '=', news.id);
    if (news.kind === 'ended')
      return database.read
        .selectFrom('notice_told')
        .innerJoin('conversation', 'conversation.id', 'notice_told.conversation_id')
        .select(['conversation.id', 'conversation.channel', 'conversation.lang'])
        .where('notice_told.notice_id', '=', news.topic)
        .where('conversation.id', 'not in', had)
        .limit(AT_ONCE)
        .execute();
    return database.read
      .selectFrom('notice_consent')
      .innerJoin('conversation', 'conversation.id', 'notice_consent.conversation_id')
      .select(['conversation.id', 'conversation.channel', 'conversation.lang'])
      .distinct()
      .where('notice_consent.kind', '=', 'news')
      .where('notice_consent.ended_at', 'is', null)
      .$if(news.topic !== '', (query) => query.where('notice_consent.topic', 'in', ['', news.topic]))
      .where('conversation.id', 'not in', had)
      .limit(AT_ONCE)
      .execute();
  }

  return async () => {
    const { time } = localNow(new Date(now()), parts.timeZone);
    const awake = time >= FROM && time < TO;
    const left = new Map<string, number>();
    const mayTell = (channel: string) => {
      const rest = left.get(channel) ?? parts.perChannel ?? PER_CHANNEL;
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
      if (await watched(row, awake)) {
        mayTell(row.channel);
        count += 1;
      }
    }
    for (const news of parts.newsroom.inForce(now()).filter(({ urgent }) => awake || urgent))
      for (const { id, channel, lang } of await recipients(news)) {
        if (!mayTell(channel)) continue;
        const spoken = lang ?? 'it';
        const reply = plainReply(newsInWords(news, parts.speech(spoken), spoken), spoken);
        if (await tell(id, reply, `news:${news.id}:${id}`, '', (tx) => markTold(tx, news.id, id, channel, iso(now())))) count += 1;
      }
    return count;
  };
}
