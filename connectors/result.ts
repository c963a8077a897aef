/** What every connector answers. Business outcomes are values of these kinds; an exception is a surprise. */

export interface Ok<T> {
  kind: 'ok';
  value: T;
}

export type Trouble =
  /** Somebody has it: show other slots. */
  | { kind: 'slot_taken' }
  /** The person already has as many open bookings of this service as it allows. */
  | { kind: 'limit_reached'; limit: number }
  /** Unknown code, or a wrong second fact: the two are never told apart. */
  | { kind: 'not_found' }
  /** `sign_in`: a verified identity is needed · `unsupported`: see capabilities() · `too_late`: the appointment is over or already cancelled. */
  | { kind: 'not_allowed'; need: 'sign_in' | 'unsupported' | 'too_late' }
  /** Field → what is wrong, in words for the citizen's operator (Italian). */
  | { kind: 'invalid'; fields: Record<string, string> }
  | { kind: 'retry_after'; seconds: number }
  /** The back office does not answer or refuses us; nothing was written. `reason` is for logs. */
  | { kind: 'down'; reason: string }
  /** A write was sent and no answer came: it may have been done. Ask lookup(key) before anything is repeated. */
  | { kind: 'unknown'; reason: string };

export type Result<T> = Ok<T> | Trouble;

export const ok = <T>(value: T): Ok<T> => ({ kind: 'ok', value });

export interface Health {
  state: 'up' | 'down';
  /** One line for the operator. */
  detail: string;
}
