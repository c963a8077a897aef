/** IBAN: the length of its country, for Italy and San Marino the shape of ABI and CAB and the CIN, and the remainder by 97. */
import { remainderBy97 } from '../../../knowledge/personal-data/checksums.ts';
import { bare, type CodeResult, wrong } from './result.ts';

/** Lengths by country, of those whose accounts reach the euro area's payments. */
const LENGTHS: Record<string, number> = {
  AD: 24,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
  AL: 28,
  MD: 24,
  ME: 22,
  MK: 19,
  RS: 22,
};
const AGAIN = 'Lo ricopi dall’estratto conto o dall’app della banca.';

/** In chat only its form is ever looked at: where a payment goes is decided on the body's own pages. */
export function checkIban(text: string): CodeResult<{ country: string }> {
  const value = bare(text).replace(/^IBAN:?/, '');
  const country = value.slice(0, 2);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(value))
    return wrong(`L’IBAN comincia con due lettere del Paese e due cifre, per esempio IT60. ${AGAIN}`);
  const length = LENGTHS[country];
  if (length === undefined) return wrong(`Il Paese ${country} non è tra quelli che usano l’IBAN per i pagamenti in euro. ${AGAIN}`);
  if (value.length !== length) return wrong(`Un IBAN ${country} ha ${length} caratteri, qui ce ne sono ${value.length}. ${AGAIN}`);
  if ((country === 'IT' || country === 'SM') && !/^..\d{2}[A-Z]\d{10}[A-Z0-9]{12}$/.test(value))
    return wrong(`In un IBAN italiano, dopo IT e due cifre, vengono una lettera, 10 cifre e 12 caratteri del conto. ${AGAIN}`);
  if (remainderBy97(value) !== 1) return wrong(`L’IBAN contiene un errore: le cifre di controllo non tornano. ${AGAIN}`);
  return { kind: 'ok', value, country };
}
