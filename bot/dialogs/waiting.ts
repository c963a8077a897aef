/** The waiting list in the conversation: a place on it, and the seat that became free. Taking it is the citizen's word, said to that seat. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Bookings, Place, Service } from '../../connectors/bookings/contract.ts';
import { plain, resumes, saysNo, yesIn } from '../conversation/filling/control.ts';
import { emptyForm, type Form, type FormState } from '../conversation/filling/form.ts';
import { askAgain, fillIn } from '../conversation/filling.ts';
import { type Conversation, isStale } from '../conversation/conversation.ts';
import type { Effect, Speaker, TurnResult } from '../conversation/speaker.ts';
import { sieved } from '../../knowledge/languages/reading/sieve.ts';
import type { Message } from '../message.ts';
import { personOf, proofOf } from './booking/forms.ts';
import { bookingLetter, posted } from './booking/letter.ts';
import { contactField, fiscalField, whoField } from './booking/person-fields.ts';
import { chosenPlace, placeField } from './booking/place-field.ts';
import { receipt } from './booking/receipt.ts';
import { serviceField } from './booking/service-field.ts';
import { filledIn } from './filled-in.ts';
import { type ErrandParts, inEveryLanguage, reply, speak, stageOf, type Turn, turnOf } from './errand.ts';
import { daysField } from './waiting/days-field.ts';
import { endWatch, watchOf, watchWaiting } from './waiting/watch.ts';
import type { Database } from '../../connectors/databases/contract.ts';

export const WAITING = 'waiting';
const WISH = sieved(
  /\b(?:lista d(?:i |')?attesa|(?:avvis\w+|fatemi sapere|scrivimi|dimmi) (?:se|quando|appena) (?:si libera|c e) (?:un )?(?:posto|buco)|waiting list|warteliste|liste d attente|lista de espera)\b/,
);
/** How it works is a question to the documents. */
const ABOUT = /^(?:come|cos|che cos|quanto|how|what|wie|was|comment|como|que)\b|\?$/;

export interface WaitingParts extends ErrandParts {
  bookings: Bookings;
  database: Database;
  letters?: { bodyName: string; publicUrl: string };
  /** Services and places as the booking dialog knows them. */
  known(): Promise<{ services: Service[]; places(service: unknown): Place[] } | null>;
  /** What a booking in progress knows already. */
  handOver(conversation: Conversation): Promise<Record<string, unknown> | null>;
}

export interface WaitingDialog {
  takes(message: Message, conversation: Conversation): boolean;
  take: Speaker;
}

const offered = z.object({ stage: z.literal('offered'), code: z.string() });
/** Whom a seat was just offered to, in this conversation. */
export const offerState = (code: string) => ({ name: WAITING, data: { stage: 'offered' as const, code } });
const offeredIn = ({ state }: Conversation): string | null =>
  state.dialog?.name === WAITING ? (offered.safeParse(state.dialog.data).data?.code ?? null) : null;

export function createWaiting(parts: WaitingParts): WaitingDialog {
  const { bookings } = parts;
  const offers = inEveryLanguage(parts.speech, 'waitOffer');
  const pressed = { take: filledIn(parts.speech, 'waitTake', 'code'), leave: filledIn(parts.speech, 'waitSkip', 'code') };

  function takes(message: Message, conversation: Conversation): boolean {
    const { text } = message;
    if (pressed.take(text) || pressed.leave(text)) return true;
    return belongs(text, conversation) && bookings.capabilities().has('waiting');
  }

  function belongs(text: string, conversation: Conversation): boolean {
    const stage = stageOf(conversation, WAITING);
    if (stage?.stage === 'form') return true;
    if (stage?.stage === 'paused' && resumes(text)) return true;
    if (offeredIn(conversation) !== null && (yesIn(text) !== null || saysNo(text))) return true;
    return offers.includes(text) || (!text.includes('?') && WISH.test(plain(text)) && !ABOUT.test(plain(text)));
  }

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, WAITING, message, conversation);
    const { say } = turn;
    const open = offeredIn(conversation);
    const taken =
      pressed.take(message.text) ?? (open && yesIn(message.text) !== null && !isStale(message, conversation.state) ? open : null);
    if (taken) return accept(turn, taken);
    if (open && !taken && yesIn(message.text) !== null)
      return {
        ...reply(
          turn,
          [say('formReadFirst'), say('waitTakeAsk')],
          [say('waitTake', { code: open }), say('waitSkip', { code: open })],
          null,
        ),
        state: conversation.state,
      };
    const left = pressed.leave(message.text);
    if (left) return leave(turn, left);
    if (open && saysNo(message.text)) return reply(turn, [say('waitLetGo')], [say('waitSkip', { code: open })], null);
    const known = await parts.known();
    if (!known) return reply(turn, [say('bookDown')], [say('person')], null);
    const form = formOf(known);
    const stage = stageOf(conversation, WAITING);
    if (stage?.stage === 'form') return on(turn, form, await fillIn(form, stage.form, turn.heard));
    if (stage?.stage === 'paused') return on(turn, form, await askAgain(form, stage.form, turn.heard));
    const values = await knownAlready(conversation);
    const begun = emptyForm('wait', randomUUID(), values);
    const filled = offers.includes(message.text)
      ? await askAgain(form, begun, turn.heard)
      : await fillIn(form, begun, { ...turn.heard, opening: true });
    return on(turn, form, { ...filled, notes: [say('waitBegin'), ...filled.notes] });
  };

  async function knownAlready(conversation: Conversation): Promise<Record<string, unknown>> {
    const before = (await parts.handOver(conversation)) ?? {};
    const full = (before['slot'] as { wish?: { full?: string } } | undefined)?.wish?.full;
    // Who acts for another on the list too says so anew.
    const own = before['behalf'] === undefined ? ['name', 'codice_fiscale'] : [];
    const kept = ['service', 'place', ...own, 'contact'].filter((name) => before[name] !== undefined);
    return { ...Object.fromEntries(kept.map((name) => [name, before[name]])), ...(full && { days: { from: full, to: full } }) };
  }

  const formOf = ({ services, places }: { services: Service[]; places(service: unknown): Place[] }): Form => ({
    name: 'wait',
    fields: [serviceField(services, false), placeField(places), daysField, whoField, fiscalField, contactField],
    refusal: 'change',
    yes: /\b(?:mett\w+|in|lista|avvis\w+|put|me|on|the|list|auf|die|liste|inscri\w+|moi|pong\w+|en|la)\b/,
    confirm: ({ say }) => ({
      before: say('waitSummary'),
      after: say('waitConfirm'),
      choices: [say('yesWait'), say('change'), say('cancel')],
    }),
  });

  const on = (turn: Turn, _form: Form, filled: Awaited<ReturnType<typeof fillIn>>): Promise<TurnResult> =>
    speak(turn, parts.ask, filled, { confirmed: (state) => join(turn, state), left: 'waitQuit', back: 'formBackTo' });

  async function join(turn: Turn, { values, key }: FormState): Promise<TurnResult> {
    const { say } = turn;
    const person = personOf(values);
    const service = String(values['service']);
    const { from, to } = values['days'] as { from: string; to: string };
    const joined = await bookings.joinWaiting({ service, ...chosenPlace(values), from, to, person }, key);
    if (joined.kind !== 'ok') return reply(turn, [say('bookDown')], [say('person')], null);
    const { code, position } = joined.value;
    const name = (await parts.known())?.services.find(({ id }) => id === service)?.name ?? service;
    const lines = [
      say('waitDone', { service: name, position: String(position), code }),
      person.email && parts.letters ? say('waitMailToo') : '',
    ];
    const watch = watchWaiting({
      code,
      conversationId: turn.conversation.id,
      fact: person.fiscalCode,
      lang: turn.lang,
      origin: turn.message.origin ?? '',
    });
    return reply(turn, lines, [say('waitSkip', { code })], null, [watch]);
  }

  async function accept(turn: Turn, code: string): Promise<TurnResult> {
    const { say, conversation } = turn;
    const watch = await watchOf(parts.database.read, code, conversation.id);
    if (!watch) return reply(turn, [say('waitGone')], [], null);
    const key = `accept:${code}:${watch.told}`;
    let result = await bookings.acceptOffer(code, proofOf(watch.fact), key);
    if (result.kind === 'unknown') {
      const found = await bookings.lookup(key);
      if (found.kind === 'ok') result = found;
    }
    if (result.kind === 'unknown') return reply(turn, [say('bookUnknown')], [say('waitTake', { code })], null);
    if (result.kind === 'down') return reply(turn, [say('bookDown')], [say('waitTake', { code }), say('waitSkip', { code })], null);
    if (result.kind !== 'ok') return reply(turn, [say('waitGone')], [say('waitSkip', { code })], null);
    const booking = result.value;
    const origin = parts.letters?.publicUrl || turn.message.origin || '';
    const letter = parts.letters && bookingLetter(booking, { ...parts.letters, ...turn, origin, conversationId: conversation.id });
    const effects: Effect[] = [endWatch(code), ...(letter ? [posted(letter)] : [])];
    return reply(turn, [receipt('book', booking, turn), letter ? say('bookMailed') : ''], [say('doMove'), say('doCancel')], null, effects);
  }

  async function leave(turn: Turn, code: string): Promise<TurnResult> {
    const { say, conversation } = turn;
    const watch = await watchOf(parts.database.read, code, conversation.id);
    const left = watch ? await bookings.leaveWaiting(code, proofOf(watch.fact)) : null;
    if (left && left.kind !== 'ok' && left.kind !== 'not_allowed' && left.kind !== 'not_found')
      return reply(turn, [say('bookDown')], [say('waitSkip', { code })], null);
    return reply(turn, [say('waitOut')], [], null, [endWatch(code)]);
  }

  return { takes, take };
}
