/** What citizens sent, where several processes share one database: each of them can show it. The embedded engine keeps files in DATA_DIR. */
export default function uploads(engine: 'embedded' | 'postgres'): string[] {
  if (engine === 'embedded')
    return ['create table upload_content (id text primary key references upload (id) on delete cascade, content blob not null)'];
  return [
    'create table upload_content (id text primary key references upload (id) on delete cascade, content bytea not null)',
    // Pictures and PDFs are compressed already.
    'alter table upload_content alter column content set storage external',
  ];
}
