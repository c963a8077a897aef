/** Socket: where cases are kept (a procedure that a citizen began). `CASES=embedded` keeps them on our database. */
import type { Database } from '../databases/contract.ts';
import type { Health, Result } from '../result.ts';

/** `attach`: files of a request go to the office's own tool; without it they stay with us, where the office opens them. */
export type Operation = 'open' | 'find' | 'list' | 'attach';

/** Ends with `granted`, `refused`, `withdrawn` or `closed`. */
export type CaseStatus = 'received' | 'in_progress' | 'waiting' | 'granted' | 'refused' | 'withdrawn' | 'closed';

/** A number alone names several cases: the count starts again every year. */
export interface CaseRef {
  number: number;
  year: number;
}

export interface Step {
  status: CaseStatus;
  /** `YYYY-MM-DD`. */
  on: string;
  /** In words for the citizen, in the body's language. */
  note?: string;
}

export interface Case extends CaseRef {
  subject: string;
  office: string;
  status: CaseStatus;
  /** `0001234/2026`; null = not protocolled yet. */
  protocol: string | null;
  receivedOn: string;
  takenInChargeOn: string | null;
  /** The latest day on which the office must have decided (L. 241/1990 art. 2); null once it has, and where the back office does not say. */
  dueOn: string | null;
  concludedOn: string | null;
  /** The clock stands still (art. 2 c. 7): since when. */
  suspendedSince: string | null;
  /** Oldest first. */
  history: Step[];
}

/** What lets somebody see a case: an identity verified by sign-in, or its number with a second fact. `names`: the surname, perhaps among other names. */
export type Proof =
  | { kind: 'person'; fiscalCode: string }
  | { kind: 'fiscal_code'; fiscalCode: string }
  | { kind: 'surname'; names: string; birthDate: string }
  /** Of the request; a code sent to it came back. */
  | { kind: 'email'; email: string };

export interface CaseRequest {
  subject: string;
  office: string;
  /** What the citizen asks, in words. */
  text?: string;
  person: { fiscalCode: string; surname: string; birthDate: string; email?: string };
  /** Days to conclude where a rule sets them; absent = 30. */
  days?: number;
}

/** A file that came with a request. */
export interface CaseUpload {
  /** Ours, the same at every try: what was attached once is not attached again. */
  id: string;
  /** As the citizen's device called it: whatever signs. */
  name: string;
  /** As its bytes show it. */
  contentType: string;
  content: Uint8Array;
  /** The question of the form that asked for it. */
  question: string;
}

/** Business outcomes never throw. The same idempotency key and request open one case; the key for another request is `invalid`. */
export interface Cases {
  name: string;
  capabilities(): Set<Operation>;
  health(): Promise<Health>;
  /** An unknown number and a wrong proof take the same way and give the same not_found. */
  find(ref: CaseRef, proof: Proof): Promise<Result<Case>>;
  open(request: CaseRequest, idempotencyKey: string): Promise<Result<Case>>;
  /** Cases of a person verified by sign-in, newest first. */
  list(person: { fiscalCode: string }): Promise<Result<Case[]>>;
  /** What became of an open() whose outcome is unknown: its case, or not_found when it was not done. */
  lookup(idempotencyKey: string): Promise<Result<Case>>;
  /**
   * Hands a file over to the entry that the case opened with this key is; present where `attach` is a capability. A file that is there already is ok and not
   * written again. not_found: no such case or entry · invalid: refused for good · everything else: to be tried again.
   */
  attach?(idempotencyKey: string, file: CaseUpload): Promise<Result<void>>;
  close(): Promise<void>;
}

export interface CasesParts {
  database: Database;
  /** Epoch milliseconds; tests bring their own. */
  now?: () => number;
}

/** Default export of a plug; `settings` are those its zod schema parsed. */
export type OpenCases = (parts: CasesParts, settings: unknown) => Promise<Cases>;
