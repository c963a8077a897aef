/** Opening hours, service times, switches, the body's own settings, the weekly sample, and where a request went that another tool answers. Types stand in ../schema/insight.ts. */
export default function deskRest(): string[] {
  return [
    `alter table handoff add column first_due_at text`,
    `alter table handoff add column resolve_due_at text`,
    // An answer that waits for an agent's yes before the citizen reads it.
    `alter table handoff add column proposed_answer text`,
    `alter table handoff_note add column kind text not null default 'note'`,
    `create table desk_hours (office text primary key, json text not null, updated_at text not null)`,
    `create table answer_switch (
      topic text not null, channel text not null, mode text not null, banner text not null, updated_by text not null, updated_at text not null,
      primary key (topic, channel))`,
    `create table body_setting (name text primary key, value text not null, updated_at text not null)`,
    `create table quality_sample (id text primary key, answer_id text not null unique, week text not null, drawn_at text not null)`,
    `create index quality_sample_week on quality_sample (week)`,
    `create table quality_verdict (
      sample_id text not null, reviewer text not null, verdict text not null, note text, created_at text not null, primary key (sample_id, reviewer))`,
    `create table handoff_remote (handoff_id text primary key, plug text not null, remote_id text not null, sent_seq integer not null, created_at text not null)`,
    `create index handoff_remote_id on handoff_remote (plug, remote_id)`,
    `create index conversation_day on conversation (created_at)`,
    `create index conversation_citizen on conversation (citizen_id, created_at)`,
    `create index feedback_conversation on feedback (conversation_id)`,
    `create index rating_conversation on rating (conversation_id)`,
    `create index report_conversation on report (conversation_id) where conversation_id is not null`,
    `create index handoff_day on handoff (created_at)`,
    `create index rating_day on rating (created_at)`,
    `create index feedback_day on feedback (created_at)`,
  ];
}
