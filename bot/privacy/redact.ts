/** Masks personal data before text goes where it is read by others: gaps, exports, logs. Not reversible. */
import { findPersonal, type PersonalKind, type PersonalSpan, replaceSpans } from '../../knowledge/personal-data/find.ts';

const MARKS: Record<PersonalKind, string> = {
  email: '[e-mail]',
  iban: '[IBAN]',
  fiscalCode: '[codice fiscale]',
  card: '[carta]',
  healthCard: '[tessera sanitaria]',
  phone: '[telefono]',
  document: '[documento]',
  plate: '[targa]',
  vat: '[partita IVA]',
  birthDate: '[data di nascita]',
  address: '[indirizzo]',
  name: '[nome]',
  health: '[salute]',
  special: '[dato particolare]',
};

/** `leave`: kinds that are what the text is about, such as the address of a hole in the road. Linear in the length of the text. */
export function redact(text: string, leave: PersonalKind[] = []): string {
  return replaceSpans(text, findPersonal(text, new Set(leave)), ({ kind }) => MARKS[kind]);
}

/** Where `redact` would put a mark. */
export function personalSpans(text: string): PersonalSpan[] {
  return findPersonal(text);
}
