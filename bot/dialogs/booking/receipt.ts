/** What is said once something is done, and what of it is said again when asked. */
import type { Booking } from '../../../connectors/bookings/contract.ts';
import type { Say } from '../../../knowledge/languages/speak.ts';
import { plain } from '../../conversation/filling/control.ts';
import type { FormName } from './forms.ts';
import { whenWhere } from './slot-field.ts';

const LONGEST = 10;
const AGAIN =
  /\b(?:a che ora|che ora|che ore|che giorno|quando|dov ?e|dove|indirizzo|che codice|qual e il codice|il codice|che posto|sportello|(?:cosa|che)(?: cosa)? (?:devo )?portare|cosa (?:serve|porto)|confermato|what time|what day|when|where|address|which code|what (?:do i|should i) bring|wann|um wie viel uhr|uhrzeit|wo|adresse|mitbringen|quelle heure|quel jour|ou|quand|adresse|a que hora|cuando|donde|direccion)\b/;

/** "And at what time is it?" — a short question about when, where or what to bring, with no topic of its own. */
export function toldAgain(text: string): boolean {
  const said = plain(text).replaceAll('?', '');
  return (
    AGAIN.test(said) &&
    said.split(' ').length <= LONGEST &&
    !/\b(?:pag\w+|cost\w+|orari|apert\w+|tari|imu|rifiuti|scuola|opening|hours|pay|kosten|offnungszeiten)\b/.test(said)
  );
}

/** Code, when and where, what to bring, the calendar file. */
export function receipt(form: FormName, booking: Booking, { say, lang }: { say: Say; lang: string }): string {
  const { service, code, calendarKey } = booking;
  const when = whenWhere(booking, lang);
  if (booking.status === 'cancelled') return say('cancelDone', { service: service.name, when, code });
  const lines = [say(`${form}Done`, { service: service.name, when, code })];
  if (service.bring.length > 0 && form !== 'move') lines.push([say('bookBring'), ...service.bring.map((item) => `- ${item}`)].join('\n'));
  if (calendarKey) lines.push(say('bookCalendar', { url: `/calendar/${code}.ics?key=${encodeURIComponent(calendarKey)}` }));
  if (form !== 'show') lines.push(say('bookKeepCode', { code }));
  return lines.join('\n\n');
}
