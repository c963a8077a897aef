/** The desk: who took a request for a person, what became of it, notes among staff, and which agents are there. Types stand in ../schema/desk.ts. */
export default function desk(): string[] {
  return [
    `alter table handoff add column office text`,
    `alter table handoff add column lang text`,
    `alter table handoff add column agent_id text`,
    `alter table handoff add column agent_name text`,
    `alter table handoff add column claimed_at text`,
    `alter table handoff add column first_reply_at text`,
    `alter table handoff add column closed_at text`,
    `alter table handoff add column outcome text`,
    `alter table handoff add column topic text`,
    `create index handoff_open on handoff (state, created_at)`,
    `create index handoff_conversation on handoff (conversation_id)`,
    `create table handoff_note (id text primary key, handoff_id text not null, author text not null, text text not null, created_at text not null)`,
    `create index handoff_note_of on handoff_note (handoff_id, created_at)`,
    `create table desk_presence (user_id text primary key, name text not null, office text, seen_at text not null, paused integer not null, capacity integer not null)`,
  ];
}
