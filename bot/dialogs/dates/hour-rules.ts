/** Hours and parts of the day, from symbols. */
import { addDays } from './calendar.ts';
import { type Matched, type Pattern, pattern } from './grammar.ts';
import type { Named, Today } from './mentions.ts';
import type { Part } from './reading.ts';

export type Rule = [shape: Pattern, read: (matched: Matched, today: Today) => Named | null];

const at = (hour: number, minute = 0, exact = false): Named => {
  const minutes = hour * 60 + minute;
  return minute < 60
    ? { type: 'hour', hour: { hour: Math.floor(minutes / 60), minute: ((minutes % 60) + 60) % 60, ...(exact && { exact }) } }
    : { type: 'hour', hour: { hour: 99, minute: 0 } };
};

/** Before one o'clock is the hour twelve, not zero. */
const before = (hour: number, minutes: number): Named => at(hour === 1 ? 12 : hour - 1, 60 - minutes);

const digits = (text: string): Named => {
  const [hour = '', minute = ''] = text.split(':');
  return at(Number(hour), Number(minute.padEnd(2, '0')), /^0\d/.test(hour));
};

const half12 = (matched: Matched, named: Named): Named => {
  if (named.type !== 'hour' || named.hour.hour > 12) return named;
  const hour = (named.hour.hour % 12) + (matched.has('PM') ? 12 : 0);
  return { type: 'hour', hour: { ...named.hour, hour, exact: true } };
};

const later = (minutes: number, { today, time }: Today): Named => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const total = hour * 60 + minute + minutes;
  const inDay = total % 1440;
  return {
    type: 'moment',
    date: addDays(today, Math.floor(total / 1440)),
    time: `${String(Math.floor(inDay / 60)).padStart(2, '0')}:${String(inDay % 60).padStart(2, '0')}`,
  };
};

const rule = (text: string, read: Rule[1]): Rule => [pattern(text), read];
const UNITS = 'M|DAY|WEEK|MONTH|YEAR|MIN|HOUR';
const part =
  (value: Part | null): Rule[1] =>
  () => ({ type: 'part', part: value });

export const hourRules: Rule[] = [
  rule(`AT OF? N !${UNITS}`, (m) => at(m.num('N'))),
  rule(`AT N AND? N !${UNITS.replace('|MIN', '')}|OF_M|AT|OCLOCK|DAY`, (m) => at(m.num('N'), m.num('N', 1))),
  rule('AT N AND? N MIN', (m) => at(m.num('N'), m.num('N', 1))),
  rule(`N AND N !${UNITS}|OCLOCK|AT|OF_M|WD`, (m) =>
    m.num('N', 1) % 5 === 0 && m.num('N', 1) >= 10 && m.num('N') < 24 ? at(m.num('N'), m.num('N', 1)) : null,
  ),
  rule('N AND N MIN', (m) => at(m.num('N'), m.num('N', 1))),
  rule('AT N ORD', (m) => at(m.num('N'), m.num('ORD'))),
  rule('AT? N OCLOCK', (m) => at(m.num('N'))),
  rule(`AT? N OCLOCK AND? N !${UNITS.replace('|MIN', '')}`, (m) => at(m.num('N'), m.num('N', 1))),
  rule('AT? N OCLOCK? AND|PAST? HALF !HALFHOUR', (m) => at(m.num('N'), 30)),
  rule('AT? N OCLOCK? AND|PAST QUART', (m) => at(m.num('N'), 15)),
  rule('AT N QUART', (m) => at(m.num('N'), 15)),
  rule('AT? N OCLOCK? AND THREEQ', (m) => at(m.num('N'), 45)),
  rule('AT? N OCLOCK? MINUS THE? QUART', (m) => before(m.num('N'), 15)),
  rule('AT? N OCLOCK? MINUS N MIN?', (m) => before(m.num('N'), m.num('N', 1))),
  rule('AT? QUART AT|TO|BEFORE|MINUS AT? N OCLOCK?', (m) => before(m.num('N'), 15)),
  rule('AT? QUART PAST|AFTER AT? N OCLOCK?', (m) => at(m.num('N'), 15)),
  rule('AT? THREEQ N OCLOCK?', (m) => before(m.num('N'), 15)),
  rule('AT? HALF PAST? N OCLOCK?', (m) => at(m.num('N'), 30)),
  rule('AT? HALFTO N OCLOCK?', (m) => before(m.num('N'), 30)),
  rule('AT? N MIN? AFTER|PAST HALFTO N', (m) => before(m.num('N', 1), 30 - m.num('N'))),
  rule('AT? N MIN? BEFORE HALFTO N', (m) => before(m.num('N', 1), 30 + m.num('N'))),
  rule('AT? N MIN? PAST N OCLOCK?', (m) => at(m.num('N', 1), m.num('N'))),
  rule('N MIN TO|BEFORE|AT N OCLOCK?', (m) => before(m.num('N', 1), m.num('N'))),
  rule('N MIN AFTER|PAST AT? N OCLOCK?', (m) => at(m.num('N', 1), m.num('N'))),
  rule('AT? N BEFORE N OCLOCK?', (m, { code }) => (code === 'de' ? before(m.num('N', 1), m.num('N')) : null)),
  rule('AT? N AFTER N OCLOCK?', (m, { code }) => (code === 'de' ? at(m.num('N', 1), m.num('N')) : null)),
  rule('AT? N TO N', (m, { code }) => (code === 'en' && [5, 10, 20, 25].includes(m.num('N')) ? before(m.num('N', 1), m.num('N')) : null)),
  rule('AT N MIN? TO N', (m, { code }) =>
    code === 'en' && [5, 10, 20, 25].includes(m.num('N')) ? before(m.num('N', 1), m.num('N')) : null,
  ),
  rule('AT? T OCLOCK?', (m) => digits(m.arg('T') ?? '')),
  rule('AT|FROM|AFTER|BEFORE|UNTIL DOT OCLOCK?', (m) => digits(m.arg('DOT') ?? '')),
  rule('DOT OCLOCK', (m) => digits(m.arg('DOT') ?? '')),
  rule('DOT', (m) => (Number(m.arg('DOT')?.split(':')[1]) > 12 || m.arg('DOT')?.endsWith(':00') ? digits(m.arg('DOT') ?? '') : null)),
  rule('FROM|BETWEEN AT? N OCLOCK? AND|TO|UNTIL AT? N OCLOCK|AM|PM? !M', (m, { code }) =>
    code === 'en' || code === 'de' ? { type: 'hour', hour: { hour: m.num('N'), minute: 0, bound: true } } : null,
  ),
  rule('AT DASH', (m) => ({ type: 'hour', hour: { hour: Number(m.arg('DASH')?.split('-')[0]), minute: 0, bound: true } })),
  rule('AT? T|N AM|PM', (m) => half12(m, m.has('T') ? digits(m.arg('T') ?? '') : at(m.num('N')))),
  rule('AT? DOT AM|PM', (m) => half12(m, digits(m.arg('DOT') ?? ''))),
  rule('AT? N N AM|PM', (m) => half12(m, at(m.num('N'), m.num('N', 1)))),
  rule('AT? HALF PAST N PM', (m) => half12(m, at(m.num('N'), 30))),
  rule('THE|AT|TO? NOON', () => at(12, 0, true)),
  rule('THE|AT|TO? NOON AND HALF', () => at(12, 30, true)),
  rule('THE|AT|TO? NOON AND QUART', () => at(12, 15, true)),
  rule('THE|AT|TO? NOON AND N', (m) => at(12, m.num('N'), true)),
  rule('THE|AT|TO? NOON MINUS THE? QUART', () => at(11, 45, true)),
  rule('THE|AT|TO? NOON MINUS N', (m) => at(11, 60 - m.num('N'), true)),
  rule('THE|AT|TO? MIDNIGHT', () => at(0, 0, true)),
  rule('N OF THE? &PMORN|PAFT|PEVE', (m) => (m.num('N') <= 12 ? at(m.num('N')) : null)),
  rule('IN HALFHOUR', (_, today) => later(30, today)),
  rule('IN QUARTERHOUR', (_, today) => later(15, today)),
  rule('IN N|A HOUR', (m, today) => later(m.num('N') * 60, today)),
  rule('IN N AT !N', (m, today) => (today.code === 'it' ? later(m.num('N') * 60, today) : null)),
  rule('IN N|A HOUR|OCLOCK', (m, today) => later(m.num('N') * 60, today)),
  rule('IN N|A HOUR|OCLOCK AND HALF|HALFHOUR', (m, today) => later(m.num('N') * 60 + 30, today)),
  rule('IN N|A HOUR|OCLOCK AND QUART|QUARTERHOUR', (m, today) => later(m.num('N') * 60 + 15, today)),
  rule('IN N MIN', (m, today) => later(m.num('N'), today)),
  rule('N|A HOUR FROMNOW', (m, today) => later(m.num('N') * 60, today)),
  rule('HALFHOUR FROMNOW', (_, today) => later(30, today)),
  rule('PMORN', part('morning')),
  rule('PAFT', part('afternoon')),
  rule('PEVE', part('evening')),
  rule('PNIGHT', part(null)),
];
