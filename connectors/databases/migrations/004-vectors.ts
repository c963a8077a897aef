/** Dense vectors of passages, by what was embedded: an unchanged paragraph keeps its vector from version to version. */

export default function vectors(engine: 'embedded' | 'postgres'): string[] {
  const bytes = engine === 'embedded' ? 'blob' : 'bytea';
  return [
    `create table passage_vector (
      model text not null, text_hash text not null, vector ${bytes} not null, created_at text not null, primary key (model, text_hash))`,
  ];
}
