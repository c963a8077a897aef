/** What citizens agreed to be remembered by, and whom they may act for. Types stand in ../schema/citizens.ts. */
export default function profiles(): string[] {
  return [
    `create table citizen_profile (person text primary key, fiscal_code text not null, name text not null, channel text, lang text,
      elsewhere integer not null default 0, consent_at text not null, updated_at text not null)`,
    `create table citizen_contact (person text not null, kind text not null, address text not null, code text, tries integer not null default 0,
      asked_at text, verified_at text, created_at text not null, primary key (person, kind))`,
    `create table mandate (id text primary key, kind text not null, scope text not null, principal text not null, principal_fiscal_code text not null,
      principal_name text not null, holder text not null, holder_name text not null, basis text not null, recorded_by text not null,
      from_day text not null, until_day text not null, created_at text not null, revoked_at text, revoked_by text)`,
    `create index mandate_principal on mandate (principal)`,
    `create index mandate_holder on mandate (holder)`,
    `alter table citizen_session add column acting text`,
  ];
}
