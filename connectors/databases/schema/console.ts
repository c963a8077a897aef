/** Tables of the editors' console. The same values on both engines, as in ../schema.ts. */

export interface VersionNoteTable {
  document_id: string;
  version: number;
  /** What the editor wrote; null when the text came from a file. */
  markdown: string | null;
  /** JSON array: synonyms and example questions, indexed with the passages. */
  phrasings: string;
  author: string | null;
  author_name: string | null;
  /** `writing` | `review` | `approved`. */
  stage: string;
  reviewer: string | null;
  reviewer_name: string | null;
  /** Version that a draft was begun from. */
  base: number | null;
}

export interface DocumentTestTable {
  id: string;
  document_id: string;
  /** `cites` | `silent`. */
  kind: string;
  question: string;
  lang: string;
  /** Beginning of the anchor that must be cited; null = any of the document. */
  anchor: string | null;
  created_by: string;
  created_at: string;
}

export interface CuratedAnswerTable {
  id: string;
  question: string;
  /** JSON array of other ways to ask it. */
  phrasings: string;
  lang: string;
  text: string;
  office: string;
  document_id: string;
  version: number;
  passage_id: string;
  /** Slice of the cited passage, byte for byte. */
  quote: string;
  hits: number;
  created_by: string;
  created_at: string;
  updated_at: string;
}

/** What editors do about a gap. */
export interface GapWorkTable {
  gap_id: string;
  owner: string | null;
  /** `YYYY-MM-DD`. */
  due_on: string | null;
  closed_by: string | null;
  document_id: string | null;
  version: number | null;
  note: string | null;
}

/** A conversation that asked to be told. */
export interface GapWatchTable {
  conversation_id: string;
  gap_id: string;
  lang: string;
  created_at: string;
  told_at: string | null;
}

export interface EditorOfficeTable {
  office: string;
  /** 1: a second named person reads a draft before it is published. */
  second_person: number;
}

export interface ConsoleTables {
  version_note: VersionNoteTable;
  document_test: DocumentTestTable;
  curated_answer: CuratedAnswerTable;
  gap_work: GapWorkTable;
  gap_watch: GapWatchTable;
  editor_office: EditorOfficeTable;
}
