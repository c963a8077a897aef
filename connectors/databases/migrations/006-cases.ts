/** Cases, reports, payment notices, ratings, and the count of wrong guesses. Types stand in ../schema/cases.ts. */
export default function cases(): string[] {
  return [
    // One row counts one kind of number in one year: the row's lock lets one transaction at a time take the next, without a gap.
    `create table yearly_count (kind text not null, year integer not null, last integer not null, primary key (kind, year))`,
    `create table case_file (
      id text primary key, request_key text unique, request text not null, year integer not null, number integer not null, subject text not null,
      office text not null, status text not null, protocol text, received_on text not null, taken_in_charge_on text, concluded_on text,
      days integer not null, suspensions text not null, history text not null, facts text not null, person text,
      created_at text not null, updated_at text not null, unique (year, number))`,
    `create index case_file_person on case_file (person) where person is not null`,
    `create table report_category (code text primary key, position integer not null, json text not null)`,
    `create table report (
      id text primary key, request_key text unique, request text not null, category text not null, status text not null, address text, lat real, long real,
      description text not null, attributes text not null, photo text, media_url text, contact text, conversation_id text, history text not null,
      expected_on text, requested_at text not null, updated_at text not null)`,
    `create index report_requested on report (requested_at)`,
    // Written before a report goes to another system, completed after it: what is left without a number was perhaps received.
    `create table report_sent (
      request_key text primary key, reference text not null unique, request text not null, service_code text not null, remote_id text, token text,
      sent_at text not null)`,
    `create table payment_notice (
      nav text primary key, iuv text not null, body_code text not null, amount_cents integer not null, due_on text, reason text not null, paid_on text,
      cancelled integer not null default 0, imported_at text not null)`,
    `create index payment_notice_iuv on payment_notice (iuv)`,
    `create table guess (subject text not null, slot integer not null, token text not null, at text not null, primary key (subject, slot))`,
    `create index guess_token on guess (token)`,
    `create table rating (
      id text primary key, conversation_id text not null, subject text not null, stars integer not null, aspect text, text text, created_at text not null)`,
  ];
}
