/** Joins words that move a day or an hour to what they move: "the day after" + "Christmas", "before" + "ten". */
import { addDays, nextWeekday } from './calendar.ts';
import type { DayWords, Mention, Shift, Today } from './mentions.ts';
import { resolveDay, shifted } from './resolve.ts';

/** Only these may stand between a moving word and what it moves. */
const BETWEEN = /^(?:(?:THE|OF|AT|x|FROM)(?:=\S+)? ){0,3}$/;

/** Mentions without shifts and followings. */
export function attach(symbols: string, found: Mention[], { today }: Today): Mention[] {
  const rest = [...found];
  const out: Mention[] = [];
  while (rest.length > 0) {
    const mention = rest.pop() as Mention;
    const next = out[0];
    if (mention.type === 'shift') {
      const touching = next && BETWEEN.test(symbols.slice(mention.to, next.from));
      if (touching && next.type === 'day') {
        out[0] = { type: 'day', day: shifted(mention.shift, next.day, today), from: mention.from, to: next.to };
      } else if (touching && next.type === 'hour' && mention.shift.bound) {
        // "After ten" is taken as ten, "before ten" names no hour; "not before ten" is after it.
        const until = mention.shift.backwards && !/(?:NOT|CANT) (?:x )?$/.test(symbols.slice(0, mention.from));
        out[0] = { ...next, from: mention.from, hour: { ...next.hour, ...(until && { bound: true }) } };
      } else {
        const words = withoutAnchor(mention.shift, lastDay(rest, today), today);
        if (words) out.unshift({ type: 'day', day: words, from: mention.from, to: mention.to });
      }
    } else if (mention.type === 'following') {
      const before = rest.findLast((one) => one.type === 'day');
      const anchor = lastDay(rest, today);
      if (anchor && before?.type === 'day') {
        const weekly = before.day.weekday !== undefined && before.day.day === undefined;
        const isDay = /DAY /.test(symbols.slice(mention.from, mention.to));
        out.unshift({ type: 'day', day: { date: addDays(anchor, weekly && !isDay ? 7 : 1) }, from: mention.from, to: mention.to });
      } else if (before?.type === 'day') {
        const words = before.day.week ? { week: addDays(before.day.week, 7) } : { vague: true };
        out.unshift({ type: 'day', day: words, from: mention.from, to: mention.to });
      }
    } else out.unshift(mention);
  }
  return out;
}

function lastDay(before: Mention[], today: string): string | null {
  const last = before.findLast((one) => one.type === 'day');
  return last?.type === 'day' ? (resolveDay(last.day, today).dates[0] ?? null) : null;
}

/** "The day after", "the Monday after": from the day named before, or still to ask. */
function withoutAnchor(shift: Shift, anchor: string | null, today: string): DayWords | null {
  if (shift.bound) return null;
  if (anchor && shift.weekday !== undefined) return { date: nextWeekday(anchor, shift.weekday) };
  if (anchor && shift.days !== undefined) return { date: addDays(anchor, shift.backwards ? -shift.days : shift.days) };
  if (shift.weekday !== undefined) return { weekday: shift.weekday, vague: true };
  if (shift.weeks === 1 && anchor) return { date: addDays(anchor, shift.backwards ? -7 : 7) };
  return shift.weeks === 0 || !today ? null : { vague: true };
}
