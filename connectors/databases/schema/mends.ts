/** Passages that editors cut otherwise than the reader did. The same values on both engines, as in ../schema.ts. */

export interface SectionMendTable {
  document_id: string;
  version: number;
  /** JSON: the sections as the reader cut them. */
  sections: string;
  /** JSON array in the order they were made, each with whether it still finds its place in this version's text. */
  mends: string;
}

export interface MendTables {
  section_mend: SectionMendTable;
}
