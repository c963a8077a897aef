/** Tickets of people waiting at a counter. Types stand in ../schema/lines.ts. */
export default function lines(): string[] {
  return [
    // Two tickets with one number would need two rows with one key: the second taker tries again with the next number.
    `create table ticket (
      id text primary key, request_key text not null unique, line text not null, day text not null, number integer not null, status text not null,
      created_at text not null, called_at text, ended_at text, unique (line, day, number))`,
    `create index ticket_waiting on ticket (line, day, number) where status = 'waiting'`,
  ];
}
