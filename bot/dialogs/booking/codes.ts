/** Finds the codes people write in a sentence: fiscal code, phone, e-mail, booking code. Each is taken out before dates are read. */

const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/i;
const SPACED_FISCAL = /\b[a-z]{3}[\s.-]?[a-z]{3}[\s.-]?\d{2}[\s.-]?[a-z][\s.-]?\d{2}[\s.-]?[a-z][\s.-]?\d{1,4}[\s.-]?[a-z]?\b/i;
/** Written with a slip: too long, too short, a letter for a digit. */
const LIKE_FISCAL = /\b(?=(?:[a-z\d]*\d){3})(?=(?:[a-z\d]*[a-z]){5})[a-z\d]{11,20}\b/i;
const PHONE = /(?<![\w/.:-])(?:\+|00)?\d(?:[\s./-]?\d){7,13}(?![\w:])/;
const BOOKING = /\b(?=[a-z\d]*\d)(?=[a-z\d]*[a-z])[a-z\d]{5,10}\b/gi;
/** Written like codes, but hours and ordinals. */
const NOT_BOOKING = /^(?:\d{1,2}h\d{0,2}|\d+(?:am|pm|st|nd|rd|th|uhr|min|euro|eur|anni|giorni|ore|gg)|(?:h|ore|alle|ore|le)\d+)$/i;
const LED_BOOKING =
  /\b(?:codice|code|cod|codigo)\b\W*(?:(?:prenotazione|della prenotazione|dell.appuntamento|e|è|di|is|lautet|ist|est|numero|n)\W+)*([a-z\d]{4,10})\b/i;

export interface Codes {
  fiscal?: string;
  phone?: string;
  email?: string;
  booking?: string;
  /** The text without them. */
  rest: string;
}

export function codesIn(text: string): Codes {
  const found: Codes = { rest: text };
  const take = (pattern: RegExp): string | undefined => {
    const match = pattern.exec(found.rest)?.[0];
    if (match !== undefined) found.rest = found.rest.replace(match, ' ');
    return match;
  };
  const email = take(MAIL);
  if (email) found.email = email.toLowerCase();
  const fiscal = take(SPACED_FISCAL) ?? take(LIKE_FISCAL);
  if (fiscal) found.fiscal = fiscal.toUpperCase().replace(/[^A-Z\d]/g, '');
  const phone = take(PHONE);
  if (phone) found.phone = phone.replace(/[^\d+]/g, '');
  const booking = bookingCode(found.rest);
  if (booking) {
    found.booking = booking.toUpperCase();
    found.rest = found.rest.replace(booking, ' ');
  }
  return found;
}

function bookingCode(text: string): string | undefined {
  const led = LED_BOOKING.exec(text)?.[1];
  if (led && /\d/.test(led) && !NOT_BOOKING.test(led)) return led;
  return text.match(BOOKING)?.find((word) => !NOT_BOOKING.test(word));
}
