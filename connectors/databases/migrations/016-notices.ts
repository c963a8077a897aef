/** Notices: what is owed to whom, consent to news, the news and who had them. Types stand in ../schema/notices.ts. */
export default function notices(): string[] {
  return [
    `create table notice_watch (
      id text primary key, conversation_id text not null, kind text not null, subject text not null, json text not null, lang text not null,
      origin text not null, due_at text not null, done_at text, created_at text not null)`,
    `create index notice_watch_due on notice_watch (due_at) where done_at is null`,
    `create index notice_watch_conversation on notice_watch (conversation_id)`,
    `create table notice_consent (
      conversation_id text not null, kind text not null, topic text not null, lang text not null, origin text not null, given_at text not null,
      ended_at text, primary key (conversation_id, kind, topic))`,
    `create table notice (
      id text primary key, kind text not null, text text not null, texts text not null, source_title text not null, source_url text not null,
      topic text not null, urgent integer not null, from_at text not null, until_at text, ended_at text, created_by text not null, created_at text not null)`,
    `create table notice_told (
      notice_id text not null, conversation_id text not null, channel text not null, told_at text not null, primary key (notice_id, conversation_id))`,
    `create index notice_told_conversation on notice_told (conversation_id)`,
  ];
}
