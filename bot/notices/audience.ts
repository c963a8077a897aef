/** Who a piece of news is for: only who agreed. One place says it, for the preview as for the telling. */
import type { Database } from '../../connectors/databases/contract.ts';
import { plain } from '../conversation/filling/control.ts';
import type { News } from './news.ts';

/** Citizens' words for it were written down without accents. */
export const topicsOf = (topic: string): string[] => ['', topic, plain(topic)];

export interface Reach {
  channel: string;
  /** Conversations that agreed. */
  agreed: number;
  /** Of these: the citizen has shut the channel. */
  blocked: number;
  /** Of these: the channel takes only an approved template now. */
  outsideWindow: number;
}

export interface Preview {
  total: number;
  channels: Reach[];
  /** Languages they are written to in, most first. */
  languages: { lang: string; agreed: number }[];
}

/** Conversations that agreed to news of the topic. */
const agreedTo = (database: Database, topic: string) =>
  database.read
    .selectFrom('notice_consent')
    .innerJoin('conversation', 'conversation.id', 'notice_consent.conversation_id')
    .select(['conversation.id', 'conversation.channel', 'conversation.lang'])
    .distinct()
    .where('notice_consent.kind', '=', 'news')
    .where('notice_consent.ended_at', 'is', null)
    .$if(topic !== '', (query) => query.where('notice_consent.topic', 'in', topicsOf(topic)));

/** Who agreed, and had it not yet; at most `most`. */
export async function recipientsOf(database: Database, news: News, most: number) {
  const had = database.read.selectFrom('notice_told').select('conversation_id').where('notice_id', '=', news.id);
  const consents = () => database.read.selectFrom('notice_consent').select('conversation_id').where('kind', '=', 'news');
  if (news.kind === 'ended')
    return (
      database.read
        .selectFrom('notice_told')
        .innerJoin('conversation', 'conversation.id', 'notice_told.conversation_id')
        .select(['conversation.id', 'conversation.channel', 'conversation.lang'])
        .where('notice_told.notice_id', '=', news.topic)
        .where('conversation.id', 'not in', had)
        // Whoever wants no more news gets none, not even that one is over.
        .where((eb) =>
          eb.or([
            eb('conversation.id', 'not in', consents().where('ended_at', 'is not', null)),
            eb('conversation.id', 'in', consents().where('ended_at', 'is', null)),
          ]),
        )
        .limit(most)
        .execute()
    );
  return (
    agreedTo(database, news.topic)
      // What has no end is not sent again to each who comes later.
      .$if(news.until === null, (query) => query.where('notice_consent.given_at', '<=', news.from))
      .where('conversation.id', 'not in', had)
      .limit(most)
      .execute()
  );
}

/** How many would be told if it were written now, by channel and language. Reads every consent once: grows with their number. */
export async function previewOf(database: Database, topic: string, now: number): Promise<Preview> {
  const rows = await agreedTo(database, topic).execute();
  const shut = await database.read
    .selectFrom('channel_address')
    .select(['conversation_id', 'channel', 'blocked_at', 'window_until'])
    .where((eb) => eb.or([eb('blocked_at', 'is not', null), eb('window_until', '<=', new Date(now).toISOString())]))
    .execute();
  const shutBy = new Map(shut.map((row) => [`${row.channel} ${row.conversation_id}`, row]));
  const channels = new Map<string, Reach>();
  const languages = new Map<string, number>();
  for (const { id, channel, lang } of rows) {
    const reach = channels.get(channel) ?? { channel, agreed: 0, blocked: 0, outsideWindow: 0 };
    const address = shutBy.get(`${channel} ${id}`);
    reach.agreed += 1;
    if (address?.blocked_at) reach.blocked += 1;
    else if (address) reach.outsideWindow += 1;
    channels.set(channel, reach);
    languages.set(lang ?? 'it', (languages.get(lang ?? 'it') ?? 0) + 1);
  }
  return {
    total: rows.length,
    channels: [...channels.values()].sort((a, b) => b.agreed - a.agreed),
    languages: [...languages].map(([lang, agreed]) => ({ lang, agreed })).sort((a, b) => b.agreed - a.agreed),
  };
}

/** The topics that citizens asked for, with how many: what a campaign may be about. */
export async function topicsAskedFor(database: Database): Promise<{ topic: string; agreed: number }[]> {
  const rows = await database.read
    .selectFrom('notice_consent')
    .select((eb) => ['topic', eb.fn.countAll<number>().as('agreed')])
    .where('kind', '=', 'news')
    .where('ended_at', 'is', null)
    .where('topic', '!=', '')
    .groupBy('topic')
    .orderBy('topic')
    .execute();
  return rows.map(({ topic, agreed }) => ({ topic, agreed: Number(agreed) }));
}
