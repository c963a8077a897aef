/** Socket: where reports go (a hole in the road, a dark street lamp). Shaped like Open311 GeoReport v2. `REPORTS=embedded` keeps them on our database. */
import type { Database } from '../databases/contract.ts';
import type { Health, Result } from '../result.ts';

export type Operation = 'submit' | 'get' | 'list';

export interface Category {
  code: string;
  /** As citizens say it, "Buca o strada rovinata"; other words that name it. */
  name: string;
  words: string[];
  description: string;
  /** Categories shown together. */
  group: string;
  /** Name of the competent office; '' = not known. */
  office: string;
  /** Whether fields() has something to ask. */
  hasFields: boolean;
  /** Days in which it is usually mended; null = not said. */
  days: number | null;
}

/** What a category asks beside place and description. */
export interface Attribute {
  code: string;
  /** What to ask, in words. */
  description: string;
  datatype: 'string' | 'number' | 'datetime' | 'text' | 'singlevaluelist' | 'multivaluelist';
  required: boolean;
  values: { key: string; name: string }[];
}

export interface ReportRequest {
  category: string;
  description: string;
  /** One of address and coordinates is needed. */
  address?: string;
  lat?: number;
  long?: number;
  attributes?: Record<string, string | string[]>;
  /** Id of an upload of ours. */
  photo?: string;
  /** Address of a picture elsewhere. */
  mediaUrl?: string;
  contact?: { name?: string; email?: string; phone?: string };
  conversationId?: string;
}

/** Ends with `solved` or `declined`. */
export type ReportStatus = 'received' | 'in_progress' | 'solved' | 'declined';

export interface ReportStep {
  status: ReportStatus;
  /** ISO UTC. */
  at: string;
  note?: string;
}

export interface Report {
  /** The service request id: what the citizen reads out. '' = not known yet, see `token`. */
  id: string;
  /** Set while the other system has not given a number. */
  token?: string;
  category: { code: string; name: string };
  status: ReportStatus;
  /** Last word of the office; null = none. */
  statusNote: string | null;
  office: string;
  description: string;
  address: string | null;
  lat: number | null;
  long: number | null;
  mediaUrl: string | null;
  /** Oldest first; empty where the other system keeps none. */
  history: ReportStep[];
  /** `YYYY-MM-DD`; null = not said. */
  expectedOn: string | null;
  /** ISO UTC. */
  requestedAt: string;
  updatedAt: string;
}

export interface ReportQuery {
  ids?: string[];
  category?: string;
  status?: 'open' | 'closed';
  /** ISO UTC, by the time of the report; absent = the last 90 days. */
  from?: string;
  to?: string;
  /** At most 1000. */
  limit?: number;
}

/** Business outcomes never throw. The same idempotency key and request send one report; the key for another request is `invalid`. */
export interface Reports {
  name: string;
  capabilities(): Set<Operation>;
  health(): Promise<Health>;
  categories(): Promise<Result<Category[]>>;
  /** not_found for an unknown category; empty when it asks nothing more. */
  fields(category: string): Promise<Result<Attribute[]>>;
  submit(request: ReportRequest, idempotencyKey: string): Promise<Result<Report>>;
  get(id: string): Promise<Result<Report>>;
  /** Newest first. */
  list(query: ReportQuery): Promise<Result<Report[]>>;
  /** What became of a submit() whose outcome is unknown: its report, or not_found when it was not done. */
  lookup(idempotencyKey: string): Promise<Result<Report>>;
  close(): Promise<void>;
}

export interface ReportsParts {
  database: Database;
  /** Epoch milliseconds; tests bring their own. */
  now?: () => number;
}

/** Default export of a plug; `settings` are those its zod schema parsed. */
export type OpenReports = (parts: ReportsParts, settings: unknown) => Promise<Reports>;
