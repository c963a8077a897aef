/** Events out of iCalendar text that other programs wrote: lenient, and only what says when somebody is busy. */
import { createZone, type Zone } from '../zone.ts';

export interface ReadEvent {
  uid: string;
  /** Epoch ms. */
  start: number;
  end: number;
  cancelled: boolean;
  /** Marked as not blocking time (TRANSP:TRANSPARENT). */
  free: boolean;
  sequence: number;
  rule?: string;
  /** Starts left out of a rule, or moved by an event of their own. */
  except?: number[];
}

interface Property {
  name: string;
  parameters: string;
  value: string;
}

const DAY = 86_400_000;
const home = createZone();
const zones = new Map<string, Zone>();

export function readEvents(text: string): ReadEvent[] {
  const events: ReadEvent[] = [];
  const moved: { uid: string; at: number }[] = [];
  for (const properties of blocks(text)) {
    const find = (name: string) => properties.find((property) => property.name === name);
    const begin = find('DTSTART');
    const start = begin && instant(begin);
    if (!begin || start === null || start === undefined) continue;
    const finish = find('DTEND');
    const end = (finish && instant(finish)) ?? start + (duration(find('DURATION')?.value) ?? (isDay(begin) ? DAY : 0));
    const uid = find('UID')?.value ?? '';
    const replaces = find('RECURRENCE-ID');
    const replaced = replaces && instant(replaces);
    if (typeof replaced === 'number') moved.push({ uid, at: replaced });
    const rule = replaces ? undefined : find('RRULE')?.value;
    const except = properties
      .filter((property) => property.name === 'EXDATE')
      .flatMap((property) => property.value.split(',').map((value) => instant({ ...property, value })))
      .filter((at) => at !== null);
    events.push({
      uid,
      start,
      end,
      cancelled: find('STATUS')?.value.toUpperCase() === 'CANCELLED',
      free: find('TRANSP')?.value.toUpperCase() === 'TRANSPARENT',
      sequence: Number(find('SEQUENCE')?.value ?? 0) || 0,
      ...(rule ? { rule, except } : {}),
    });
  }
  for (const event of events) if (event.rule) event.except?.push(...moved.filter((one) => one.uid === event.uid).map((one) => one.at));
  return events;
}

/** Properties of each VEVENT; those of alarms inside are left out. */
function* blocks(text: string): Generator<Property[]> {
  let properties: Property[] | null = null;
  let depth = 0;
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const match = /^([A-Za-z0-9-]+)((?:;[^:"]*(?:"[^"]*"[^:"]*)*)?):(.*)$/.exec(line);
    if (!match) continue;
    const name = match[1]!.toUpperCase();
    const value = match[3]!.trim();
    if (name === 'BEGIN') {
      if (properties) depth++;
      else if (value.toUpperCase() === 'VEVENT') properties = [];
    } else if (name === 'END' && properties) {
      if (depth > 0) depth--;
      else {
        yield properties;
        properties = null;
      }
    } else if (properties && depth === 0) properties.push({ name, parameters: match[2]!, value });
  }
}

const isDay = ({ value }: Property): boolean => /^\d{8}$/.test(value);

/** UTC, a zone by its name, or the office's own wall clock; null for what is none. */
function instant(property: Property): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(property.value.trim());
  if (!match) return null;
  const [, year, month, day, hours = '00', minutes = '00', , utc] = match;
  // One broken event of another program must not hide all the others.
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || Number(hours) > 24 || Number(minutes) > 59)
    return null;
  if (utc) return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes));
  const zone = zoneOf(/TZID=("?)([^";:]+)\1/i.exec(property.parameters)?.[2]);
  const wall = Number(hours) * 60 + Number(minutes);
  // A time that clocks skip: the moment they jump past it.
  return zone.at(`${year}-${month}-${day}`, wall) ?? zone.at(`${year}-${month}-${day}`, wall + 60);
}

/** Some programs write a path before the zone's name; names of their own count as the office's zone. */
function zoneOf(name: string | undefined): Zone {
  if (!name) return home;
  let zone = zones.get(name);
  if (!zone) {
    try {
      zone = createZone(/[A-Za-z_]+\/[A-Za-z_]+(?:\/[A-Za-z_]+)?$/.exec(name)?.[0] ?? name);
    } catch {
      zone = home;
    }
    zones.set(name, zone);
  }
  return zone;
}

function duration(text: string | undefined): number | null {
  const match = /^\+?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text ?? '');
  if (!match) return null;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return (weeks * 7 + days) * DAY + (hours * 3600 + minutes * 60 + seconds) * 1000;
}
