/** A booking as the office's own calendar shows it: what the clerk needs to know, and our reference to find it again. */
import type { Person } from '../contract.ts';
import { lines, textOf } from '../ics.ts';
import { readEvents } from './read-events.ts';

const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;

export interface EventToWrite {
  uid: string;
  start: number;
  end: number;
  service: string;
  person: Person;
  code: string;
  now: number;
}

export function eventText({ uid, start, end, service, person, code, now }: EventToWrite): string {
  const contact = [person.phone, person.email, person.note].filter(Boolean);
  return lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Sportello//Prenotazioni//IT',
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(end)}`,
    `SUMMARY:${textOf(`${service}: ${person.name}`)}`,
    `DESCRIPTION:${textOf([`Codice ${code}`, ...contact, `sportello:${code}`].join('\n'))}`,
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
  );
}

/** The name is the lock: two that write one seat of one time write one name, and the server lets only the first. */
export const lockName = (start: number, seat: number, capacity: number): string =>
  `slot-${utc(start)}${capacity > 1 ? `-${seat + 1}` : ''}.ics`;

export const isOurs = (data: string, uid: string): boolean => readEvents(data).some((event) => event.uid === uid);
