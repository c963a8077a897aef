/** The editors' console: what they wrote, test questions, curated answers, who asked to be told. Types stand in ../schema/console.ts. */
export default function console(): string[] {
  return [
    // What only a console knows of a version; one that came from a folder or a site has no row.
    `create table version_note (
      document_id text not null, version integer not null, markdown text, phrasings text not null default '[]', author text, author_name text,
      stage text not null default 'writing', reviewer text, reviewer_name text, base integer, primary key (document_id, version))`,
    `create table document_test (
      id text primary key, document_id text not null, kind text not null, question text not null, lang text not null, anchor text,
      created_by text not null, created_at text not null)`,
    `create index document_test_document on document_test (document_id)`,
    `create table curated_answer (
      id text primary key, question text not null, phrasings text not null default '[]', lang text not null, text text not null, office text not null,
      document_id text not null, version integer not null, passage_id text not null, quote text not null, hits integer not null default 0,
      created_by text not null, created_at text not null, updated_at text not null)`,
    `create table gap_work (
      gap_id text primary key, owner text, due_on text, closed_by text, document_id text, version integer, note text)`,
    `create table gap_watch (
      conversation_id text not null, gap_id text not null, lang text not null, created_at text not null, told_at text,
      primary key (conversation_id, gap_id))`,
    `create index gap_watch_gap on gap_watch (gap_id)`,
    `create table editor_office (office text primary key, second_person integer not null)`,
    `create index answer_day on answer (created_at)`,
    `create index gap_answer on gap (answer_id) where answer_id is not null`,
  ];
}
