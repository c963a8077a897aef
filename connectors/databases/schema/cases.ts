/** Tables of cases, reports, payment notices, ratings and guesses. The same values on both engines, as in ../schema.ts. */

export interface YearlyCountTable {
  /** `case` | `report`. */
  kind: string;
  year: number;
  last: number;
}

export interface CaseFileTable {
  id: string;
  request_key: string | null;
  /** JSON of what was asked under the key: another request under the same key is refused. */
  request: string;
  year: number;
  number: number;
  subject: string;
  office: string;
  status: string;
  /** `0001234/2026`. */
  protocol: string | null;
  /** Days, `YYYY-MM-DD`. */
  received_on: string;
  taken_in_charge_on: string | null;
  concluded_on: string | null;
  /** Days the office has to conclude. */
  days: number;
  /** JSON array of {from, to, reason}. */
  suspensions: string;
  /** JSON array of {status, on, note?}. */
  history: string;
  /** JSON array of keyed hashes of what proves a right to see it. */
  facts: string;
  /** Keyed hash of the citizen's fiscal code. */
  person: string | null;
  created_at: string;
  updated_at: string;
}

export interface ReportCategoryTable {
  code: string;
  position: number;
  json: string;
}

export interface ReportTable {
  /** `S12-2026`. */
  id: string;
  request_key: string | null;
  request: string;
  category: string;
  status: string;
  address: string | null;
  lat: number | null;
  long: number | null;
  description: string;
  /** JSON. */
  attributes: string;
  /** Id of an upload. */
  photo: string | null;
  media_url: string | null;
  /** JSON: how whoever reported can be reached. */
  contact: string | null;
  conversation_id: string | null;
  /** JSON array of {status, at, note?}. */
  history: string;
  expected_on: string | null;
  requested_at: string;
  updated_at: string;
}

export interface ReportSentTable {
  request_key: string;
  reference: string;
  request: string;
  service_code: string;
  remote_id: string | null;
  token: string | null;
  sent_at: string;
}

export interface PaymentNoticeTable {
  /** 18 digits. */
  nav: string;
  iuv: string;
  /** Fiscal code of the body, 11 digits, or empty. */
  body_code: string;
  amount_cents: number;
  due_on: string | null;
  reason: string;
  paid_on: string | null;
  cancelled: number;
  imported_at: string;
}

export interface GuessTable {
  subject: string;
  slot: number;
  token: string;
  at: string;
}

export interface RatingTable {
  id: string;
  conversation_id: string;
  /** `answer`, or the name of a dialog. */
  subject: string;
  /** 1–5. */
  stars: number;
  /** Which aspect, `unclear` … (bot/dialogs/feedback.ts). */
  aspect: string | null;
  text: string | null;
  created_at: string;
}

export interface CaseTables {
  yearly_count: YearlyCountTable;
  case_file: CaseFileTable;
  report_category: ReportCategoryTable;
  report: ReportTable;
  report_sent: ReportSentTable;
  payment_notice: PaymentNoticeTable;
  guess: GuessTable;
  rating: RatingTable;
}
