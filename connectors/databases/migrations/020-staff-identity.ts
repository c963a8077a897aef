/** Staff who sign in at the body's own provider: who they are there, and which attempts have been used. Types stand in ../schema/staff-identity.ts. */
export default function staffIdentity(): string[] {
  return [
    `create table staff_identity (
      issuer text not null, subject text not null, user_id text not null references staff_user (id) on delete cascade, created_at text not null,
      primary key (issuer, subject))`,
    `create table staff_attempt (hash text primary key, used_at text not null)`,
  ];
}
