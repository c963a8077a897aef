/** Letters that wait to be sent. */

export interface MailTable {
  /** What it is about, `booking:ABC2D1:0`: the same news makes one letter, however often it is told. */
  id: string;
  /** In which it came about; null = in none. */
  conversation_id: string | null;
  /** '' once it was sent. */
  address: string;
  /** JSON of subject, text and calendar; `{}` once it was sent. */
  json: string;
  /** `new` | `sent` | `dead` (refused for good, or tried too often). */
  status: string;
  attempts: number;
  next_at: string;
  claimed_until: string | null;
  error: string | null;
  created_at: string;
  done_at: string | null;
}

export interface MailTables {
  mail: MailTable;
}
