/** Whose session at an identity provider a session of ours came from, so that it ends when that one does; and the notices of it already used. Types stand in ../schema.ts, ../schema/citizens.ts and ../schema/staff-identity.ts. */
export default function providerLogout(): string[] {
  return [
    `alter table staff_session add column provider_sid text`,
    `alter table staff_session add column provider_subject text`,
    `alter table citizen_session add column provider_sid text`,
    `alter table citizen_session add column provider_subject text`,
    `create table provider_notice (hash text primary key, used_at text not null)`,
  ];
}
