/** The hour meant: office hours when the half of the day is not said. */
import type { HourWords } from './mentions.ts';
import type { Doubt, Part } from './reading.ts';

export type Hour = { time: string } | { doubt: Doubt };

export function hourOf({ hour, minute, exact, bound }: HourWords, part: Part | 'night' | undefined): Hour {
  if (bound) return { doubt: 'vague' };
  if (hour > 23 || minute > 59) return { doubt: 'impossible' };
  const found = inDay(hour, exact ?? false, part);
  if (found === null) return { doubt: 'mismatch' };
  return { time: `${String(found).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
}

/** `null` when the hour and the part of the day contradict each other. */
function inDay(hour: number, exact: boolean, part: Part | 'night' | undefined): number | null {
  if (part === 'morning') return hour <= 12 ? hour : null;
  if (part === 'afternoon') {
    if (hour >= 12) return hour <= 19 ? hour : null;
    return hour >= 1 && hour <= 7 ? hour + 12 : null;
  }
  if (part === 'evening') {
    if (hour >= 16) return hour;
    return hour >= 4 && hour <= 11 ? hour + 12 : null;
  }
  if (part === 'night') return hour >= 19 || hour === 0 ? hour : hour >= 9 && hour <= 11 ? hour + 12 : null;
  // "03:15" is written as at night: it is not turned into the afternoon, nor taken.
  if (exact) return hour >= 1 && hour <= 5 ? null : hour;
  return hour >= 1 && hour <= 6 ? hour + 12 : hour;
}
