/** Where a booking of ours stands in the office's own tool. Kept as JSON in our row. */
import type { BookingTable } from '../../databases/schema/bookings.ts';
import type { Result } from '../../result.ts';
import type { Person } from '../contract.ts';

export interface Remote {
  /** Path or id of the entry there; empty while it is not known, and then our reference finds it. */
  href: string;
  etag: string;
  /** Epoch ms, as written: another time found there was set by a person. */
  start: number;
  /** Of a change that was begun: the booking that moves here. */
  moves?: string;
  /** An entry that could not be taken out after a change; sweep() tries again. */
  leftover?: string;
}

export const readRemote = (json: string | null): Remote | null => (json ? (JSON.parse(json) as Remote) : null);

/** Write, read back, withdraw if beaten; and taking out again. Everything here throws NoAnswer. */
export interface Writing {
  /** Is there room for `row` beside those whom the tool and our database know? */
  beaten(row: BookingTable, capacity: number, mine?: string): Promise<boolean>;
  /** Where the entry of a row will stand; kept before it is written. */
  intended(row: BookingTable): Promise<Remote>;
  /** slot_taken: it was withdrawn again. NoAnswer's `sent` says whether an entry of ours may stand there. */
  write(row: BookingTable, remote: Remote, person: Person, code: string, service: string): Promise<Result<Remote>>;
  /** What became of a write that was begun: it is there and alone (ok), was never there, or was withdrawn now. */
  settle(row: BookingTable, remote: Remote): Promise<Result<Remote>>;
  /** `gone`: it was out already. */
  takeOut(remote: Pick<Remote, 'href' | 'etag'>): Promise<'removed' | 'gone'>;
}
