/** Letters that wait to be sent; what stood in one goes once it is sent. Types stand in ../schema/mails.ts. */
export default function mails(): string[] {
  return [
    `create table mail (
      id text primary key, conversation_id text, address text not null, json text not null, status text not null, attempts integer not null default 0,
      next_at text not null, claimed_until text, error text, created_at text not null, done_at text)`,
    `create index mail_due on mail (next_at) where status = 'new'`,
    `create index mail_conversation on mail (conversation_id) where conversation_id is not null`,
  ];
}
