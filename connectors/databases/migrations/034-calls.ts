/** A clerk whose connection was lost calls again with the same key, and gets the same person. Types stand in ../schema/lines.ts and ../schema/mails.ts. */
export default function calls(): string[] {
  return [
    'alter table ticket add column call_key text',
    'create unique index ticket_call on ticket (call_key) where call_key is not null',
    'alter table counter_call add column call_key text',
    'create unique index counter_call_key on counter_call (call_key) where call_key is not null',
  ];
}
