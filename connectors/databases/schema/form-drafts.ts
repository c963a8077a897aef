/** Forms set aside half-way. */

export interface FormDraftTable {
  /** SHA-256 of the code that opens it: who reads the table cannot open one. */
  id: string;
  form: string;
  /** JSON: question → answer as written. */
  answers: string;
  /** Where it was set aside; null on the page. */
  conversation_id: string | null;
  created_at: string;
  expires_at: string;
}

export interface FormDraftTables {
  form_draft: FormDraftTable;
}
