/** Puts together what stands: joins what agrees, keeps alternatives apart, lets a correction replace. */
import type { DayWords, HourWords, Mention } from './mentions.ts';
import type { Part } from './reading.ts';
import type { Sign } from './scan.ts';

export interface Combined {
  /** Alternatives; one when nothing contradicts. */
  days: DayWords[];
  hours: HourWords[];
  moments: { date: string; time: string }[];
  parts: Part[];
  /** "Di notte" is no part of an office's day, but says which half an hour is in. */
  night: boolean;
}

export function combine(kept: Mention[], refused: Mention[], signs: Sign[]): Combined {
  const result: Combined = { days: [], hours: [], moments: [], parts: [], night: false };
  const all = [...kept, ...refused].sort((a, b) => a.from - b.from);
  const span = { first: -1, last: -1 };
  const places: { hours: number[]; parts: number[] } = { hours: [], parts: [] };
  let previous: Mention | undefined;
  for (const mention of kept) {
    const link = linkBetween(previous, mention, signs, all);
    if (mention.type === 'day') {
      const before = all.findLast((one) => one.type === 'day' && one.from < mention.from);
      const dayLink = linkBetween(before, mention, signs, all);
      if (joinDay(result, mention.day, dayLink, before?.type === 'day' ? before.day : undefined)) {
        if (span.first < 0 || dayLink === 'instead') span.first = mention.from;
        span.last = mention.from;
      }
    } else if (mention.type === 'hour') {
      const hourLink = linkSince('hour', mention, signs, all);
      if (hourLink === 'instead') result.hours = [];
      // "Mattina, anzi alle 15": the hour corrects the part as well.
      if (link === 'instead' && result.parts[0] && !fits(mention.hour, result.parts[0])) result.parts = [];
      if (!result.hours.some((one) => one.hour === mention.hour.hour && one.minute === mention.hour.minute)) {
        result.hours.push(mention.hour);
        places.hours.push(mention.from);
      }
    } else if (mention.type === 'part') {
      if (linkSince('part', mention, signs, all) === 'instead') result.parts = [];
      if (mention.part === null) result.night = true;
      if (mention.part && !result.parts.includes(mention.part)) result.parts.push(mention.part);
      places.parts.push(mention.from);
    } else if (mention.type === 'moment') result.moments.push({ date: mention.date, time: mention.time });
    previous = mention;
  }
  if (result.days.length > 1) {
    // An hour said with one of several days is not said of the others.
    const inside = (place: number) => place > span.first && place < span.last;
    if (places.hours.some(inside)) result.hours = [];
    if (places.parts.some(inside)) result.parts = [];
  }
  return result;
}

type Link = 'and' | 'or' | 'instead';

function linkBetween(before: Mention | undefined, mention: Mention, signs: Sign[], all: Mention[]): Link {
  if (!before) return 'and';
  const between = signs.filter(({ at }) => at >= before.to && at < mention.from && !all.some((one) => one.from <= at && at < one.to));
  // The last word counts: "o meglio" corrects, "ma se non si può" offers another.
  const last = between.findLast(({ symbol }) => ['CORR', 'NO', 'OR'].includes(symbol))?.symbol;
  return last === undefined ? 'and' : last === 'OR' ? 'or' : 'instead';
}

function linkSince(type: Mention['type'], mention: Mention, signs: Sign[], all: Mention[]): Link {
  return linkBetween(
    all.findLast((one) => one.type === type && one.from < mention.from),
    mention,
    signs,
    all,
  );
}

/** Whether the day now stands among the alternatives. */
function joinDay(result: Combined, words: DayWords, link: Link, before: DayWords | undefined): boolean {
  const last = result.days.at(-1);
  const widens = (words.week !== undefined || words.vague === true) && words.weekday === undefined && words.date === undefined;
  if (link !== 'or' && last && (link === 'and' || (widens && words.month === undefined))) {
    const joined = join(last, words);
    if (joined) {
      result.days[result.days.length - 1] = joined;
      return true;
    }
  }
  const complete = before ? inherit(words, before) : words;
  if (last && last.day !== undefined && last.month === undefined && words.month !== undefined && words.day !== undefined)
    result.days[result.days.length - 1] = { ...last, month: words.month, ...(words.year !== undefined && { year: words.year }) };
  if (last && last.weekday !== undefined && last.week === undefined && last.day === undefined && words.week !== undefined)
    result.days[result.days.length - 1] = { ...last, week: words.week };
  const known = result.days.some((one) => JSON.stringify(one) === JSON.stringify(complete));
  if (link === 'instead') result.days = [complete];
  else if (!known) result.days = [...result.days, complete];
  return true;
}

/** "Il 24 dicembre, anzi il 25": the number alone stays in the month said before; a weekday in its week. */
function inherit(words: DayWords, before: DayWords): DayWords {
  if (words.day !== undefined && words.month === undefined && words.week === undefined) {
    const fromDate = before.date ? { month: Number(before.date.slice(5, 7)) } : {};
    const month = before.month !== undefined ? { month: before.month } : fromDate;
    return { ...words, ...month, ...(before.year !== undefined && { year: before.year }) };
  }
  if (words.weekday !== undefined && words.day === undefined && words.which === undefined && words.week === undefined && before.week)
    return { ...words, week: before.week };
  return words;
}

/** Both at once, or `null` when they contradict each other. */
function join(a: DayWords, b: DayWords): DayWords | null {
  const fields = ['date', 'weekday', 'day', 'month', 'year', 'week', 'which'] as const;
  if (fields.some((field) => a[field] !== undefined && b[field] !== undefined && a[field] !== b[field])) return null;
  if ((a.bound && !isEmpty(b)) || (b.bound && !isEmpty(a))) return a.bound && b.bound ? null : sameDay(a, b) ? { ...a, ...b } : null;
  if (a.date !== undefined && b.date === undefined && b.day !== undefined) return { ...a, ...b };
  const vague = Boolean(a.vague && b.vague) || (Boolean(a.vague || b.vague) && onlyWide({ ...a, ...b }));
  const { vague: _a, ...first } = a;
  const { vague: _b, ...second } = b;
  return { ...first, ...second, ...(vague && { vague }) };
}

const isEmpty = (words: DayWords) => Object.keys(words).every((key) => key === 'vague' || key === 'bound');
const sameDay = (a: DayWords, b: DayWords) => a.date !== undefined && a.date === b.date;
const onlyWide = (words: DayWords) => words.date === undefined && words.day === undefined && words.weekday === undefined;

function fits({ hour }: HourWords, part: Part): boolean {
  return part === 'morning' ? hour < 13 && hour > 6 : hour >= 12 || hour < 8;
}
