/** Names of slots: service, place and the instant in UTC, so that the doubled hour of autumn has two names. */

import { dayText } from './zone.ts';

const SHAPE = /^([a-z0-9-]+)~([a-z0-9-]+)~(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/;

const MINUTES_A_DAY = 1440;
const two = (value: number): string => (value < 10 ? `0${value}` : String(value));

/** `2027-03-09T08:00:00.000Z` → `20270309T0800Z`. */
export function compact(at: number): string {
  const minutes = Math.floor(at / 60_000);
  const day = Math.floor(minutes / MINUTES_A_DAY);
  const since = minutes - day * MINUTES_A_DAY;
  const text = dayText(day);
  return `${text.slice(0, 4)}${text.slice(5, 7)}${text.slice(8)}T${two(Math.floor(since / 60))}${two(since % 60)}Z`;
}

export const slotId = (service: string, place: string, start: number): string => `${service}~${place}~${compact(start)}`;

/** null for text that is no slot's name. */
export function readSlotId(id: string): { service: string; place: string; start: number } | null {
  const match = SHAPE.exec(id);
  if (!match) return null;
  const [, service = '', place = '', ...parts] = match;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  const start = Date.UTC(year, month - 1, day, hour, minute);
  return Number.isNaN(start) ? null : { service, place, start };
}
