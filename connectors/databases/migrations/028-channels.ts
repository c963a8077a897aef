/** When somebody asked for a dead letter to be tried again: it stays in sight until it has arrived. Types stand in ../schema.ts. */
export default function channels(): string[] {
  return [
    'alter table inbox add column retried_at text',
    'alter table outbox add column retried_at text',
    "create index outbox_retried on outbox (retried_at) where retried_at is not null and status = 'new'",
    "create index inbox_retried on inbox (retried_at) where retried_at is not null and status = 'new'",
  ];
}
