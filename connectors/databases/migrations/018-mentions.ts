/** Colleagues that a note is meant for. Types stand in ../schema/desk.ts. */
export default function mentions(): string[] {
  return ["alter table handoff_note add column mentions text not null default '[]'"];
}
