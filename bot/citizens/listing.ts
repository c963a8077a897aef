/** What is a person's, as lines of a reply. The connectors are asked for the person whom the provider verified, never for a typed code. */
import type { Booking, Bookings } from '../../connectors/bookings/contract.ts';
import type { Case, Cases } from '../../connectors/cases/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { whenWhere } from '../dialogs/booking/slot-field.ts';
import type { SignedIn, Wish } from './sessions.ts';

/** In a chat; the page has them all. */
const MOST = 8;

export interface OwnParts {
  bookings: Bookings;
  cases: Cases;
  now(): Date;
}

export interface Own {
  bookings: Booking[];
  cases: Case[];
  /** Something did not answer. */
  isPart: boolean;
}

/** Bookings still to come, and cases, newest first. Where a back office cannot tell by person there is nothing of it, and nothing is missing. */
export async function ownOf(parts: OwnParts, { fiscalCode }: Pick<SignedIn, 'fiscalCode'>, wish: Wish): Promise<Own> {
  const { bookings, cases, now } = parts;
  const asked = {
    bookings: wish !== 'cases' && bookings.capabilities().has('list'),
    cases: wish !== 'bookings' && cases.capabilities().has('list'),
  };
  const [booked, opened] = await Promise.all([
    asked.bookings ? bookings.list({ fiscalCode }) : null,
    asked.cases ? cases.list({ fiscalCode }) : null,
  ]);
  const coming = (booking: Booking) => booking.status === 'booked' && Date.parse(booking.end) > now().getTime();
  return {
    bookings: booked?.kind === 'ok' ? booked.value.filter(coming) : [],
    cases: opened?.kind === 'ok' ? opened.value : [],
    isPart: [booked, opened].some((result) => result !== null && result.kind !== 'ok'),
  };
}

/** Markdown, and the buttons that go on from there. */
export function told(own: Own, wish: Wish, say: Say, lang: string): { text: string; choices: string[] } {
  const lines: string[] = [];
  const choices: string[] = [];
  const list = (head: string, none: string, items: string[]) =>
    items.length > 0 ? lines.push([say(head), '', ...items.map((item) => `- ${item}`)].join('\n')) : own.isPart || lines.push(say(none));
  const [bookings, cases] = [own.bookings.slice(0, MOST), own.cases.slice(0, MOST)];
  if (wish !== 'cases') {
    const line = (booking: Booking) =>
      say('ownBookingLine', { service: booking.service.name, when: whenWhere(booking, lang), code: booking.code });
    list('ownBookingsAre', 'ownBookingsNone', bookings.map(line));
    if (bookings.length === 1) choices.push(say('doMove'), say('doCancel'));
    else choices.push(...bookings.map(({ code }) => say('ownBookingAsk', { code })));
  }
  if (wish !== 'bookings') {
    const refOf = ({ number, year }: Case) => `${number}/${year}`;
    const line = (one: Case) => say('ownCaseLine', { ref: refOf(one), subject: one.subject, status: say(`case_${one.status}`) });
    list('ownCasesAre', 'ownCasesNone', cases.map(line));
    choices.push(...cases.map((one) => say('ownCaseAsk', { ref: refOf(one) })));
  }
  if (own.isPart) lines.push(say('ownDown'));
  return { text: lines.join('\n\n'), choices: choices.slice(0, MOST) };
}
