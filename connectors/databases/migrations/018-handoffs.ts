/** Requests that another tool answers: how far it was asked for news, and when it was told that it is over. Types stand in ../schema/insight.ts. */
export default function handoffs(): string[] {
  return [
    "alter table handoff_remote add column since text not null default ''",
    'alter table handoff_remote add column ended_at text',
    'alter table handoff_remote add column first_seq integer not null default 0',
  ];
}
