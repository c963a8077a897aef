/** Tables of the sites that are read again by themselves. The same values on both engines, as in ../schema.ts. */

export interface SourceTable {
  id: string;
  url: string;
  /** `page`: one page or a sitemap · `site`: its links too · `wordpress`: the services of the Comuni theme over its REST interface. */
  kind: string;
  office: string;
  /** null = as each page says or reads. */
  lang: string | null;
  every_hours: number;
  /** 1: what passes the checks is published at once; 0: it waits as a draft. */
  publish: number;
  created_by: string;
  created_at: string;
  next_at: string;
  /** Lease of the process that reads it. */
  claimed_until: string | null;
  last_at: string | null;
  /** JSON: how many pages were read, unchanged, changed, and those skipped with their reason. */
  last_result: string | null;
}

export interface SourceChangeTable {
  id: string;
  source_id: string;
  document_id: string;
  url: string;
  /** `new` | `changed` | `gone`. */
  kind: string;
  /** What was in force when it was found. */
  from_version: number | null;
  /** The draft, or what was published; null for a page that is gone. */
  to_version: number | null;
  /** SHA-256 of the text: the same text is not brought a second time. */
  text_hash: string;
  /** JSON array: why it was not published by itself. */
  failed: string;
  /** Answers of the last 90 days that quote what is no longer said. */
  touched: number;
  found_at: string;
  /** Published, dropped or seen. */
  settled_at: string | null;
}

export interface SourceTables {
  source: SourceTable;
  source_change: SourceChangeTable;
}
