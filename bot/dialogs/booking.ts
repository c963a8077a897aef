/** Appointments in the conversation: book, move, cancel, see. What is done is done by act.ts, after a confirmation in so many words. */
import { randomUUID } from 'node:crypto';
import type { Booking, Bookings, Place, Service } from '../../connectors/bookings/contract.ts';
import { spoken } from '../../knowledge/languages/reading/read.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { acknowledges, asks, plain, resumes, yesIn } from '../conversation/filling/control.ts';
import { emptyForm, type FormState } from '../conversation/filling/form.ts';
import { askAgain, drop, type Filled, fillIn, type Heard } from '../conversation/filling.ts';
import { plainReply } from '../conversation/replies.ts';
import { type Conversation, isStale } from '../conversation/conversation.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';
import { type Done, actOn, findOut } from './booking/act.ts';
import { changesTo, readAction, whichOf } from './booking/action.ts';
import { createForm, type FormName, factIn, holdOf, provenOf } from './booking/forms.ts';
import { receipt, toldAgain } from './booking/receipt.ts';
import { createKnown } from './booking/known.ts';
import { bookingLetter, posted } from './booking/letter.ts';
import { namedServices } from './booking/named-services.ts';
import { createOfferBelow, type OfferBelow } from './booking/offer-below.ts';
import { BOOKING, reply, type Turn } from './booking/reply.ts';
import { type Stage, stageIn } from './booking/stages.ts';
import { noLongerVerified, type PersonOf, principalIn, stopped, verified } from './booking/verified.ts';
import { languageWithin } from './booking/language-within.ts';
import { readDate } from './dates/read-date.ts';
import { putAside } from './put-aside.ts';

const ROOM = /\b(?:posso|potrei|venire|passare|possibile|va bene|posto|come|available|possible|moglich)\b/;

export interface BookingParts {
  bookings: Bookings;
  timeZone: string;
  now(): Date;
  speech(lang: string): Say;
  languageOf(message: Message, lang: string | null): string;
  /** The knowledge, for questions in between. */
  ask: Speaker;
  /** Whoever signed in in the chat; absent = nobody can. */
  person?: PersonOf;
  /** Receipts by e-mail too; absent = none. */
  letters?: { bodyName: string; publicUrl: string };
}

export interface BookingDialog {
  /** Whether a message belongs here, not to the knowledge. */
  takes(message: Message, conversation: Conversation): boolean;
  take: Speaker;
  /** An appointment for a service, from its first question. */
  begin(message: Message, conversation: Conversation, service: string): Promise<TurnResult>;
  /** Null while the appointments do not answer. */
  known(): Promise<{ services: Service[]; places(service: unknown): Place[] } | null>;
  /** What a booking in progress knows already, its seat given back; null = none is. */
  handOver(conversation: Conversation): Promise<Record<string, unknown> | null>;
  offer: OfferBelow;
}

export function createBooking(parts: BookingParts): BookingDialog {
  const { bookings } = parts;
  const listed = createKnown(parts);
  const { services, places } = listed;
  const offers = new Set(spoken.map(({ code }) => parts.speech(code)('bookOffer')));

  function takes({ text }: Message, conversation: Conversation): boolean {
    const stage = stageIn(conversation.state.dialog, BOOKING);
    if (stage?.stage === 'form' || stage?.stage === 'unknown') return true;
    if (readAction(text)) return true;
    if (stage?.stage === 'offered') return accepts(text, conversation.lang);
    if (stage?.stage === 'paused') return resumes(text);
    if (stage?.stage === 'which') return whichOf(text) !== null;
    return stage?.stage === 'told' ? changesTo(text, 'show') !== null || toldAgain(text) : false;
  }

  /** Said to the offer of an appointment: yes, or when. */
  function accepts(text: string, lang: string | null): boolean {
    if (offers.has(text) || yesIn(text) === 'strong') return true;
    // Most messages here are the next question: told apart before a date is looked for, which costs more.
    const asked = asks(text);
    if (asked !== null && !(asked === 'maybe' && ROOM.test(plain(text)))) return false;
    const reading = readDate(text, { now: parts.now(), lang: lang ?? 'it' });
    // "Thursday" said on a Thursday is a day too: the form asks which.
    const day = reading.kind === 'date' || (reading.kind === 'ambiguous' && reading.choices.length > 0);
    return day || (reading.kind === 'time' && !acknowledges(text));
  }

  const take: Speaker = async (message, conversation) => {
    const lang = spokenIn(message, conversation);
    const turn = { message, conversation, lang, say: parts.speech(lang) };
    const known = await services();
    if (!known) return reply(turn, [turn.say('bookDown')], [turn.say('person')], null);
    const stage = stageIn(conversation.state.dialog, BOOKING);
    if (stage?.stage === 'unknown') return finish(turn, known, stage.form, await findOut(bookings, stage.form.key));
    if (stage?.stage === 'form') return goOn(turn, known, stage.form);
    if (stage?.stage === 'told') {
      const { code, fact, signed } = stage;
      const action = changesTo(message.text, 'show') ?? readAction(message.text);
      if (action === 'book') return begin(turn, known, 'book', {});
      return begin(turn, known, action === 'move' || action === 'cancel' ? action : 'show', {
        code,
        ...(fact && !signed && { fact: { fact } }),
      });
    }
    const action = (stage?.stage === 'which' ? whichOf(message.text) : null) ?? readAction(message.text);
    if (stage?.stage === 'paused' && action === null) {
      if (await noLongerVerified(parts.person, turn, stage.form.values)) return goOn(turn, known, stage.form);
      return speak(turn, await askAgain(formOf(stage.form, known), stage.form, heardIn(turn)), known);
    }
    if (action === 'which')
      return reply(turn, [turn.say('bookWhich')], [turn.say('doShow'), turn.say('doMove'), turn.say('doCancel')], { stage: 'which' });
    const named = namedServices(message.text, known);
    const offered =
      stage?.stage === 'offered' && (action === null || action === 'book') && named.length !== 1 ? { service: stage.service } : {};
    return begin(turn, known, action ?? 'book', offered);
  };

  async function begin(turn: Turn, known: Service[], name: FormName, values: Record<string, unknown>): Promise<TurnResult> {
    const state = emptyForm(name, randomUUID(), { ...(await verified(parts.person, turn, name)), ...values });
    const filled = await fillIn(formOf(state, known), state, { ...heardIn(turn), opening: true });
    filled.notes.unshift(...(name === 'show' || filled.state.checked.length > 1 ? [] : [turn.say(`${name}Begin`)]));
    return speak(turn, filled, known);
  }

  async function goOn(turn: Turn, known: Service[], before: FormState): Promise<TurnResult> {
    const gone = await noLongerVerified(parts.person, turn, before.values);
    const principal = gone && principalIn(before.values);
    if (principal) return letGo(before).then(() => stopped(turn, principal));
    const form = gone ? structuredClone(before) : before;
    for (const name of gone ?? []) drop(formOf(form, known), form, name);
    if (gone) return speak(turn, await askAgain(formOf(form, known), form, heardIn(turn), [turn.say('actEnded')]), known);
    const other = changesTo(turn.message.text, form.form as FormName);
    if (other && other !== 'which') {
      await letGo(form);
      const { code, fact } = form.values;
      return begin(
        turn,
        known,
        other,
        other === 'book' ? {} : { ...(code !== undefined && { code }), ...(fact !== undefined && { fact }) },
      );
    }
    return speak(turn, await fillIn(formOf(form, known), form, heardIn(turn)), known);
  }

  async function speak(turn: Turn, filled: Filled, known: Service[]): Promise<TurnResult> {
    const { state, outcome, notes, ask } = filled;
    const { say } = turn;
    const open: Stage = { stage: 'form', form: state as Extract<Stage, { stage: 'form' }>['form'] };
    if (state.form === 'show' && state.stage === 'confirming') {
      const proven = provenOf(state.values);
      if (proven?.booking) return tell(turn, [...notes, receipt('show', proven.booking, turn)], proven.booking, proven.fact);
    }
    if (outcome === 'confirmed') return finish(turn, known, state, await actOn(bookings, state));
    if (outcome === 'cancelled') {
      await letGo(state);
      return reply(turn, [say(`${state.form}Left`)], [], null);
    }
    if (outcome === 'paused') return reply(turn, [say('formPaused')], [say('formResume')], { ...open, stage: 'paused' });
    if (outcome === 'stopped') {
      await letGo(state);
      const { service } = state.values;
      if (notes.includes(say('bookNoSlots')) && typeof service === 'string' && bookings.capabilities().has('waiting'))
        return reply(turn, notes, [say('waitOffer'), say('person')], { stage: 'offered', service });
      return reply(turn, notes, [say('person')], null);
    }
    if (outcome === 'question') return answerBetween(turn, open, filled);
    if (outcome === 'aside') return putAside(await parts.ask(turn.message, turn.conversation), BOOKING, { ...open, stage: 'paused' }, say);
    const person = outcome === 'person' ? [say('person')] : [];
    const lines = [...notes, ...(outcome === 'person' ? [say('formPerson')] : []), ask.text];
    return reply(turn, lines, [...person, ...ask.choices], open);
  }

  /** A question in the middle: the documents answer it, then the form's own question stands again. */
  async function answerBetween(turn: Turn, open: Stage, { ask }: Filled): Promise<TurnResult> {
    const result = await parts.ask(turn.message, turn.conversation);
    const [answer] = result.replies;
    const outcome = answer?.answer?.outcome;
    const missed = !answer || outcome === 'clarify' || outcome === 'unanswerable' || outcome === 'failed';
    const text = [missed ? turn.say('formNoAnswer') : answer.text, turn.say('formBackTo'), ask.text].join('\n\n');
    const shown = plainReply(text, turn.lang, ask.choices, {
      outcome: outcome ?? 'dialog',
      answerId: answer?.answer?.answerId ?? randomUUID(),
      dialog: BOOKING,
    });
    return {
      ...result,
      lang: turn.lang,
      state: { ...result.state, dialog: { name: BOOKING, data: open } },
      replies: [{ ...shown, citations: missed ? [] : answer.citations }],
    };
  }

  async function finish(turn: Turn, known: Service[], form: FormState, done: Done): Promise<TurnResult> {
    const { say } = turn;
    const kept = form as Extract<Stage, { stage: 'form' }>['form'];
    if (done.kind === 'done') {
      const letter = parts.letters && bookingLetter(done.booking, { ...parts.letters, ...turn, ...whereFrom(turn) });
      const lines = [receipt(form.form as FormName, done.booking, turn), letter ? say('bookMailed') : ''];
      const told = await tell(turn, lines, done.booking, factIn(form.values));
      return letter ? { ...told, effects: [posted(letter)] } : told;
    }
    if (done.kind === 'unknown')
      return reply(turn, [say('bookUnknown')], [say('bookCheckAgain'), say('person')], { stage: 'unknown', form: kept });
    if (done.kind === 'taken') {
      const wish = (form.values['slot'] as { wish: unknown }).wish;
      const again = { ...form, values: { ...form.values, slot: { wish } }, checked: form.checked.filter((name) => name !== 'slot') };
      return speak(turn, await askAgain(formOf(form, known), again, heardIn(turn), [say('bookJustTaken')]), known);
    }
    const lasting = ['bookDown', 'bookNotDone', 'bookInvalid', 'bookTooManyTries'].includes(done.word);
    if (!lasting) {
      await letGo(form);
      return reply(turn, [say(done.word, done.values)], [say('person')], null);
    }
    const filled = await askAgain(formOf(form, known), form, heardIn(turn), [say(done.word, done.values)]);
    return speak(
      turn,
      filled.outcome === 'asking' ? { ...filled, ask: { ...filled.ask, choices: [...filled.ask.choices, say('person')] } } : filled,
      known,
    );
  }

  async function tell(turn: Turn, lines: string[], booking: Booking, fact: string): Promise<TurnResult> {
    const signed = (await parts.person?.(turn.message, turn.lang))?.fiscalCode === fact;
    const open = booking.status === 'booked';
    return reply(
      turn,
      lines,
      open ? [turn.say('doMove'), turn.say('doCancel')] : [turn.say('doBook')],
      open ? { stage: 'told', code: booking.code, fact, ...(signed && { signed }) } : null,
    );
  }

  async function letGo(form: FormState): Promise<void> {
    const hold = holdOf(form.values);
    if (hold) await bookings.release(hold);
  }

  const spokenIn = (message: Message, conversation: Conversation): string =>
    languageWithin(message, conversation, BOOKING, parts.languageOf);

  const whereFrom = ({ message, conversation }: Turn) => ({
    origin: parts.letters?.publicUrl || message.origin || '',
    conversationId: conversation.id,
  });
  const formOf = ({ form }: FormState, known: Service[]) =>
    createForm(form as FormName, { bookings, services: known, places, timeZone: parts.timeZone });
  const heardIn = ({ message, conversation, lang, say }: Turn): Heard => ({
    text: message.text,
    lang,
    say,
    now: parts.now(),
    stale: isStale(message, conversation.state),
  });
  async function handOver({ state }: Conversation): Promise<Record<string, unknown> | null> {
    const stage = stageIn(state.dialog, BOOKING);
    if (stage?.stage === 'offered') return { service: stage.service };
    if (stage?.stage !== 'form' || stage.form.form !== 'book') return null;
    await letGo(stage.form);
    return stage.form.values;
  }

  const beginFor: BookingDialog['begin'] = (message, conversation, service) => {
    const offered: Stage = { stage: 'offered', service };
    const text = parts.speech(spokenIn(message, conversation))('bookOffer');
    return take({ ...message, text }, { ...conversation, state: { ...conversation.state, dialog: { name: BOOKING, data: offered } } });
  };

  async function known(): Promise<{ services: Service[]; places(service: unknown): Place[] } | null> {
    const found = await services();
    return found && { services: found, places };
  }

  return { takes, take, begin: beginFor, known, handOver, offer: createOfferBelow({ ...parts, known: listed }) };
}
