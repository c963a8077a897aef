/** Masks personal data before text goes where it is read by others: gaps, exports, logs. Not reversible. */
import { findPersonal, type PersonalKind, type PersonalSpan, replaceSpans } from '../../knowledge/personal-data/find.ts';
import { MARKS } from '../../knowledge/personal-data/marks.ts';

/** `leave`: kinds that are what the text is about, such as the address of a hole in the road. Linear in the length of the text. */
export function redact(text: string, leave: PersonalKind[] = []): string {
  return replaceSpans(text, findPersonal(text, leave.length > 0 ? new Set(leave) : undefined), ({ kind }) => MARKS[kind]);
}

/** Where `redact` would put a mark. */
export function personalSpans(text: string): PersonalSpan[] {
  return findPersonal(text);
}
