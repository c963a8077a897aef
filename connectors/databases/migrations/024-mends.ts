/** Where editors mended how a text was cut into passages. Types stand in ../schema/mends.ts. */
export default function mends(): string[] {
  return [
    `create table section_mend (
      document_id text not null, version integer not null, sections text not null, mends text not null, primary key (document_id, version))`,
  ];
}
