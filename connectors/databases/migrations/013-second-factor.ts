/** The second factor of staff: the secret shared with their app, the codes for the day it is lost, and which sessions began with one. Types stand in ../schema/second-factor.ts. */
export default function secondFactor(): string[] {
  return [
    `create table staff_totp (user_id text primary key, secret text not null, confirmed_at text, last_step integer not null default 0)`,
    `create table staff_recovery (user_id text not null, hash text not null, used_at text, primary key (user_id, hash))`,
    `alter table staff_session add column strong integer not null default 0`,
  ];
}
