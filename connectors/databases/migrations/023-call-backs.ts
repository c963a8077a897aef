/** Call-backs: seats of the desk's time, held and booked. Types stand in ../schema/call-backs.ts. */
export default function callBacks(): string[] {
  return [
    // The pair decides who has a seat: a held or booked one stands here, one given back has no number.
    `create table call_back (
      id text primary key, team text not null, start_at text not null, end_at text not null, seat integer, state text not null, expires_at text,
      handoff_id text, conversation_id text, request_key text unique, phone text not null, lang text not null, origin text not null,
      consented_at text, remind_at text, reminded_at text, shown_at text, tries integer not null, created_at text not null)`,
    `create unique index call_back_seat on call_back (team, start_at, seat)`,
    `create index call_back_conversation on call_back (conversation_id)`,
    `create index call_back_handoff on call_back (handoff_id)`,
    `create index call_back_open on call_back (state, start_at)`,
    `alter table handoff add column call_at text`,
    // Single letters as keys, as the agent chose.
    `alter table desk_presence add column letters integer not null default 1`,
  ];
}
