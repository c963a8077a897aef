/** Files of requests on their way to the office's own tool. Types stand in ../schema/case-files.ts. */
export default function caseFileDeliveries(): string[] {
  return [
    `create table case_attachment_delivery (
      attachment_id text primary key references case_attachment (id) on delete cascade,
      state text not null, tries integer not null, next_at text not null, trouble text, done_at text)`,
    `create index case_attachment_delivery_due on case_attachment_delivery (state, next_at)`,
  ];
}
