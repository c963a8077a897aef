import { expect, test } from 'vitest';
import { isoTime } from './iso-time.ts';

test('writes each time as Date does, whatever was written before', () => {
  for (const ms of [0, 0, 1_764_234_567_890, 1_764_234_567_891, 1_764_234_567_890, -1, 0])
    expect(isoTime(ms)).toBe(new Date(ms).toISOString());
  expect(() => isoTime(Number.NaN)).toThrow(RangeError);
  expect(isoTime(0)).toBe('1970-01-01T00:00:00.000Z');
});
