/** The first schema: the line of one message, what the assistant knows, staff, audit. Types of the same names stand in ../schema.ts. */
import { appendOnly, identity } from './differences.ts';

export default function foundation(engine: 'embedded' | 'postgres'): string[] {
  const id = identity(engine);
  return [
    `create table conversation (
      id text primary key, channel text not null, citizen_id text not null, lang text, mode text not null default 'bot',
      state text not null default '{}', next_seq integer not null default 1, created_at text not null, updated_at text not null)`,
    `create table activity (
      conversation_id text not null, seq integer not null, id text not null, role text not null, json text not null, created_at text not null,
      primary key (conversation_id, seq))`,
    `create table inbox (
      id ${id}, channel text not null, external_id text not null, conversation_id text not null, json text not null,
      status text not null default 'new', attempts integer not null default 0, next_at text not null, claimed_until text, error text,
      created_at text not null, done_at text, unique (channel, external_id))`,
    `create index inbox_new on inbox (conversation_id, id) where status = 'new'`,
    `create index inbox_dead on inbox (id) where status = 'dead'`,
    `create table outbox (
      id ${id}, conversation_id text not null, channel text not null, dedup text not null unique, json text not null,
      status text not null default 'new', attempts integer not null default 0, next_at text not null, claimed_until text,
      external_id text, error text, created_at text not null)`,
    `create index outbox_new on outbox (conversation_id, id) where status = 'new'`,
    `create index outbox_dead on outbox (id) where status = 'dead'`,
    `create table answer (
      id text primary key, conversation_id text not null, message_id text not null, question text not null, lang text not null,
      outcome text not null, reason text not null, json text not null, created_at text not null)`,
    `create index answer_conversation on answer (conversation_id)`,
    `create table feedback (
      id text primary key, conversation_id text not null, answer_id text not null, vote text not null, text text, created_at text not null)`,
    `create index feedback_answer on feedback (answer_id)`,
    `create table gap (
      id text primary key, question text not null, lang text not null, reason text not null, answer_id text, status text not null default 'open',
      created_at text not null, closed_at text)`,
    `create index gap_open on gap (created_at) where status = 'open'`,
    `create table handoff (
      id text primary key, conversation_id text not null, state text not null, reason text not null, request text not null,
      created_at text not null, updated_at text not null)`,
    `create unique index handoff_live on handoff (conversation_id) where state in ('queued', 'accepted')`,
    `create index handoff_waiting on handoff (created_at) where state in ('requested', 'queued')`,
    `create table upload (
      id text primary key, conversation_id text not null, name text not null, content_type text not null, bytes integer not null,
      created_at text not null)`,
    `create table document (id text primary key, title text not null, source text not null, created_at text not null)`,
    `create index document_source on document (source)`,
    `create table document_version (
      document_id text not null references document (id) on delete cascade, version integer not null, status text not null, title text not null,
      lang text not null, office text not null, audience text not null, source_url text, text text not null, valid_from text, valid_until text,
      updated_on text not null, owner text, review_by text, hash text not null, created_at text not null, published_at text,
      primary key (document_id, version))`,
    `create index document_version_status on document_version (status)`,
    `create table passage (
      id text primary key, document_id text not null, version integer not null, position integer not null, anchor text not null,
      headings text not null, start_at integer not null, end_at integer not null,
      foreign key (document_id, version) references document_version (document_id, version) on delete cascade)`,
    `create unique index passage_place on passage (document_id, version, position)`,
    `create table crawl (url text primary key, etag text, last_modified text, document_id text, fetched_at text not null)`,
    `create table office (
      name text primary key, address text not null, hours text not null, phone text not null, email text not null, topics text not null)`,
    `create table staff_user (
      id text primary key, name text not null unique, password text not null, role text not null, office text,
      failed integer not null default 0, locked_until text, created_at text not null, disabled_at text)`,
    `create table staff_session (
      id text primary key, user_id text not null references staff_user (id) on delete cascade, csrf text not null, created_at text not null,
      seen_at text not null)`,
    `create index staff_session_user on staff_session (user_id)`,
    `create table one_time_link (id text primary key, purpose text not null, expires_at text not null, used_at text)`,
    `create table audit (
      id ${id}, at text not null, actor text not null, action text not null, subject text not null, detail text not null,
      previous_hash text not null, hash text not null)`,
    ...appendOnly(engine, 'audit'),
    `create table secret (name text primary key, value text not null)`,
  ];
}
