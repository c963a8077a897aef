/** A payment notice looked up by its number: amount, due day, where to pay. Nothing is paid here, and no card number is ever taken. */
import { randomUUID } from 'node:crypto';
import type { Guesses } from '../../connectors/guesses.ts';
import type { Payments } from '../../connectors/payments/contract.ts';
import { resumes } from '../conversation/filling/control.ts';
import { emptyForm, type Form, type FormState } from '../conversation/filling/form.ts';
import { askAgain, fillIn } from '../conversation/filling.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import { localNow } from './dates/calendar.ts';
import { type Ends, type ErrandDialog, type ErrandParts, inEveryLanguage, reply, speak, stageOf, type Turn, turnOf } from './errand.ts';
import { askedOf, noticeField } from './payment/notice-field.ts';
import { noticeTold } from './payment/told.ts';
import { aboutPayment, hasNoticeNumber, wantsPayment } from './payment/wants.ts';

export const PAYMENT = 'payment';

export interface PaymentParts extends ErrandParts {
  payments: Payments;
  guesses: Guesses;
}

export function createPayment(parts: PaymentParts): ErrandDialog {
  const { payments, guesses } = parts;
  const offered = new Set([...inEveryLanguage(parts.speech, 'payOffer'), ...inEveryLanguage(parts.speech, 'payAnother')]);

  const formOf = ({ message }: Turn): Form => ({
    name: PAYMENT,
    fields: [noticeField({ payments, guesses, who: [`conversation ${message.conversationId}`, `citizen ${message.citizenId}`] })],
    refusal: 'cancel',
    confirm: () => ({ before: '', after: '', choices: [] }),
  });

  const endsOf = (turn: Turn): Ends => ({ left: 'payLeft', back: 'payBackTo', ready: (state, notes) => tell(turn, state, notes) });

  function tell(turn: Turn, state: FormState, notes: string[]): TurnResult {
    const asked = askedOf(state.values);
    if (!asked?.found) return reply(turn, [turn.say('payDown')], [turn.say('person')], null);
    const { today } = localNow(parts.now(), 'Europe/Rome');
    const { say, lang } = turn;
    const told = noticeTold(asked.found, { say, lang, today, link: payments.payLink(asked.found), doubtful: asked.doubtful ?? false });
    return reply(turn, [...notes, told], [say('payAnother'), say('ratingOffer'), say('person')], { stage: 'told', form: state });
  }

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, PAYMENT, message, conversation);
    const stage = stageOf(conversation, PAYMENT);
    if (stage?.stage === 'form') return speak(turn, parts.ask, await fillIn(formOf(turn), stage.form, turn.heard), endsOf(turn));
    if (stage?.stage === 'paused' && resumes(message.text) && !hasNoticeNumber(message.text))
      return speak(turn, parts.ask, await askAgain(formOf(turn), stage.form, turn.heard), endsOf(turn));
    const state = emptyForm(PAYMENT, randomUUID());
    return speak(turn, parts.ask, await fillIn(formOf(turn), state, { ...turn.heard, opening: true }), endsOf(turn));
  };

  return {
    name: PAYMENT,
    takes({ text }, conversation) {
      const stage = stageOf(conversation, PAYMENT);
      if (stage?.stage === 'form' || offered.has(text) || wantsPayment(text)) return true;
      return stage?.stage === 'paused' && resumes(text);
    },
    take,
    offers: ({ text }, say) => (aboutPayment(text) ? say('payOffer') : null),
  };
}
