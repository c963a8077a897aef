/** Codes that the state, a bank or an office gave to one person. */
import { controlLetter, luhn, remainderBy97 } from './checksums.ts';
import { before, prefixes, type Range, type Rule, tail, whole } from './rule.ts';

const START = '(?<![\\p{L}\\d])';
const END = '(?![\\p{L}\\d])';
const SIGNS = '[\\dLMNPQRSTUV]';
const PLATE_LETTER = '[A-HJ-NPR-TV-Z]';
const rule = (source: string) => new RegExp(source, 'giu');
const bare = (text: string) => text.toUpperCase().replace(/[^A-Z\d]/g, '');
/** Of every country that has them. */
const IBAN_LENGTHS = new Map(
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
    .split(' ')
    .map((one) => [one.slice(0, 2), Number(one.slice(2))]),
);
/** 18 digits are a pagoPA notice, which is nobody's. */
const CARD_LENGTHS = new Set([13, 14, 15, 16, 19]);
const IS_CARD =
  /(?:^|[^\p{L}])(?:carta(?! d)|cart[ae] di (?:credito|debito)|bancomat|prepagata|postepay|visa|mastercard|maestro|amex|card|karte|tarjeta)/u;
const digitsIn = (text: string) => text.replace(/\D/g, '').length;

const IS_DOCUMENT =
  /passaport|passport|pasaporte|passeport|reisepass|pașaport|identit[àay]|\bci\b|\bcie\b|c\.i\.|patente|licen[cs]e|führerschein|permis|permiso|soggiorno|ausweis|document|جواز|هوية/;
const IS_VEHICLE = /targ|\bauto\b|macchina|moto|scooter|veicolo|furgone|camper|plate|vehicle|kennzeichen|voiture|immatricul|matr[ií]cul/;

function fiscalCode(found: RegExpExecArray, text: string): Range | null {
  if (!/\d/.test(found[0])) return null;
  const value = bare(found[0]);
  if (controlLetter(value) === value[15]) return whole(found);
  // One with a slip of the pen is a person's all the same.
  if (digitsIn(value) < 4) return null;
  return found[0].length === 16 || /fiscal|(?:^|[^\p{L}])c\.?f\.?[^\p{L}]*$/u.test(before(text, found.index, 30)) ? whole(found) : null;
}

function iban(found: RegExpExecArray, text: string): Range | null {
  const start = found.index;
  const length = IBAN_LENGTHS.get(found[0].slice(0, 2).toUpperCase());
  // However it is written, four digits stand together somewhere.
  if (length === undefined || !/\d{4}/.test(found[0])) return null;
  const [right] = prefixes(found[0], length, length);
  if (right && remainderBy97(right.value) === 1) return { start, end: start + right.end };
  // A slip of the pen: all groups that still hold a digit.
  const candidates = prefixes(found[0], 15, 34).filter(({ digits }) => digits >= 10);
  const last = candidates.find(({ value }, i) => /\d/.test(value.slice(candidates[i + 1]?.value.length ?? -4)));
  if (!last) return null;
  const italian = /^IT\d{2}[A-Z]\d{10}[A-Z\d]{12}$/.test(last.value);
  return italian || /iban/.test(before(text, start, 30)) ? { start, end: start + last.end } : null;
}

function card(found: RegExpExecArray, text: string): Range | null {
  if (!/\d{4}/.test(found[0])) return null;
  const candidates = prefixes(found[0], 13, 19).filter(({ value }) => CARD_LENGTHS.has(value.length));
  const right = candidates.find(({ value }) => luhn(value) === 0) ?? (IS_CARD.test(before(text, found.index, 30)) ? candidates[0] : null);
  return right ? { start: found.index, end: found.index + right.end } : null;
}

function document(found: RegExpExecArray, text: string, shouted: boolean): Range | null {
  // "AX 7315520 e …": what follows in small letters is the next word.
  const written = found[0].replace(/(?<=\d)[ -][a-z]{1,2}$/, '');
  const range = { start: found.index, end: found.index + written.length };
  if (/^[A-Z]{2} (?:\d{7}|\d{5} ?[A-Z]{2})$/.test(written) && !shouted) return range;
  // Its name may come after it: "CA 48213 FX è la mia carta d'identità".
  return IS_DOCUMENT.test(before(text, range.end + 40, written.length + 80)) ? range : null;
}

function lettersAndDigits(found: RegExpExecArray): Range | null {
  const value = found.at(-1) ?? '';
  return digitsIn(value) >= 4 && /\p{L}/u.test(value) ? tail(found) : null;
}

function plate(found: RegExpExecArray, text: string, shouted: boolean): Range | null {
  const said = IS_VEHICLE.test(before(text, found.index, 30));
  const written = found[0];
  if (said || !/[ -]/.test(written)) return whole(found);
  // "DA 100 KM" in a message all in capitals is no plate.
  return written === written.toUpperCase() && !shouted ? whole(found) : null;
}

const when =
  (cue: RegExp, signs = 40) =>
  (found: RegExpExecArray, text: string): Range | null =>
    cue.test(before(text, found.index, signs)) ? whole(found) : null;

export const CODES: Rule[] = [
  {
    kind: 'fiscalCode',
    needs: { digits: 1, mixed: true },
    pattern: rule(
      `${START}[A-Z](?:[ .-]?[A-Z]){5}(?:[ .-]?${SIGNS}){2}[ .-]?[ABCDEHLMPRST](?:[ .-]?${SIGNS}){2}[ .-]?[A-Z](?:[ .-]?${SIGNS}){3}[ .-]?[A-Z]${END}`,
    ),
    accept: fiscalCode,
  },
  {
    kind: 'fiscalCode',
    needs: { digits: 4 },
    pattern: rule(`${START}(?:codice fiscale|cod\\.? ?fisc\\.?|c\\.?f\\.?)[\\s:]{1,3}(?:[eè]['’]?[\\s:]{1,2})?([A-Z\\d]{14,17})${END}`),
    accept: lettersAndDigits,
  },
  {
    kind: 'iban',
    needs: { digits: 4, mixed: true },
    pattern: rule(`${START}[A-Z]{2}[ .-]?\\d{2}(?:[ .-]?[A-Z\\d]){11,30}${END}`),
    accept: iban,
  },
  { kind: 'healthCard', needs: { digits: 20 }, pattern: /(?<!\d)80380(?:[ -]?\d){15}(?!\d)/g },
  { kind: 'card', needs: { digits: 12 }, pattern: /(?<!\d|\d[.,])(?:[3-6]|2[2-7])(?:[ .-]?\d){11,18}(?!\d|,\d)/g, accept: card },
  {
    kind: 'vat',
    needs: { digits: 11 },
    pattern: rule(
      `${START}(?:p\\.? ?iva|partit[ae] iva|vat|ust-?id|tva)(?!\\p{L})[^\\n\\d]{0,20}?((?:IT[ -]?)?\\d(?:[ .]?\\d){10})(?!\\d)`,
    ),
    accept: tail,
  },
  {
    kind: 'vat',
    needs: { digits: 11 },
    pattern: rule(`${START}IT[ -]?\\d{11}(?!\\d)`),
    accept: (found) => (luhn(found[0].replace(/\D/g, '')) === 0 ? whole(found) : null),
  },
  { kind: 'document', needs: { digits: 1, mixed: true }, pattern: rule(`${START}(?:[A-Z]{2}\\d{5}[A-Z]{2}|U1[A-Z\\d]{7}[A-Z])${END}`) },
  { kind: 'document', needs: { digits: 7, mixed: true }, pattern: new RegExp(`${START}[A-Z]{2}\\d{7}[A-Z]?${END}`, 'gu') },
  {
    kind: 'document',
    needs: { digits: 5, mixed: true },
    pattern: rule(`${START}[A-Z]{1,2}[ -]?\\d{5,8}(?:[ -]?[A-Z]{1,2})?${END}`),
    accept: document,
  },
  {
    kind: 'document',
    needs: { digits: 6 },
    pattern: rule(
      `${START}(?:passaporto|passport|reisepass|passeport|pasaporte|patente(?: di guida)?|permesso di soggiorno|carta d['’ ]identità|documento)(?:[ ,:]{1,2}(?:n[.°r]{0,2}|num(?:ero)?\\.?|no\\.?|è|e['’])){0,2}[ ,:]{1,2}(\\d{6,10})(?![\\d/])`,
    ),
    accept: tail,
  },
  {
    kind: 'document',
    needs: { digits: 4, mixed: true },
    pattern: rule(`${START}(?=[A-Z\\d]{0,11}\\d)(?=\\d{0,11}[A-Z])[A-Z\\d]{7,12}${END}`),
    accept: (found, text) => (digitsIn(found[0]) >= 4 && IS_DOCUMENT.test(before(text, found.index, 30)) ? whole(found) : null),
  },
  {
    kind: 'plate',
    needs: { digits: 3, mixed: true },
    pattern: rule(`${START}${PLATE_LETTER}{2}[ -]?\\d{3}[ -]?${PLATE_LETTER}{2}${END}`),
    accept: plate,
  },
  {
    kind: 'plate',
    needs: { digits: 5, mixed: true },
    pattern: rule(`${START}${PLATE_LETTER}{2}[ -]?\\d{5}${END}`),
    accept: when(IS_VEHICLE, 30),
  },
];
