/** What the console knows beside the texts: translations, who reads pages, links that lead nowhere, runs of all tests, words editors added. Types stand in ../schema/console-rest.ts. */
export default function consoleRest(): string[] {
  return [
    `create table page_translation (document_id text primary key, of_document text not null, of_version integer not null)`,
    `create index page_translation_of on page_translation (of_document)`,
    `create table page_read (document_id text not null, month text not null, count integer not null, primary key (document_id, month))`,
    `create table link_check (url text primary key, status text not null, detail text not null, failures integer not null, checked_at text not null)`,
    `create table test_run (
      id text primary key, started_at text not null, run_by text not null, office text, total integer not null, failed integer not null, ms integer not null,
      results text not null)`,
    `create index test_run_day on test_run (started_at)`,
    `create table lexicon_entry (
      id text primary key, everyday text not null, official text not null, lang text not null, created_by text not null, created_at text not null)`,
  ];
}
