/** What is fitted on a collection's own questions. */
export default function learned(): string[] {
  return [`create table learned (name text primary key, value text not null, learned_at text not null)`];
}
