/** A booking as iCalendar text (RFC 5545, 5546): what citizens add to their calendar, and what plugs write into an office's own. */
import type { Booking } from './contract.ts';
import { compact } from './slot-id.ts';

export interface CalendarOptions {
  /** Name of the public body: the organiser's and the product's. */
  bodyName: string;
  /** Absent = `invalid:nomail`: PUBLISH wants an organiser, not a mailbox. */
  organiserEmail?: string;
  /** Page on which the booking is changed. */
  url?: string;
  /** Minutes before the start at which the calendar rings; absent = a day and two hours before. */
  alarms?: number[];
}

const LONGEST_LINE = 75;
const stamp = (iso: string): string => `${compact(Date.parse(iso)).slice(0, -1)}${new Date(iso).toISOString().slice(17, 19)}Z`;

/** PUBLISH while booked, CANCEL afterwards; the same UID and a growing SEQUENCE let a calendar replace what it has. Times are UTC, so no rule of summer time can be read wrongly. */
export function toCalendar(booking: Booking, options: CalendarOptions): string {
  const cancelled = booking.status === 'cancelled';
  return lines(
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//${textOf(options.bodyName)}//Sportello//IT`,
    'CALSCALE:GREGORIAN',
    `METHOD:${cancelled ? 'CANCEL' : 'PUBLISH'}`,
    'BEGIN:VEVENT',
    `UID:${textOf(booking.uid)}`,
    `SEQUENCE:${booking.sequence}`,
    `DTSTAMP:${stamp(booking.updatedAt)}`,
    `LAST-MODIFIED:${stamp(booking.updatedAt)}`,
    `DTSTART:${stamp(booking.start)}`,
    `DTEND:${stamp(booking.end)}`,
    `STATUS:${cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `ORGANIZER;CN=${quoted(options.bodyName)}:${options.organiserEmail ? `mailto:${options.organiserEmail}` : 'invalid:nomail'}`,
    `SUMMARY:${textOf(`${cancelled ? 'Annullato: ' : ''}${booking.service.name}`)}`,
    `LOCATION:${textOf(whereTo(booking))}`,
    `DESCRIPTION:${textOf(describe(booking, options.url))}`,
    ...(options.url ? [`URL:${options.url}`] : []),
    ...(cancelled ? [] : (options.alarms ?? [24 * 60, 120]).flatMap((minutes) => alarm(minutes, booking.service.name))),
    'END:VEVENT',
    'END:VCALENDAR',
  );
}

const whereTo = ({ place, counter }: Booking): string => [place.name, counter, place.address].filter(Boolean).join(', ');

function describe(booking: Booking, url?: string): string {
  const bring = booking.service.bring.length > 0 ? [`Che cosa portare:`, ...booking.service.bring.map((item) => `- ${item}`)] : [];
  return [`Codice della prenotazione: ${booking.code}`, ...bring, ...(url ? [`Per spostare o annullare: ${url}`] : [])].join('\n');
}

const alarm = (minutes: number, name: string): string[] => [
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  `DESCRIPTION:${textOf(name)}`,
  `TRIGGER:-PT${minutes}M`,
  'END:VALARM',
];

/** TEXT values: backslash, semicolon, comma and line ends. */
export const textOf = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** Parameter values know no escape: the quotation mark itself can't be said. */
const quoted = (text: string): string => `"${text.replace(/["\u0000-\u001f\u007f]/g, ' ').trim()}"`;

/** CRLF, and folded at 75 bytes without cutting a character in two. */
export const lines = (...content: string[]): string => `${content.map(fold).join('\r\n')}\r\n`;

function fold(line: string): string {
  let folded = '';
  let bytes = 0;
  for (const sign of line) {
    const size = Buffer.byteLength(sign);
    if (bytes + size > LONGEST_LINE) {
      folded += '\r\n ';
      // The space counts.
      bytes = 1;
    }
    folded += sign;
    bytes += size;
  }
  return folded;
}
