/** Files of requests, and one-time codes sent by e-mail. */

export interface CaseAttachmentTable {
  id: string;
  /** Key under which the request is sent, or was. */
  request_key: string;
  /** Of the form. */
  question: string;
  name: string;
  content_type: string;
  bytes: number;
  /** In which it was sent; null = on the page. */
  conversation_id: string | null;
  /** Keyed hash of the citizen's fiscal code, as in citizen_conversation; null until it was sent. */
  person: string | null;
  /** Of the case; null until there is one. */
  year: number | null;
  number: number | null;
  created_at: string;
  sent_at: string | null;
  /** Dropped then unless it was sent. */
  expires_at: string | null;
}

/** Contents on PostgreSQL; empty on the embedded engine, which keeps files in DATA_DIR/uploads. */
export interface CaseAttachmentContentTable {
  id: string;
  content: Uint8Array;
}

/** Six figures on their way by e-mail, to be written in the conversation that asked for them. */
export interface MailCodeTable {
  conversation_id: string;
  /** `case 12/2026 <keyed hash of the address>`. */
  about: string;
  /** Keyed hash; null = none that would be right. */
  code: string | null;
  tries: number;
  asked_at: string;
}

export interface CaseFileTables {
  case_attachment: CaseAttachmentTable;
  case_attachment_content: CaseAttachmentContentTable;
  mail_code: MailCodeTable;
}
