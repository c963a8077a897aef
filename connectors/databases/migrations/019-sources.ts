/** Sites that are read again by themselves, and what each reading found changed. Types stand in ../schema/sources.ts. */
export default function sources(): string[] {
  return [
    `create table source (
      id text primary key, url text not null, kind text not null, office text not null, lang text, every_hours integer not null, publish integer not null,
      created_by text not null, created_at text not null, next_at text not null, claimed_until text, last_at text, last_result text)`,
    `create table source_change (
      id text primary key, source_id text not null, document_id text not null, url text not null, kind text not null, from_version integer,
      to_version integer, text_hash text not null, failed text not null default '[]', touched integer not null, found_at text not null, settled_at text)`,
    `create index source_change_open on source_change (settled_at, found_at)`,
    `create index source_change_document on source_change (document_id)`,
  ];
}
