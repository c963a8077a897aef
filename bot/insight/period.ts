/** A period of whole days in the office's zone, as asked for in an address. */
import { addDays, createZone, daysBetween, type Zone } from '../../connectors/bookings/zone.ts';
import { Refusal } from '../http/route.ts';
import type { Period } from './table.ts';

const DAYS = 30;
const LONGEST_DAYS = 800;

/** `from` and `to`, `YYYY-MM-DD`, both included; absent = the last 30 days. Throws Refusal 400. */
export function readPeriod(query: URLSearchParams, today: string, zone: Zone = createZone()): Period {
  const to = query.get('to') || today;
  const from = query.get('from') || addDays(isDay(to) ? to : today, 1 - DAYS);
  if (!isDay(from) || !isDay(to) || from > to)
    throw new Refusal(400, 'BadArgument', 'Il periodo va da un giorno a uno uguale o successivo, come 2026-11-01.');
  if (daysBetween(from, to) > LONGEST_DAYS)
    throw new Refusal(400, 'BadArgument', `Il periodo può avere al massimo ${LONGEST_DAYS} giorni.`);
  return periodOf(from, to, zone);
}

export function periodOf(from: string, to: string, zone: Zone = createZone()): Period {
  const midnight = (day: string) => new Date(zone.at(day, 0) ?? Date.parse(`${day}T00:00:00Z`)).toISOString();
  return { from, to, start: midnight(from), end: midnight(addDays(to, 1)) };
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && text.slice(0, 2) === '20';
