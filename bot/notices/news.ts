/** News that staff write for many: dated alerts, corrections of false news with their source, campaigns. Kept in memory: greetings show what is in force. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { keep } from '../office/kept.ts';
import { type KeptNoticeHours, keepNoticeHours } from './hours.ts';

export const KINDS = ['alert', 'correction', 'campaign'] as const;

export interface News {
  id: string;
  kind: (typeof KINDS)[number] | 'ended';
  text: string;
  /** The same in other languages, by code. */
  texts: Record<string, string>;
  source: { title: string; url: string };
  topic: string;
  urgent: boolean;
  /** ISO UTC. */
  from: string;
  until: string | null;
  ended: string | null;
}

export type NewsInput = Omit<News, 'id' | 'ended' | 'kind'> & { kind: (typeof KINDS)[number] };

export interface Newsroom {
  list(): News[];
  /** Begun, and neither over nor withdrawn. */
  inForce(now: number): News[];
  write(news: NewsInput, by: string, also: (tx: Writer, id: string) => Promise<void>): Promise<string>;
  /** Who was told is told that it holds no more. False = there is none in force by that id. */
  end(id: string, by: string, also: (tx: Writer) => Promise<void>): Promise<boolean>;
  /** When it is told, and how much at a time. */
  hours: Pick<KeptNoticeHours, 'value' | 'save'>;
  stop(): void;
}

/** How long those who were told of something are told that it is over. */
const ENDED_MS = 7 * 86_400_000;
/** Campaigns that are long over are of no use in memory. */
const KEPT = 200;

export async function createNewsroom(database: Database, now: () => number = Date.now): Promise<Newsroom> {
  const kept = await keep(database, 'notices', async () => {
    const rows = await database.read.selectFrom('notice').selectAll().orderBy('created_at', 'desc').limit(KEPT).execute();
    return rows.map(
      (row): News => ({
        id: row.id,
        kind: row.kind as News['kind'],
        text: row.text,
        texts: JSON.parse(row.texts) as Record<string, string>,
        source: { title: row.source_title, url: row.source_url },
        topic: row.topic,
        urgent: row.urgent === 1,
        from: row.from_at,
        until: row.until_at,
        ended: row.ended_at,
      }),
    );
  });
  const hours = await keepNoticeHours(database, now);
  const stamp = () => new Date(now()).toISOString();
  const insert = (tx: Writer, id: string, news: NewsInput | (Omit<NewsInput, 'kind'> & { kind: 'ended' }), by: string) =>
    tx
      .insertInto('notice')
      .values({
        id,
        kind: news.kind,
        text: news.text,
        texts: JSON.stringify(news.texts),
        source_title: news.source.title,
        source_url: news.source.url,
        topic: news.topic,
        urgent: news.urgent ? 1 : 0,
        from_at: news.from,
        until_at: news.until,
        ended_at: null,
        created_by: by,
        created_at: stamp(),
      })
      .execute();

  return {
    list: () => kept.value(),
    inForce(at) {
      const all = kept.value();
      // Asked in every turn, and mostly there is none.
      if (all.length === 0) return [];
      const day = new Date(at).toISOString();
      return all.filter(({ from, until, ended }) => from <= day && !ended && (until === null || until > day));
    },
    async write(news, by, also) {
      const id = randomUUID();
      await database.write(async (tx) => {
        await insert(tx, id, news, by);
        await also(tx, id);
      });
      await kept.changed();
      return id;
    },
    async end(id, by, also) {
      const news = kept.value().find((one) => one.id === id && !one.ended && one.kind !== 'ended');
      if (!news) return false;
      const at = stamp();
      const until = new Date(now() + ENDED_MS).toISOString();
      const ended = await database.write(async (tx) => {
        const mine = await tx
          .updateTable('notice')
          .set({ ended_at: at })
          .where('id', '=', id)
          .where('ended_at', 'is', null)
          .executeTakeFirst();
        // Of two who end it at once one does, so that it is told once.
        if (Number(mine.numUpdatedRows) === 0) return false;
        if (news.kind !== 'campaign') await insert(tx, randomUUID(), { ...news, kind: 'ended', topic: id, from: at, until }, by);
        await also(tx);
        return true;
      });
      await kept.changed();
      return ended;
    },
    hours,
    stop() {
      kept.stop();
      hours.stop();
    },
  };
}

/** As a citizen reads it: what it is, where it comes from, and how to get no more where it was asked for. */
export function newsInWords(news: News, say: Say, lang: string): string {
  const text = news.texts[lang] ?? news.text;
  const key = { alert: 'noticeAlert', correction: 'noticeCorrection', campaign: '', ended: 'noticeEnded' }[news.kind];
  const lines = [key ? say(key, { text }) : text];
  if (news.source.url) lines.push(say('noticeSource', news.source));
  if (news.kind === 'campaign') lines.push(say('noticeStop'));
  return lines.join('\n\n');
}
