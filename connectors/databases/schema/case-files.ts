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

/** A file on its way to the office's own tool; no row = it stays here. */
export interface CaseAttachmentDeliveryTable {
  attachment_id: string;
  /** `waiting`, `sending` (until `next_at` by one process), `delivered`, `failed` (given up: somebody has to look). */
  state: string;
  /** Begun, the one in progress too. */
  tries: number;
  /** Not tried before. */
  next_at: string;
  /** Why the last try did not do. */
  trouble: string | null;
  done_at: string | null;
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
  case_attachment_delivery: CaseAttachmentDeliveryTable;
  mail_code: MailCodeTable;
}
