/** Socket: lines of people waiting at counters, with numbered tickets. `LINES=embedded` keeps them on our database. */
import type { Database } from '../databases/contract.ts';
import type { Result } from '../result.ts';

export interface Line {
  id: string;
  /** As citizens say it; other words that name it. */
  name: string;
  office: string;
  words: string[];
  /** Whether a counter of it is open at this moment. */
  open: boolean;
}

/** What the waiting room sees. */
export interface LineNow {
  line: Line;
  /** The number called last; null = nobody yet today. */
  serving: string | null;
  waiting: number;
}

export interface Ticket {
  id: string;
  line: Line;
  /** As called, "T12"; the number starts again every day. */
  label: string;
  number: number;
  /** `YYYY-MM-DD` in the office's zone. */
  day: string;
  status: 'waiting' | 'called' | 'served' | 'left';
  serving: string | null;
  /** People before this one. */
  ahead: number;
  /** An honest range in minutes; null when nothing can be said (closed, or no longer waiting). */
  wait: { from: number; to: number } | null;
}

/** Business outcomes never throw. The same idempotency key gives the ticket of the first time. */
export interface Lines {
  name: string;
  lines(): Promise<Result<Line[]>>;
  now(line: string): Promise<Result<LineNow>>;
  /** not_found for an unknown line, not_allowed: too_late when no counter is open. */
  take(line: string, idempotencyKey: string): Promise<Result<Ticket>>;
  get(ticket: string): Promise<Result<Ticket>>;
  /** Who has been called or has left already stays so. */
  leave(ticket: string): Promise<Result<Ticket>>;
  /** The next who waits is called; not_found when nobody does. A key belongs to one call: used once more it gives whom it called. */
  callNext(line: string, idempotencyKey?: string): Promise<Result<Ticket>>;
  /** Whom a call with this key took out of whichever line; not_found when nobody. */
  calledWith(idempotencyKey: string): Promise<Result<Ticket>>;
  close(): Promise<void>;
}

export interface LinesParts {
  database: Database;
  /** Epoch milliseconds; tests bring their own. */
  now?: () => number;
}

export type OpenLines = (parts: LinesParts, settings: unknown) => Promise<Lines>;
