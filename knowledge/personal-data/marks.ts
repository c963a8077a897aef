/** What stands in a masked text where personal data stood. */
import type { PersonalKind } from './rule.ts';

export const MARKS: Record<PersonalKind, string> = {
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
