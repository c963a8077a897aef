/** Opening time, worked out by hand for days that are in the calendar. */
import { describe, expect, test } from 'vitest';
import { createZone } from '../../connectors/bookings/zone.ts';
import { createOpening } from './opening.ts';
import { officeHours, type OfficeHoursInput } from './plan.ts';

const zone = createZone();
const morning: [string, string][] = [['08:30', '12:30']];
const split: [string, string][] = [...morning, ['15:00', '17:30']];
const week: OfficeHoursInput['week'] = [[], morning, split, morning, split, morning, []];
const open = (more: Partial<OfficeHoursInput> = {}, body?: Partial<OfficeHoursInput>) =>
  createOpening(officeHours.parse({ week, ...more }), zone, ...(body ? [officeHours.parse({ week, ...body })] : []));
const at = (iso: string) => Date.parse(iso);
const next = (opening: ReturnType<typeof open>, iso: string) => {
  const found = opening.nextOpening(at(iso));
  return found === null ? null : zone.iso(found);
};

describe('opening', () => {
  test('split shifts: shut at lunch, open again in the afternoon', () => {
    // Tuesday 24 November 2026.
    expect(open().isOpen(at('2026-11-24T12:29:00+01:00'))).toBe(true);
    expect(open().isOpen(at('2026-11-24T12:30:00+01:00'))).toBe(false);
    expect(next(open(), '2026-11-24T13:00:00+01:00')).toBe('2026-11-24T15:00:00+01:00');
    expect(next(open(), '2026-11-24T17:30:00+01:00')).toBe('2026-11-25T08:30:00+01:00');
  });
  test.each([
    ['Friday afternoon to Monday', '2026-11-27T13:00:00+01:00', '2026-11-30T08:30:00+01:00'],
    ['Immacolata, a Tuesday', '2026-12-08T09:00:00+01:00', '2026-12-09T08:30:00+01:00'],
    ['Christmas Eve, a Thursday evening, over the Friday and the weekend', '2026-12-24T18:00:00+01:00', '2026-12-28T08:30:00+01:00'],
    ['Good Friday to the Tuesday after Easter 2027', '2027-03-26T14:00:00+01:00', '2027-03-30T08:30:00+02:00'],
    ['San Francesco, a Sunday in 2026, changes nothing', '2026-10-02T13:00:00+02:00', '2026-10-05T08:30:00+02:00'],
    ['San Francesco, a Monday in 2027', '2027-10-01T13:00:00+02:00', '2027-10-05T08:30:00+02:00'],
  ])('%s', (_what, from, expected) => {
    expect(next(open(), from)).toBe(expected);
  });
  test('the patron saint and extraordinary closures, whole days or hours, the body’s for every office', () => {
    const body = { patron: '11-24', closures: [{ from: '2026-11-25', to: '2026-11-26', reason: 'elezioni' }] };
    const opening = open({ closures: [{ from: '2026-11-27', to: '2026-11-27', hours: ['08:00', '11:00'], reason: 'assemblea' }] }, body);
    expect(next(opening, '2026-11-23T13:00:00+01:00')).toBe('2026-11-27T11:00:00+01:00');
    expect(opening.shutOn('2026-11-24')).toBe('festa patronale');
    expect(opening.shutOn('2026-11-25')).toBe('elezioni');
    expect(opening.shutOn('2026-11-27')).toBeNull();
    // Sunday is no working day: nothing need be said about it.
    expect(opening.shutOn('2026-11-29')).toBeNull();
  });
  test('seasons, also over New Year; an office on call has no holidays', () => {
    const summer: OfficeHoursInput['week'] = [[], [['08:00', '11:00']], [], [], [], [], []];
    const both = open({
      seasons: [
        { name: 'estate', from: '07-01', to: '08-31', week: summer },
        { name: 'feste', from: '12-20', to: '01-10', week: summer },
      ],
    });
    expect(next(both, '2026-07-13T07:00:00+02:00')).toBe('2026-07-13T08:00:00+02:00');
    expect(next(both, '2026-07-13T11:00:00+02:00')).toBe('2026-07-20T08:00:00+02:00');
    expect(next(both, '2027-01-05T09:00:00+01:00')).toBe('2027-01-11T08:30:00+01:00');
    expect(open({ holidays: true }).isOpen(at('2026-12-08T09:00:00+01:00'))).toBe(true);
  });
  test('clocks of promises run only while it is open', () => {
    // Friday 12:00, two hours: half an hour on Friday, the rest on Monday.
    const due = open().after(at('2026-11-27T12:00:00+01:00'), 120) as number;
    expect(zone.iso(due)).toBe('2026-11-30T10:00:00+01:00');
    expect(open().openBetween(at('2026-11-27T12:00:00+01:00'), due)).toBe(120 * 60_000);
    expect(open().openBetween(at('2026-12-05T00:00:00+01:00'), at('2026-12-06T23:00:00+01:00'))).toBe(0);
    // Lunch: 12:00 and 60 minutes on a Tuesday.
    expect(zone.iso(open().after(at('2026-11-24T12:00:00+01:00'), 60) as number)).toBe('2026-11-24T15:30:00+01:00');
  });
  test('the night the clocks change: an office that is always open keeps its real minutes', () => {
    const day: [string, string][] = [['00:00', '24:00']];
    const always = open({ week: [day, day, day, day, day, day, day], holidays: true });
    expect(zone.iso(always.after(at('2027-03-28T01:00:00+01:00'), 120) as number)).toBe('2027-03-28T04:00:00+02:00');
    expect(always.openBetween(at('2026-10-25T00:00:00+02:00'), at('2026-10-26T00:00:00+01:00'))).toBe(25 * 3_600_000);
  });
  test('an office that never opens promises nothing', () => {
    const never = open({ week: [[], [], [], [], [], [], []] });
    expect([never.nextOpening(0), never.after(0, 1)]).toEqual([null, null]);
  });
});
