/** Letters that wait to be sent, who is to be told of a seat that became free, who was called to which counter. Types stand in ../schema/mails.ts. */
export default function office(): string[] {
  return [
    `create table mail (
      id text primary key, conversation_id text, address text not null, json text not null, status text not null, attempts integer not null default 0,
      next_at text not null, claimed_until text, error text, created_at text not null, done_at text)`,
    `create index mail_due on mail (next_at) where status = 'new'`,
    `create table waiting_watch (
      code text primary key, conversation_id text not null, fact text not null, lang text not null, origin text not null, told text,
      created_at text not null)`,
    `create index waiting_watch_conversation on waiting_watch (conversation_id)`,
    `create table counter_call (
      id text primary key, day text not null, label text not null, line text not null, counter text, start_at text, arrived_at text, called_at text)`,
    `create index counter_call_day on counter_call (day, called_at)`,
    // Written before a case goes to the office's own tool, completed after it.
    `create table case_sent (case_id text primary key, remote_id text, sent_at text not null)`,
    `create index mail_conversation on mail (conversation_id) where conversation_id is not null`,
  ];
}
