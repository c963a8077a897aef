/** Instants as a booking program writes them. Never left to an engine's own reading of a time without an offset. */
import type { Zone } from '../zone.ts';

const HOUR = 3_600_000;

export function createTimes(kind: 'local' | 'offset', zone: Zone) {
  function one(value: unknown): number | null {
    if (typeof value !== 'string') return null;
    if (kind === 'offset') {
      const at = Date.parse(value);
      return Number.isNaN(at) || !/(?:Z|[+-]\d\d:?\d\d)$/.test(value) ? null : at;
    }
    const [, day, hours, minutes] = /^(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d)(?::\d\d)?$/.exec(value) ?? [];
    return day ? zone.at(day, Number(hours) * 60 + Number(minutes)) : null;
  }

  return {
    write: (at: number): string => (kind === 'offset' ? zone.iso(at) : zone.iso(at).slice(0, 19).replace('T', ' ')),
    /** A local end in the doubled hour of autumn looks as if it came before its start. */
    read(start: unknown, end: unknown): [number | null, number | null] {
      const [from, to] = [one(start), one(end)];
      return [from, from !== null && to !== null && to <= from ? to + HOUR : to];
    },
  };
}
