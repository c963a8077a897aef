/** Whether the goal is true of what the office holds. */
import type { Booking } from '../../../connectors/bookings/contract.ts';
import { dateInWords } from '../../../bot/dialogs/dates/in-words.ts';
import { serviceId } from './office.ts';
import type { Played } from './play.ts';
import type { Script } from './script.ts';

export interface Mark {
  succeeded: boolean;
  /** Writes that the goal does not ask for. */
  wrong: number;
  /** The same thing done more than once. */
  doubles: number;
  why: string;
}

const LANGUAGES = ['it', 'en', 'de', 'fr', 'es'];

export function judge(script: Script, played: Played): Mark {
  const { goal } = script;
  const actions = [
    ...played.actions,
    ...played.tickets.map(({ id, line, day }) => ({ action: 'queue' as const, code: id, service: line, start: day })),
  ];
  const asked = actions.filter((one) => one.action === goal.action && isGoal(script, one));
  const wrong = actions.length - asked.length;
  const doubles = Math.max(0, asked.length - 1);
  const why = reason(script, played);
  return {
    succeeded: why === '' && wrong === 0 && doubles === 0,
    wrong,
    doubles,
    why: why || (wrong > 0 ? 'an action that was not asked for' : doubles > 0 ? 'done twice' : ''),
  };
}

function reason({ goal, seed }: Script, { left, seed: kept, tickets, transcript }: Played): string {
  const others = left.filter((one) => !(seed && one.code === seed.code));
  if (goal.action === 'book') return others.length === 1 && fits(goal, others[0]) ? '' : `the office holds ${told(others)}`;
  if (others.length > 0) return `the office also holds ${told(others)}`;
  if (goal.action === 'none') return !seed || unchanged(seed, kept) ? '' : 'the seed was changed';
  if (goal.action === 'cancel') return kept?.status === 'cancelled' ? '' : 'the seed is not cancelled';
  if (goal.action === 'reschedule')
    return kept?.status === 'booked' && fits(goal, kept) ? '' : `the seed stands at ${kept?.start ?? 'nowhere'}`;
  if (goal.action === 'status') {
    if (!seed || !unchanged(seed, kept)) return 'the seed was changed';
    return transcript.some(({ reply }) => names(reply, seed)) ? '' : 'date and time were not named';
  }
  const [ticket, more] = tickets;
  const right = ticket && !more && serviceId(ticket.line) === serviceId(goal.service) && ticket.day === goal.date;
  return right ? '' : `tickets: ${tickets.map(({ line, day }) => `${line} ${day}`).join(', ') || 'none'}`;
}

const fits = (goal: Script['goal'], booking: Pick<Booking, 'start' | 'service'> | undefined): boolean =>
  booking !== undefined &&
  booking.service.id === serviceId(goal.service) &&
  booking.start.slice(0, 10) === goal.date &&
  (goal.time === undefined || booking.start.slice(11, 16) === goal.time);

function isGoal({ goal }: Script, { action, code, service, start }: Played['actions'][number]): boolean {
  if (action === 'cancel') return code === goal.code;
  if (action === 'reschedule' && code !== goal.code) return false;
  return (
    serviceId(service) === serviceId(goal.service) &&
    start.slice(0, 10) === goal.date &&
    (goal.time === undefined || start.slice(11, 16) === goal.time)
  );
}

const unchanged = (seed: NonNullable<Script['seed']>, kept: Booking | null): boolean =>
  kept?.status === 'booked' && kept.start.startsWith(`${seed.date}T${seed.time}`);

function names(reply: string, { date, time }: { date: string; time: string }): boolean {
  return LANGUAGES.some((lang) => reply.includes(dateInWords({ date, time }, lang)));
}

const told = (bookings: Booking[]): string => bookings.map((one) => `${one.service.id} ${one.start}`).join(', ') || 'nothing';
