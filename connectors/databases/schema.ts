/**
 * The tables, as Kysely types. One schema, two engines. Times are ISO UTC text of fixed width (`2026-11-25T09:00:00.000Z`), days are `YYYY-MM-DD`,
 * JSON is text, booleans are 0/1: the same values on SQLite and PostgreSQL, so that text order is time order on both.
 */
import type { Generated } from 'kysely';
import type { BookingTables } from './schema/bookings.ts';
import type { ChannelTables } from './schema/channels.ts';
import type { ConsoleTables } from './schema/console.ts';
import type { ConsoleRestTables } from './schema/console-rest.ts';
import type { DeskTables } from './schema/desk.ts';
import type { CaseFileTables } from './schema/case-files.ts';
import type { CallBackTables } from './schema/call-backs.ts';
import type { CaseTables } from './schema/cases.ts';
import type { FormDraftTables } from './schema/form-drafts.ts';
import type { InsightTables } from './schema/insight.ts';
import type { LineTables } from './schema/lines.ts';
import type { UploadTables } from './schema/uploads.ts';
import type { MailTables } from './schema/mails.ts';
import type { MendTables } from './schema/mends.ts';
import type { CitizenTables } from './schema/citizens.ts';
import type { NoticeTables } from './schema/notices.ts';
import type { SecondFactorTables } from './schema/second-factor.ts';
import type { StaffIdentityTables } from './schema/staff-identity.ts';
import type { SourceTables } from './schema/sources.ts';

export interface ConversationTable {
  id: string;
  channel: string;
  /** Who may read it: the user bound to the channel's token. */
  citizen_id: string;
  lang: string | null;
  /** `bot` | `person`: who speaks. */
  mode: string;
  /** JSON: conversation state (form in progress, failures in a row, last cited passages …). */
  state: string;
  /** Sequence number of the next activity. */
  next_seq: number;
  created_at: string;
  updated_at: string;
}
export interface ActivityTable {
  conversation_id: string;
  /** From 1; the Direct Line watermark. */
  seq: number;
  id: string;
  /** `citizen` | `bot` | `agent`. */
  role: string;
  /** The Activity as channels serve it. */
  json: string;
  created_at: string;
}
export interface InboxTable {
  id: Generated<number>;
  channel: string;
  external_id: string;
  conversation_id: string;
  /** The Message. */
  json: string;
  /** `new` | `done` | `dead`. */
  status: string;
  attempts: number;
  /** Not before this time (back-off). */
  next_at: string;
  /** Lease of the process that works on it. */
  claimed_until: string | null;
  error: string | null;
  created_at: string;
  done_at: string | null;
  /** When a dead letter was last asked to be tried again. */
  retried_at: Generated<string | null>;
}
export interface OutboxTable {
  id: Generated<number>;
  conversation_id: string;
  channel: string;
  /** `<inbox id>:<reply index>`: a turn that runs twice sends once. */
  dedup: string;
  json: string;
  /** `new` | `sent` | `dead` | `moved`: it failed here and went to another channel or contact of the citizen. */
  status: string;
  attempts: number;
  next_at: string;
  claimed_until: string | null;
  external_id: string | null;
  error: string | null;
  created_at: string;
  /** When a dead letter was last asked to be tried again. */
  retried_at: Generated<string | null>;
}
export interface AnswerTable {
  id: string;
  conversation_id: string;
  message_id: string;
  question: string;
  lang: string;
  outcome: string;
  reason: string;
  /** The Answer, so that a past answer can be reopened. */
  json: string;
  created_at: string;
}
export interface FeedbackTable {
  id: string;
  conversation_id: string;
  answer_id: string;
  /** `up` | `down` | `none`: words without a judgement. */
  vote: string;
  text: string | null;
  created_at: string;
}
export interface GapTable {
  id: string;
  question: string;
  lang: string;
  reason: string;
  answer_id: string | null;
  /** `open` | `closed`. */
  status: string;
  created_at: string;
  closed_at: string | null;
}
export interface UploadTable {
  id: string;
  conversation_id: string;
  name: string;
  content_type: string;
  bytes: number;
  created_at: string;
}
export interface DocumentTable {
  id: string;
  title: string;
  /** Path or URL it came from. */
  source: string;
  created_at: string;
}
export interface DocumentVersionTable {
  document_id: string;
  version: number;
  /** `draft` | `published` | `superseded` | `withdrawn`. */
  status: string;
  title: string;
  lang: string;
  office: string;
  audience: string;
  source_url: string | null;
  /** The extracted plain text: what quotations are found in, byte for byte. */
  text: string;
  valid_from: string | null;
  valid_until: string | null;
  updated_on: string;
  owner: string | null;
  review_by: string | null;
  /** SHA-256 of the extracted text and the metadata: unchanged means nothing to do. */
  hash: string;
  created_at: string;
  published_at: string | null;
}
export interface PassageTable {
  id: string;
  document_id: string;
  version: number;
  position: number;
  anchor: string;
  /** JSON array of headings. */
  headings: string;
  start_at: number;
  end_at: number;
}
export interface PassageVectorTable {
  model: string;
  /** SHA-256 of the text that was embedded. */
  text_hash: string;
  /** Signed bytes, one for each dimension, scaled so that the largest is 127. */
  vector: Uint8Array;
  created_at: string;
}
export interface CrawlTable {
  url: string;
  etag: string | null;
  last_modified: string | null;
  document_id: string | null;
  fetched_at: string;
}
/** What was fitted on a collection's own questions: its calibration, its re-ranker. */
export interface LearnedTable {
  name: string;
  /** JSON. */
  value: string;
  learned_at: string;
}

export interface OfficeTable {
  name: string;
  address: string;
  hours: string;
  phone: string;
  email: string;
  /** JSON array of words that name its work, to find it when no passage answers. */
  topics: string;
}
export interface StaffUserTable {
  id: string;
  name: string;
  password: string;
  /** `agent` | `editor` | `supervisor` | `administrator`. */
  role: string;
  /** null = every office. */
  office: string | null;
  failed: number;
  locked_until: string | null;
  created_at: string;
  disabled_at: string | null;
}
export interface StaffSessionTable {
  /** SHA-256 of the cookie's value. */
  id: string;
  user_id: string;
  csrf: string;
  created_at: string;
  seen_at: string;
  /** 1: begun with a second factor, or by a provider that answers for one. */
  strong: number;
  /** SHA-256 of the provider's own names for its session and for the person, where one let them in. */
  provider_sid: string | null;
  provider_subject: string | null;
}
export interface OneTimeLinkTable {
  /** SHA-256 of the link's token. */
  id: string;
  purpose: string;
  expires_at: string;
  used_at: string | null;
}
export interface AuditTable {
  id: Generated<number>;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: string;
  previous_hash: string;
  hash: string;
}
export interface SecretTable {
  name: string;
  value: string;
}

export interface Tables
  extends BookingTables,
    CaseFileTables,
    CallBackTables,
    CaseTables,
    ChannelTables,
    CitizenTables,
    ConsoleTables,
    ConsoleRestTables,
    DeskTables,
    FormDraftTables,
    InsightTables,
    LineTables,
    MailTables,
    MendTables,
    NoticeTables,
    SecondFactorTables,
    StaffIdentityTables,
    SourceTables,
    UploadTables {
  conversation: ConversationTable;
  activity: ActivityTable;
  inbox: InboxTable;
  outbox: OutboxTable;
  answer: AnswerTable;
  feedback: FeedbackTable;
  gap: GapTable;
  upload: UploadTable;
  document: DocumentTable;
  document_version: DocumentVersionTable;
  passage: PassageTable;
  passage_vector: PassageVectorTable;
  crawl: CrawlTable;
  office: OfficeTable;
  learned: LearnedTable;
  staff_user: StaffUserTable;
  staff_session: StaffSessionTable;
  one_time_link: OneTimeLinkTable;
  audit: AuditTable;
  secret: SecretTable;
}
