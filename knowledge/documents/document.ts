/** The nouns of the stored knowledge. Imports nothing. */

export interface DocumentMeta {
  id: string;
  title: string;
  lang: string;
  office: string;
  audience: 'citizen' | 'staff';
  sourceUrl: string | null;
  validFrom: string | null;
  validUntil: string | null;
  updatedOn: string;
  owner: string | null;
  reviewBy: string | null;
}

/** A piece that splitting made, before it has a version number. */
export interface Section {
  /** Given by a `.jsonl` corpus; else made from document, version and anchor. */
  id?: string;
  anchor: string;
  headings: string[];
  start: number;
  end: number;
}

/** A document as ingestion hands it over: extracted text and where its passages are. */
export interface PreparedDocument {
  meta: DocumentMeta;
  source: string;
  text: string;
  sections: Section[];
}

export interface StoredVersion extends DocumentMeta {
  version: number;
  status: 'draft' | 'published' | 'superseded' | 'withdrawn';
  text: string;
  passages: { id: string; anchor: string; headings: string[]; position: number; start: number; end: number }[];
  /** Places that were passages of their own before editors joined them: their anchors still lead there. */
  formerAnchors?: { anchor: string; start: number }[];
}
