/** Being called back: a time of the desk's own hours is held, the number checked, and booked only with the citizen's yes, which is the consent to be called. */
import { randomUUID } from 'node:crypto';
import { competentOffice, type Office } from '../../knowledge/offices.ts';
import type { CallBack, CallHold, Calls } from '../desk/calls/calls.ts';
import type { Conversation } from '../conversation/conversation.ts';
import { plain, resumes } from '../conversation/filling/control.ts';
import { emptyForm, type Form, type FormState } from '../conversation/filling/form.ts';
import { askAgain, fillIn } from '../conversation/filling.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';
import { nameField } from './booking/person-fields.ts';
import { slotField, slotOf, whenWhere } from './booking/slot-field.ts';
import { phoneField, phoneIn, phoneInWords } from './call-back/phone-field.ts';
import { wantsCall } from './call-back/wants.ts';
import { codesIn } from './booking/codes.ts';
import { HANDOFF } from './handoff.ts';
import { TICKET } from './ticket.ts';
import { type ErrandParts, inEveryLanguage, reply, speak, stageOf, type Turn, turnOf } from './errand.ts';

export const CALL = 'call';

export interface CallBackParts extends ErrandParts {
  calls: Calls;
  offices(): Office[];
  timeZone: string;
  /** Gives a place in the line back, once the call stands. */
  leaveLine?(ticket: string): Promise<unknown>;
  /** Where no time is free a request is left instead. */
  askForPerson: Speaker;
}

export interface CallBackDialog {
  /** The wish itself, wherever it is said. */
  wants(text: string): boolean;
  /** What is said within it, or to take it up again. */
  inside(message: Message, conversation: Conversation): boolean;
  take: Speaker;
  inForm(conversation: Conversation): boolean;
}

export function createCallBack(parts: CallBackParts): CallBackDialog {
  const { calls } = parts;
  const inAll = (key: string) => new Set(inEveryLanguage(parts.speech, key).map(plain));
  const [offers, moves, cancels, yeses] = ['callOffer', 'callMove', 'callCancel', 'callYes'].map(inAll) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  const officeOf = (values: Record<string, unknown>) => (typeof values['office'] === 'string' ? values['office'] : null);

  const inForm = (conversation: Conversation) => stageOf(conversation, CALL)?.stage === 'form';

  function wants(text: string): boolean {
    const said = plain(text);
    return offers.has(said) || moves.has(said) || cancels.has(said) || yeses.has(said) || wantsCall(text);
  }

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, CALL, message, conversation);
    if (cancels.has(plain(message.text))) return giveUp(turn);
    const stage = stageOf(conversation, CALL);
    // The button says yes in the citizen's language, whatever words it is made of.
    const heard = yeses.has(plain(message.text)) ? { ...turn.heard, text: 'sì' } : turn.heard;
    if (stage?.stage === 'form' && !offers.has(plain(message.text)))
      return on(turn, await fillIn(form(stage.form.values), stage.form, heard));
    if (stage?.stage === 'form' || stage?.stage === 'paused')
      return on(turn, await askAgain(form(stage.form.values), stage.form, turn.heard));
    return begin(message, conversation);
  };

  async function begin(message: Message, conversation: Conversation): Promise<TurnResult> {
    const turn = turnOf(parts, CALL, message, conversation);
    const pressed = offers.has(plain(message.text)) || moves.has(plain(message.text));
    const values = knownOf(turn, await calls.of({ conversation: conversation.id }));
    if ((await calls.slots(officeOf(values))).length === 0) return parts.askForPerson(message, conversation);
    const begun = emptyForm('call', randomUUID(), values);
    const filled = pressed
      ? await askAgain(form(values), begun, turn.heard)
      : await fillIn(form(values), begun, { ...turn.heard, opening: true });
    return on(turn, { ...filled, notes: [turn.say('callBegin'), ...filled.notes] });
  }

  /** What was said so far: whose office it is, the number of an earlier call, where to go back to. */
  function knownOf({ conversation, message }: Turn, standing: CallBack | null): Record<string, unknown> {
    const { dialog } = conversation.state;
    const said = [...conversation.history.filter(({ role }) => role === 'citizen').map(({ text }) => text), message.text].slice(-4);
    const waiting = dialog?.name === HANDOFF ? (dialog.data as { office?: string | null }) : null;
    // Whoever holds a place in the line gives it back once the call stands.
    const ticket = dialog?.name === TICKET ? (dialog.data as { ticket?: string }).ticket : undefined;
    const office = waiting?.office ?? competentOffice(parts.offices(), said.join(' '), [])?.name ?? null;
    const about = said.filter((text) => !offers.has(plain(text)) && !wantsCall(text)).at(-1) ?? '';
    const written = said.map((text) => codesIn(text).phone).findLast(Boolean);
    const phone = standing?.phone ?? (written ? phoneIn(written) : null);
    const number = typeof phone === 'string' ? phone : phone?.kind === 'ok' ? phone.value : null;
    return { office, about, before: waiting || ticket ? dialog : null, ...(ticket && { ticket }), ...(number && { phone: number }) };
  }

  const form = (values: Record<string, unknown>): Form => ({
    name: 'call',
    fields: [
      slotField({
        bookings: {
          slots: async ({ from, to }) => ({ kind: 'ok', value: await calls.slots(officeOf(values), from, to) }),
          hold: (slot, ttl) => calls.hold(slot, ttl),
          release: (hold) => calls.release(hold),
        },
        timeZone: parts.timeZone,
        about: () => ({ service: officeOf(values) ?? '' }),
        needs: [],
        moving: false,
        waits: false,
        label: 'callWhen',
      }),
      nameField,
      phoneField,
    ],
    refusal: 'change',
    yes: /\b(?:chiamat\w+|richiamat\w+|call|rufen|rappel\w+|llam\w+|acconsento)\b/,
    confirm: ({ say }) => ({
      before: say('callSummary'),
      after: say('callConfirm'),
      choices: [say('callYes'), say('change'), say('cancel')],
    }),
  });

  async function on(turn: Turn, filled: Awaited<ReturnType<typeof fillIn>>): Promise<TurnResult> {
    const { outcome, state } = filled;
    const ends = { confirmed: (filledIn: FormState) => book(turn, filledIn), left: 'callQuit', back: 'callBackTo' };
    const result = await speak(turn, parts.ask, filled, ends);
    if (outcome !== 'cancelled' && outcome !== 'stopped') return result;
    const hold = slotOf(state.values)?.hold;
    if (hold) await calls.release(hold);
    return backTo(result, state);
  }

  /** Whoever waited for a person still does. */
  const backTo = (result: TurnResult, { values }: FormState): TurnResult => ({
    ...result,
    state: { ...result.state, dialog: (values['before'] as Conversation['state']['dialog']) ?? null },
  });

  async function book(turn: Turn, state: FormState): Promise<TurnResult> {
    const { say, lang, message, conversation } = turn;
    const { values, key } = state;
    const hold = slotOf(values)?.hold as CallHold | undefined;
    if (!hold) return backTo(reply(turn, [say('callTaken')], [say('callOffer'), say('person')], null), state);
    const { origin = '' } = message;
    const [name, phone, text] = [String(values['name']), String(values['phone']), String(values['about'] ?? '')];
    const booked = await calls.book(
      { hold, conversationId: conversation.id, office: officeOf(values), name, phone, text, lang, origin },
      key,
    );
    if (booked.kind !== 'ok') {
      const { slot: _, ...kept } = values;
      const again = await askAgain(form(kept), emptyForm('call', randomUUID(), kept), turn.heard);
      return on(turn, { ...again, notes: [say('callTaken'), ...again.notes] });
    }
    const { start, number } = booked.value;
    const ticket = values['ticket'];
    if (typeof ticket === 'string') await parts.leaveLine?.(ticket);
    const done = say('callDone', {
      when: whenWhere({ start, place: { id: '', name: '', address: '' } }, lang),
      phone: phoneInWords(phone),
      number,
    });
    return reply(turn, [done], [say('callMove'), say('callCancel')], null);
  }

  async function giveUp(turn: Turn): Promise<TurnResult> {
    const { say, conversation } = turn;
    const gone = await calls.cancel(conversation.id);
    return reply(turn, [say(gone ? 'callCancelled' : 'callGone')], [say('callOffer')], null);
  }

  return {
    wants,
    inside: ({ text }, conversation) => inForm(conversation) || (stageOf(conversation, CALL)?.stage === 'paused' && resumes(text)),
    take,
    inForm,
  };
}
