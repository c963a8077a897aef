/** The receipt of a booking as a letter, for whoever left an e-mail address. */
import type { Booking } from '../../../connectors/bookings/contract.ts';
import { toCalendar } from '../../../connectors/bookings/ics.ts';
import type { Say } from '../../../knowledge/languages/speak.ts';
import type { Effect } from '../../conversation/speaker.ts';
import { type Letter, writeLetter } from '../../notices/post.ts';
import { whenWhere } from './slot-field.ts';

export interface LetterParts {
  bodyName: string;
  /** Where the assistant is, `https://host`; '' = not known. */
  origin: string;
  conversationId: string;
  lang: string;
  say: Say;
}

/** Null when there is no address. The same state of the same booking is one letter. */
export function bookingLetter(booking: Booking, parts: LetterParts): Letter | null {
  const { person, service, code, status, sequence } = booking;
  if (!person.email) return null;
  const { say, lang, bodyName, origin } = parts;
  const cancelled = status === 'cancelled';
  const news = cancelled ? 'mailCancel' : sequence > 0 ? 'mailMove' : 'mailBook';
  const when = whenWhere(booking, lang);
  const line = (label: string, value: string) => say('mailLine', { label, value });
  const bring = !cancelled && service.bring.length > 0 ? [[say('bookBring'), ...service.bring.map((item) => `- ${item}`)].join('\n')] : [];
  const change = !cancelled && origin ? [say('mailChange', { url: `${origin}/` })] : [];
  const paragraphs = [
    `${say('mailHello', { name: person.name })}\n${say(`${news}Body`)}`,
    [line(say('bookService'), service.name), line(say('bookWhen'), when), line(say('bookCode'), code)].join('\n'),
    ...bring,
    say('mailCalendar'),
    ...change,
    say('mailAuto', { body: bodyName }),
  ];
  return {
    id: `booking:${code}:${sequence}`,
    conversationId: parts.conversationId,
    to: person.email,
    subject: say(news, { service: service.name, when: when.split(',')[0] ?? when }),
    text: `${paragraphs.join('\n\n')}\n`,
    calendar: {
      name: `${code}.ics`,
      method: cancelled ? 'CANCEL' : 'PUBLISH',
      content: toCalendar(booking, { bodyName, ...(origin && { url: `${origin}/` }) }),
    },
  };
}

/** Written with the turn that tells it, so that neither goes without the other. */
export const posted =
  (letter: Letter): Effect =>
  (tx) =>
    writeLetter(tx, letter, new Date().toISOString());
