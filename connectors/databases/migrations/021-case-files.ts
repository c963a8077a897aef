/** Files that belong to a request, from the form to the case; and one-time codes sent by e-mail. Types stand in ../schema/case-files.ts. */
export default function caseFiles(engine: 'embedded' | 'postgres'): string[] {
  return [
    `create table case_attachment (
      id text primary key, request_key text not null, question text not null, name text not null, content_type text not null, bytes integer not null,
      conversation_id text, person text, year integer, number integer, created_at text not null, sent_at text, expires_at text)`,
    `create index case_attachment_request on case_attachment (request_key)`,
    `create index case_attachment_case on case_attachment (year, number)`,
    `create index case_attachment_conversation on case_attachment (conversation_id)`,
    `create table case_attachment_content (
      id text primary key references case_attachment (id) on delete cascade, content ${engine === 'postgres' ? 'bytea' : 'blob'} not null)`,
    `create table mail_code (
      conversation_id text not null, about text not null, code text, tries integer not null, asked_at text not null, primary key (conversation_id, about))`,
  ];
}
