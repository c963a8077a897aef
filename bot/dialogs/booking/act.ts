/** Does what a confirmed form says, once. What is unknown is looked up by its key, never repeated blindly. */
import type { Booking, Bookings } from '../../../connectors/bookings/contract.ts';
import type { Result } from '../../../connectors/result.ts';
import type { FormState } from '../../conversation/filling/form.ts';
import { type FormName, holdOf, personOf, proofOf, provenOf } from './forms.ts';

export type Done =
  | { kind: 'done'; booking: Booking }
  | { kind: 'taken' }
  | { kind: 'unknown' }
  | { kind: 'refused'; word: string; values?: Record<string, string> };

export async function actOn(bookings: Bookings, form: FormState): Promise<Done> {
  const result = await write(bookings, form);
  return result.kind === 'unknown' ? findOut(bookings, form.key) : told(result);
}

/** What became of a write nobody answered. */
export async function findOut(bookings: Bookings, key: string): Promise<Done> {
  const result = await bookings.lookup(key);
  if (result.kind === 'ok') return { kind: 'done', booking: result.value };
  return result.kind === 'not_found' ? { kind: 'refused', word: 'bookNotDone' } : { kind: 'unknown' };
}

async function write(bookings: Bookings, { form, key, values }: FormState): Promise<Result<Booking>> {
  const name = form as FormName;
  const hold = holdOf(values);
  if (name === 'book' && hold) return bookings.confirm(hold, personOf(values), key);
  const known = provenOf(values);
  const code = String(values['code']);
  if (!known) return { kind: 'not_found' };
  if (name === 'move' && hold) return bookings.reschedule(code, proofOf(known.fact), hold, key);
  if (name === 'cancel') return bookings.cancel(code, proofOf(known.fact), key);
  return { kind: 'invalid', fields: {} };
}

function told(result: Result<Booking>): Done {
  if (result.kind === 'ok') return { kind: 'done', booking: result.value };
  if (result.kind === 'slot_taken') return { kind: 'taken' };
  if (result.kind === 'limit_reached') return { kind: 'refused', word: 'bookLimit', values: { limit: String(result.limit) } };
  if (result.kind === 'not_found') return { kind: 'refused', word: 'bookNotFound' };
  if (result.kind === 'not_allowed') return { kind: 'refused', word: result.need === 'too_late' ? 'bookTooLate' : 'bookNotAllowed' };
  if (result.kind === 'invalid') return { kind: 'refused', word: 'bookInvalid', values: { why: Object.values(result.fields).join(' ') } };
  if (result.kind === 'retry_after')
    return { kind: 'refused', word: 'bookTooManyTries', values: { minutes: String(Math.ceil(result.seconds / 60)) } };
  return { kind: 'refused', word: 'bookDown' };
}
