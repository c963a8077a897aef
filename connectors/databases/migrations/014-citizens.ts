/** Sign-ins of citizens, and what they lead to. Types stand in ../schema/citizens.ts. */
export default function citizens(): string[] {
  return [
    `create table sign_in (id text primary key, conversation_id text not null, channel text not null, citizen_id text not null, lang text not null,
      wish text, level integer not null, state text unique, browser text, created_at text not null, expires_at text not null, used_at text)`,
    `create index sign_in_conversation on sign_in (conversation_id)`,
    `create table citizen_session (id text primary key, conversation_id text not null, channel text not null, citizen_id text not null,
      person text not null, fiscal_code text not null, name text not null, level integer not null, wish text, browser text not null unique,
      confirm text, tries integer not null default 0, created_at text not null, expires_at text not null)`,
    `create index citizen_session_conversation on citizen_session (conversation_id)`,
    `create table citizen_conversation (person text not null, conversation_id text not null, linked_at text not null, primary key (person, conversation_id))`,
    `create index citizen_conversation_conversation on citizen_conversation (conversation_id)`,
  ];
}
