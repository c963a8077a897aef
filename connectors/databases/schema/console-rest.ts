/** More tables of the editors' console. The same values on both engines, as in ../schema.ts. */

export interface PageTranslationTable {
  document_id: string;
  /** The page it says in another language. */
  of_document: string;
  /** That page's version in force when the translation was written last. */
  of_version: number;
}

/** How often the page behind a quotation was opened; nobody's name. */
export interface PageReadTable {
  document_id: string;
  /** `YYYY-MM`. */
  month: string;
  count: number;
}

export interface LinkCheckTable {
  url: string;
  /** `ok` | `gone` | `failing` | `refused`: an address we do not go to. */
  status: string;
  /** In words. */
  detail: string;
  /** In a row. */
  failures: number;
  checked_at: string;
}

/** Every test question at once. */
export interface TestRunTable {
  id: string;
  started_at: string;
  run_by: string;
  /** null = every office. */
  office: string | null;
  total: number;
  failed: number;
  ms: number;
  /** JSON: the test questions that failed, and why. */
  results: string;
}

/** A word people say and the one the office writes. */
export interface LexiconEntryTable {
  id: string;
  everyday: string;
  official: string;
  lang: string;
  created_by: string;
  created_at: string;
}

export interface ConsoleRestTables {
  page_translation: PageTranslationTable;
  page_read: PageReadTable;
  link_check: LinkCheckTable;
  test_run: TestRunTable;
  lexicon_entry: LexiconEntryTable;
}
