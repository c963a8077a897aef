/** A birth date in a sentence, in figures or with the month's name, in every language we speak. */
import { foldAccents } from '../../../knowledge/languages/reading/stem.ts';
import { day } from '../dates/calendar.ts';

const MONTHS: RegExp[] = [
  /^(?:gen|jan|ene|janv|jän)/,
  /^(?:feb|fev|fbr)/,
  /^(?:mar(?!t$)|mär|marz|mars)/,
  /^(?:apr|avr|abr)/,
  /^(?:mag|may|mai|mayo)/,
  /^(?:giu|jun|juin)/,
  /^(?:lug|jul|juil)/,
  /^(?:ago|aug|aou)/,
  /^(?:set|sep)/,
  /^(?:ott|oct|okt)/,
  /^(?:nov)/,
  /^(?:dic|dec|dez)/,
];
const FIGURES = /(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d{2})(?!\d)/;
const ISO = /(?<!\d)((?:19|20)\d{2})-(\d{1,2})-(\d{1,2})(?!\d)/;
const NAMED = /(?<!\d)(\d{1,2})(?:°|º|\.|st|nd|rd|th|er)?\s+(?:di |de |of )?(\p{L}{3,10})\.?,?\s+(?:del |de |of )?((?:19|20)\d{2})(?!\d)/iu;

export interface BirthDate {
  /** `YYYY-MM-DD`. */
  date: string;
  /** As it stands in the text. */
  written: string;
}

/** `wrong`: it looks like one and is none, or lies ahead of `today`. */
export function birthDateIn(text: string, today: string): BirthDate | 'wrong' | null {
  const iso = ISO.exec(text);
  const figures = iso ? null : FIGURES.exec(text);
  const named = iso || figures ? null : NAMED.exec(text);
  const [written, d, m, y] = iso
    ? [iso[0], iso[3], iso[2], iso[1]]
    : figures
      ? [figures[0], figures[1], figures[2], figures[3]]
      : named
        ? [named[0], named[1], String(MONTHS.findIndex((month) => month.test(foldAccents((named[2] ?? '').toLowerCase()))) + 1), named[3]]
        : [];
  if (written === undefined || m === '0') return null;
  const date = day(Number(y), Number(m), Number(d));
  return date && date <= today && date > '1900' ? { date, written } : 'wrong';
}
