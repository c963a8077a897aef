/** Days, weeks and months, from symbols. */
import { addDays, addMonths, day as dayOf, daysInMonth, easter, monday, nextWeekday, nthWeekday, isWorkingDay, parts } from './calendar.ts';
import { type Matched, pattern } from './grammar.ts';
import type { Rule } from './hour-rules.ts';
import type { DayWords, Named, Shift, Today } from './mentions.ts';

const day = (words: DayWords): Named => ({ type: 'day', day: words });
const vague = () => day({ vague: true });
const gone = () => day({ past: true });
const shift = (words: Partial<Shift>, backwards = false): Named => ({ type: 'shift', shift: { backwards, ...words } });
const rule = (text: string, read: Rule[1]): Rule => [pattern(text), read];

/** A number that cannot be a day stays one, so that it is asked back and not lost. */
const ordinal = (m: Matched): number => Number(m.arg('ORD') ?? m.arg('NTH') ?? (m.has('LASTORD') ? -1 : m.num('N')));
const year = (text: string | undefined): { year?: number } =>
  text === undefined ? {} : { year: text.length === 2 ? 2000 + Number(text) : Number(text) };
const which = (m: Matched): Pick<DayWords, 'which'> => (m.has('NEXT') ? { which: 'next' } : m.has('THIS') ? { which: 'this' } : {});

/** The month meant by "this month", "next month", "December" or just "the month". */
function monthMeant(m: Matched, { today }: Today): { year: number; month: number; open: boolean } {
  const now = parts(today);
  const named = m.arg('M');
  if (named !== undefined) {
    const month = Number(named);
    const given = m.arg('Y');
    return { month, year: given ? Number(given) : month < now.month ? now.year + 1 : now.year, open: !given };
  }
  if (m.has('YEAR')) return { year: m.has('NEXT') ? now.year + 1 : now.year, month: 12, open: false };
  const wanted = parts(addMonths(`${today.slice(0, 7)}-01`, m.has('NEXT') ? 1 : 0));
  return { year: wanted.year, month: wanted.month, open: !m.has('NEXT') && !m.has('THIS') };
}

/** "The first Monday of the month": next month's when this month's is over. */
function nth(m: Matched, today: Today): Named {
  const count = ordinal(m);
  const find = (y: number, month: number): string | null => {
    if (m.has('WD')) return nthWeekday(y, month, m.num('WD'), count);
    if (!m.has('WORKDAY')) return dayOf(y, month, count < 0 ? daysInMonth(y, month) : count);
    const days = Array.from({ length: daysInMonth(y, month) }, (_, index) => dayOf(y, month, index + 1) ?? '').filter(isWorkingDay);
    return days.at(count < 0 ? -1 : count - 1) ?? null;
  };
  const meant = monthMeant(m, today);
  let found = find(meant.year, meant.month);
  if (found && found < today.today && meant.open) {
    const following = m.has('M') ? { year: meant.year + 1, month: meant.month } : parts(addMonths(`${today.today.slice(0, 7)}-01`, 1));
    found = find(following.year, following.month);
  }
  return day(found ? { date: found } : { impossible: true });
}

function feast(m: Matched, { today }: Today): Named {
  const name = m.arg('FE') ?? '';
  const inYear = (y: number) => (name.startsWith('E') ? addDays(easter(y), Number(name.slice(1))) : `${y}-${name}`);
  const given = m.arg('Y');
  const now = parts(today).year;
  return day({ date: given ? inYear(Number(given)) : inYear(now) >= today ? inYear(now) : inYear(now + 1) });
}

function inUnits(m: Matched, { today }: Today, count = m.num('N')): Named {
  if (m.has('DAY')) return day({ date: addDays(today, count) });
  if (m.has('WEEK')) return day({ date: addDays(today, count * 7) });
  return day({ date: addMonths(today, m.has('YEAR') ? count * 12 : count) });
}

/** "In two weeks, on Monday": the week, not the day. */
const weekIn = (m: Matched, { today }: Today): Named => day({ week: addDays(monday(today), m.num('N') * 7), weekday: m.num('WD') });

function week(m: Matched, { today }: Today): Named {
  return day({ week: addDays(monday(today), m.has('OVERNEXT') ? 14 : m.has('NEXT') ? 7 : m.has('LAST') || m.has('LASTORD') ? -7 : 0) });
}

const numeric = (m: Matched): Named => {
  const [dayOfMonth, month, y] = (m.arg('DM') ?? '').split('-');
  return day({ day: Number(dayOfMonth), month: Number(month), ...year(y) });
};

const dotted = (m: Matched): Named | null => {
  const [dayOfMonth = '', month = ''] = (m.arg('DOT') ?? m.arg('DASH') ?? '').split(/[:-]/);
  return Number(month) >= 1 && Number(month) <= 12 ? day({ day: Number(dayOfMonth), month: Number(month) }) : null;
};

const dayMonth = (m: Matched): Named => day({ day: ordinal(m), month: m.num('M'), ...year(m.arg('Y')) });
const dayOnly = (m: Matched): Named => day({ day: ordinal(m) });
const NOT_A_DAY = '!M|DAY|WEEK|MONTH|YEAR|MIN|HOUR|OCLOCK|AM|PM|WD|WORKDAY|AND_HALF|AND_QUART|AND_THREEQ|HALF|MINUS|THREEQ|OF_QUART';
const BOUND = { from: 'FROM|AFTER', until: 'UNTIL|BEFORE' };
/** "After 10" is an hour in English and German, a day elsewhere ("dopo il 10"). */
const boundDay = (m: Matched, { code }: Today): Named | null =>
  (code === 'en' || code === 'de') && !m.has('THE') && !m.has('ORD') ? null : day({ day: ordinal(m), bound: true });

export const dayRules: Rule[] = [
  rule('REL', (m, { today }) => day({ date: addDays(today, m.num('REL')) })),
  rule('REL|WD WEEKON', (m, { today }) =>
    day({ date: addDays(m.has('REL') ? addDays(today, m.num('REL')) : nextWeekday(today, m.num('WD')), m.num('WEEKON')) }),
  ),
  rule('WEEKON', (m, { today }) => day({ date: addDays(today, m.num('WEEKON')) })),
  rule('N|A WEEK FROM|THE|FROMNOW? REL|WD', (m, { today }) =>
    day({ date: addDays(m.has('REL') ? addDays(today, m.num('REL')) : nextWeekday(today, m.num('WD')), m.num('N') * 7) }),
  ),
  rule('REL|WD IN|AFTER N|A WEEK', (m, { today }) =>
    m.has('REL') ? day({ date: addDays(today, m.num('REL') + m.num('N') * 7) }) : weekIn(m, { today, time: '', code: '' }),
  ),
  rule('WD WEEK !NEXT|THIS|OVERNEXT|LAST|AFTER', (m, { today, code }) =>
    code === 'en' ? day({ date: addDays(nextWeekday(today, m.num('WD')), 7) }) : day({ weekday: m.num('WD') }),
  ),
  rule('IN N|A DAY|WEEK|MONTH|YEAR', (m, today) => inUnits(m, today)),
  rule('IN N|A DAY|WEEK|MONTH FROMNOW|REL', (m, today) => inUnits(m, today)),
  rule('IN N|A WEEK ,? THE|OF? WD', weekIn),
  rule('IN N|A MONTH AND HALF', (m, { today }) => day({ date: addDays(addMonths(today, m.num('N')), 15) })),
  rule('N|A DAY|WEEK|MONTH FROMNOW', (m, today) => inUnits(m, today)),
  rule('N|A DAY|WEEK|MONTH LAST', (m, today) => inUnits(m, today, -m.num('N'))),
  rule('IN N WD', (m, { today }) => day({ date: addDays(nextWeekday(today, m.num('WD')), (m.num('N') - 1) * 7) })),
  rule('IN? THE? FEW DAY|WEEK|MONTH', vague),
  rule('WD', (m) => day({ weekday: m.num('WD') })),
  rule('WD NEXT|THIS !WEEK|MONTH', (m) => day({ weekday: m.num('WD'), ...which(m) })),
  rule('THIS|NEXT THIS? WD NEXT?', (m) => day({ weekday: m.num('WD'), ...which(m) })),
  rule('WD THIS NEXT', (m) => day({ weekday: m.num('WD') })),
  rule('WD LAST|LASTORD', gone),
  rule('LAST|LASTORD WD !OF|OF_THE|M|IN|THE', gone),
  rule('WD NEXT ,? CORR? NOT THE? THIS WD?', (m) => day({ weekday: m.num('WD'), which: 'one_later' })),
  rule('THE? NEXT WD ,? CORR? NOT THE? THIS', (m) => day({ weekday: m.num('WD'), which: 'one_later' })),
  rule('WD OVERNEXT', (m) => day({ weekday: m.num('WD'), which: 'one_later' })),
  rule('OVERNEXT WD', (m) => day({ weekday: m.num('WD'), which: 'one_later' })),
  rule('WD AFTER THE? THIS|NEXT|THAT WD? NEXT?', (m) => day({ weekday: m.num('WD'), which: 'one_later' })),
  rule('WD AFTER THIS NEXT', (m) => day({ weekday: m.num('WD'), which: 'one_later' })),
  rule('WD ,? CORR? NOT THIS|NEXT WD? NEXT? ,? CORR? THE? NEXT|FOLLOWING', (m) => day({ weekday: m.num('WD'), which: 'one_later' })),
  rule('NOT THIS WD ,? CORR? THE? NEXT|FOLLOWING', (m) => day({ weekday: m.num('WD'), which: 'one_later' })),
  rule('A|ANY WD', (m) => day({ weekday: m.num('WD'), vague: true })),
  rule('A? WD ANY', (m) => day({ weekday: m.num('WD'), vague: true })),
  rule('THE? NEXT|THIS|LAST|LASTORD|OVERNEXT WEEK', week),
  rule('THE? WEEK NEXT|THIS|OVERNEXT|LAST', week),
  rule('WEEK AFTER THE? NEXT', (_, { today }) => day({ week: addDays(monday(today), 14) })),
  rule('WEEK FOLLOWING', () => ({ type: 'following' })),
  rule(`WD THE? N|ORD ${NOT_A_DAY}`, (m) => day({ weekday: m.num('WD'), day: ordinal(m) })),
  rule('WD THE? N|ORD OF? THE? M Y?', (m) => day({ weekday: m.num('WD'), day: ordinal(m), month: m.num('M'), ...year(m.arg('Y')) })),
  rule('WD THE? N|ORD OF? THE? M OF THE? Y', (m) => day({ weekday: m.num('WD'), day: ordinal(m), month: m.num('M'), ...year(m.arg('Y')) })),
  rule(`THE N ${NOT_A_DAY}`, dayOnly),
  rule('THE? ORD !WD|DAY|WEEK|WORKDAY|M|FE|PMORN|PAFT|PEVE', (m) => (m.has('THE') || m.arg('ORD') !== '1' ? dayOnly(m) : null)),
  rule('THE? DAY N|ORD', dayOnly),
  rule('OF THE N|ORD !WD|WEEK', dayOnly),
  rule(`FROM|AFTER|BEFORE|UNTIL THE? N ${NOT_A_DAY}`, boundDay),
  rule('FROM|AFTER|BEFORE|UNTIL THE? ORD !WD|DAY|WORKDAY|OF|M', boundDay),
  rule('TO THE? N OF? M', (m) => ({ type: 'day', day: { day: ordinal(m), month: m.num('M') } })),
  rule('THE? N|ORD OF? THE? M Y?', dayMonth),
  rule('THE? N|ORD OF? THE? M OF THE? Y', dayMonth),
  rule('THE? N|ORD OF? M NEXT|THIS', dayMonth),
  rule('THE? N|ORD OF? M LAST|LASTORD', gone),
  rule('M LAST', gone),
  rule('WD? THE? N|ORD OF? M OF? THE? NEXT|THIS? YEAR NEXT|THIS?', (m, { today }) =>
    day({
      ...(m.has('WD') && { weekday: m.num('WD') }),
      day: ordinal(m),
      month: m.num('M'),
      year: parts(today).year + (m.has('NEXT') ? 1 : 0),
    }),
  ),
  rule(`THE N OF THE N ${NOT_A_DAY}`, (m) => (m.num('N', 1) <= 12 ? day({ day: m.num('N'), month: m.num('N', 1) }) : null)),
  rule('REL TO N|A DAY|WEEK', (m, { today }) => day({ date: addDays(today, m.num('REL') + m.num('N') * (m.has('WEEK') ? 7 : 1)) })),
  rule('THE? N|ORD M N', (m) =>
    day({ day: ordinal(m), month: m.num('M'), ...(m.num('N', m.has('ORD') ? 0 : 1) >= 24 ? year(m.arg('N', m.has('ORD') ? 0 : 1)) : {}) }),
  ),
  rule('M THE? N|ORD ,? Y?', dayMonth),
  rule('THE? N|ORD OF THE? MONTH NEXT|THIS?', (m, t) => nth(m, t)),
  rule('THE? N|ORD OF? THE? NEXT|THIS MONTH', (m, t) => nth(m, t)),
  rule('THE? N|ORD IN? THE? NEXT|THIS MONTH', (m, t) => nth(m, t)),
  rule('M OF? Y', (m) => day({ month: m.num('M'), vague: true, ...year(m.arg('Y')) })),
  rule('M', (m) => day({ month: m.num('M'), vague: true, ...year(m.arg('Y')) })),
  rule('THE? NEXT|THIS MONTH', vague),
  rule('MONTH NEXT|THIS', vague),
  rule('MONTH|YEAR LAST', gone),
  rule('START|MID|END OF? THE? NEXT|THIS? M|MONTH|YEAR|WEEK NEXT|THIS? Y?', vague),
  rule('START|MID|END OF? THE? M', (m) => day({ month: m.num('M'), vague: true })),
  rule('M START|MID|END', (m) => day({ month: m.num('M'), vague: true })),
  rule('ORD|NTH|LASTORD WD OF|IN? THE? M|MONTH|YEAR NEXT|THIS? Y?', nth),
  rule('ORD|NTH|LASTORD WD OF|IN? THE? NEXT|THIS M|MONTH|YEAR', nth),
  rule('ORD|NTH|LASTORD DAY|WORKDAY OF|IN? THE? M|MONTH|YEAR NEXT|THIS? Y?', nth),
  rule('ORD|NTH|LASTORD DAY|WORKDAY OF|IN? THE? NEXT|THIS MONTH|YEAR', nth),
  rule('LASTORD OF THE? MONTH|YEAR|M NEXT|THIS?', nth),
  rule('ORD|NTH WD !OF|IN|AFTER', (m) => day({ weekday: m.num('WD'), vague: true })),
  rule('FE', feast),
  rule('FE OF? THE? Y', feast),
  rule('DM', numeric),
  rule('DOT', (m) => (Number(m.arg('DOT')?.split(':')[1]) <= 12 ? dotted(m) : null)),
  rule('THE|WD DOT', (m) => (m.has('WD') ? null : dotted(m))),
  rule('WD THE? DOT|DASH', (m) => {
    const named = dotted(m);
    return named?.type === 'day' && (m.has('THE') || Number(m.arg('DOT')?.split(':')[1]) <= 12)
      ? day({ ...named.day, weekday: m.num('WD') })
      : null;
  }),
  rule('DASH', dotted),
  rule('DAY AFTER !AT_N|T|DOT|NOON', () => shift({ days: 1 })),
  rule('DAY BEFORE !AT_N|T|DOT|NOON', () => shift({ days: 1 }, true)),
  rule('N|A DAY|WEEK AFTER', (m) => shift({ days: m.num('N') * (m.has('WEEK') ? 7 : 1) })),
  rule('N|A DAY|WEEK BEFORE', (m) => shift({ days: m.num('N') * (m.has('WEEK') ? 7 : 1) }, true)),
  rule('ORD|NTH? WD AFTER !AT_N|T|DOT|NOON', (m) => shift({ weekday: m.num('WD'), nth: m.has('ORD') || m.has('NTH') ? ordinal(m) : 1 })),
  rule('LASTORD? WD BEFORE !AT_N|T|DOT|NOON', (m) => shift({ weekday: m.num('WD'), nth: 1 }, true)),
  rule('ORD|NTH? WORKDAY|DAY AFTER', (m) => shift(m.has('WORKDAY') ? { workday: true, nth: m.has('ORD') ? ordinal(m) : 1 } : { days: 1 })),
  rule('LASTORD? WORKDAY|DAY BEFORE', (m) => shift(m.has('WORKDAY') ? { workday: true, nth: 1 } : { days: 1 }, true)),
  rule('WORKDAY', vague),
  rule('NEXT WORKDAY', (_, t) => nextWorkday(t)),
  rule('WORKDAY NEXT', (_, t) => nextWorkday(t)),
  rule('WEEK AFTER', () => shift({ weeks: 1 })),
  rule('WEEK BEFORE', () => shift({ weeks: 1 }, true)),
  rule('WEEK OF|IN? THE?', () => shift({ weeks: 0 })),
  rule(BOUND.from, () => shift({ bound: true })),
  rule(BOUND.until, () => shift({ bound: true }, true)),
  rule('IN|BETWEEN', () => shift({ bound: true })),
  rule('THE? FOLLOWING', () => ({ type: 'following' })),
  rule('THE? NEXT !WD|WEEK|MONTH|M|DAY|FE|WORKDAY', () => ({ type: 'following' })),
  rule('THE? DAY NEXT', () => ({ type: 'following' })),
  rule('THE? NEXT DAY', () => ({ type: 'following' })),
  rule('THE? DAY FOLLOWING', () => ({ type: 'following' })),
  rule('THE? FOLLOWING DAY|WEEK', () => ({ type: 'following' })),
  rule('WD FOLLOWING', (m) => shift({ weekday: m.num('WD'), nth: 1 })),
  rule('WEEKEND', vague),
  rule('HOLS', vague),
  rule('VAGUE', vague),
  rule('ASAP', vague),
  rule('YOUSAY', vague),
  rule('ANY DAY|WEEK|MONTH|A?', vague),
];

function nextWorkday({ today }: Today): Named {
  let date = addDays(today, 1);
  while (!isWorkingDay(date)) date = addDays(date, 1);
  return day({ date });
}
