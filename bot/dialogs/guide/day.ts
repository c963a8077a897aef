/** The day something happened or will: unlike an appointment's, it may lie in the past. */
import { plain } from '../../conversation/filling/control.ts';
import { addDays, day, daysBetween } from '../dates/calendar.ts';
import { readDate } from '../dates/read-date.ts';

const MONTHS = ['gen', 'feb', 'mar', 'apr', 'mag', 'giu', 'lug', 'ago', 'set', 'ott', 'nov', 'dic'];
const RELATIVE: [RegExp, number][] = [
  [/\b(?:l )?altro ieri\b|\bavantieri\b|\bieri l altro\b/, -2],
  [/\b(?:ieri|iersera|stanotte)\b/, -1],
  [/\b(?:oggi|stamattina|stamani|stasera|adesso)\b/, 0],
  [/\bdopodomani\b/, 2],
  [/\bdomani\b/, 1],
];
/** A day without its year is the one nearest to today. */
const FAR_AHEAD = 90;

/** `YYYY-MM-DD`; null = none was said. `today` in the office's zone. */
export function dayIn(text: string, today: string, now: Date): string | null {
  const said = plain(text);
  const relative = RELATIVE.find(([words]) => words.test(said));
  if (relative) return addDays(today, relative[1]);
  const iso = /\b(\d{4})-(\d\d)-(\d\d)\b/.exec(text);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const figures = /(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?(?![\d/])/.exec(text);
  if (figures) return dated(Number(figures[1]), Number(figures[2]), figures[3], today);
  const named =
    /(?<!\d)(\d{1,2}|primo)(?:°|º)?\s+(?:di\s+)?(gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)[a-z]*(?:\s+(?:del\s+)?(\d{4}))?/.exec(
      said,
    );
  if (named) return dated(named[1] === 'primo' ? 1 : Number(named[1]), MONTHS.indexOf(named[2] ?? '') + 1, named[3], today);
  const reading = readDate(text, { now });
  return reading.kind === 'date' ? reading.date : null;
}

function dated(date: number, month: number, year: string | undefined, today: string): string | null {
  if (year !== undefined) return day(Number(year.length === 2 ? `20${year}` : year), month, date);
  const here = Number(today.slice(0, 4));
  const candidates = [here - 1, here, here + 1].flatMap((y) => day(y, month, date) ?? []);
  return candidates.filter((one) => daysBetween(today, one) <= FAR_AHEAD).at(-1) ?? null;
}
