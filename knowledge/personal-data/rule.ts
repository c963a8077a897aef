/** What a rule is: a pattern with bounded repetitions, and a second look that may shorten or refuse what it found. */

export type PersonalKind =
  | 'email'
  | 'iban'
  | 'fiscalCode'
  | 'card'
  | 'healthCard'
  | 'phone'
  | 'document'
  | 'plate'
  | 'vat'
  | 'birthDate'
  | 'address'
  | 'name'
  | 'health'
  | 'special';

export interface Range {
  start: number;
  end: number;
}

export interface PersonalSpan extends Range {
  kind: PersonalKind;
}

/** What a text must hold for a rule to find something in it. */
export interface Needs {
  /** Digits in all. */
  digits?: number;
  /** A letter and a digit side by side, or with one sign between them. */
  mixed?: true;
  /** The sign of an address for mail. */
  at?: true;
  /** Capital letters in all. */
  capitals?: number;
  /** One of these, as an expression. */
  words?: string;
}

export interface Rule {
  kind: PersonalKind;
  /** Global; no repetition without an upper bound, so that the cost grows with the text alone. */
  pattern: RegExp;
  /** The part of the finding that is personal; null = none. Absent = all of it. `shouted`: the whole text is in capitals, which then say nothing. */
  accept?(found: RegExpExecArray, text: string, shouted: boolean): Range | null;
  /** What a finding holds at least; a text without it is not read. */
  needs?: Needs;
  /** A refused finding is passed over whole, not looked at again from its second sign. */
  passOver?: boolean;
}

/** The words just before a place, in small letters. */
export function before(text: string, at: number, signs = 40): string {
  return text.slice(Math.max(0, at - signs), at).toLowerCase();
}

export function whole(found: RegExpExecArray): Range {
  return { start: found.index, end: found.index + found[0].length };
}

/** The last group, which ends the finding. */
export function tail(found: RegExpExecArray): Range {
  const end = found.index + found[0].length;
  return { start: end - (found.at(-1)?.length ?? 0), end };
}

export interface Prefix {
  /** Where it ends in the written text. */
  end: number;
  /** Its letters and digits, in capitals. */
  value: string;
  digits: number;
}

/** Beginnings of a code written in groups that stop between two groups, the longest first. */
export function prefixes(written: string, least: number, most: number): Prefix[] {
  const list: Prefix[] = [];
  const whole = written.toUpperCase().replace(/[ .-]/g, '');
  let length = 0;
  let digits = 0;
  for (let at = 0; at <= written.length && length <= most; at++) {
    const sign = at === written.length ? 32 : written.charCodeAt(at);
    if (sign !== 32 && sign !== 46 && sign !== 45) {
      length++;
      if (sign >= 48 && sign <= 57) digits++;
    } else if (length >= least && list.at(-1)?.value.length !== length) list.push({ end: at, value: whole.slice(0, length), digits });
  }
  return list.reverse();
}
