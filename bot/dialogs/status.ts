/** How far a citizen's case is: number and year with a second fact, then everything the law lets them know. Wrong pairs are answered alike, and limited. */
import { randomUUID } from 'node:crypto';
import type { Cases } from '../../connectors/cases/contract.ts';
import type { Guesses } from '../../connectors/guesses.ts';
import { resumes } from '../conversation/filling/control.ts';
import { emptyForm, type Form, type FormState } from '../conversation/filling/form.ts';
import { askAgain, fillIn } from '../conversation/filling.ts';
import type { Speaker, TurnResult } from '../conversation/speaker.ts';
import { localNow } from './dates/calendar.ts';
import { type Ends, type ErrandDialog, type ErrandParts, inEveryLanguage, reply, speak, stageOf, type Turn, turnOf } from './errand.ts';
import { caseField, factField, factOf, proofOf } from './status/fields.ts';
import type { MailCodes } from './status/mail-code.ts';
import { caseAgain, caseTold } from './status/told.ts';
import { aboutStatus, wantsStatus } from './status/wants.ts';

export const STATUS = 'status';

export interface StatusParts extends ErrandParts {
  cases: Cases;
  guesses: Guesses;
  /** One-time codes by e-mail; absent = an address proves nothing. */
  mailCodes?: MailCodes;
}

export function createStatus(parts: StatusParts): ErrandDialog {
  const { cases, guesses } = parts;
  const offered = new Set(inEveryLanguage(parts.speech, 'caseOffer'));

  const formOf = ({ message }: Turn): Form => ({
    name: STATUS,
    fields: [
      caseField,
      factField({
        cases,
        guesses,
        codes: parts.mailCodes,
        conversationId: message.conversationId,
        who: [`conversation ${message.conversationId}`, `citizen ${message.citizenId}`],
      }),
    ],
    refusal: 'cancel',
    confirm: () => ({ before: '', after: '', choices: [] }),
  });

  const endsOf = (turn: Turn): Ends => ({ left: 'caseLeft', back: 'caseBackTo', ready: (state, notes) => tell(turn, state, notes) });

  function tell(turn: Turn, state: FormState, notes: string[] = []): TurnResult {
    const found = factOf(state.values)?.found;
    if (!found) return reply(turn, [turn.say('caseDown')], [turn.say('person')], null);
    const { today } = localNow(parts.now(), 'Europe/Rome');
    const told = caseTold(found, { say: turn.say, lang: turn.lang, today });
    return reply(turn, [...notes, told], [turn.say('ratingOffer'), turn.say('person')], { stage: 'told', form: state });
  }

  const take: Speaker = async (message, conversation) => {
    const turn = turnOf(parts, STATUS, message, conversation);
    const stage = stageOf(conversation, STATUS);
    if (stage?.stage === 'form' && stage.form.values['signed'] && !(await stillSigned(turn, stage.form))) return unsigned(turn, stage.form);
    if (stage?.stage === 'form') return speak(turn, parts.ask, await fillIn(formOf(turn), stage.form, turn.heard), endsOf(turn));
    if (stage?.stage === 'paused' && !wantsStatus(message.text) && !offered.has(message.text))
      return speak(turn, parts.ask, await askAgain(formOf(turn), stage.form, turn.heard), endsOf(turn));
    if (stage?.stage === 'told' && !wantsStatus(message.text)) return again(turn, stage.form);
    const person = await parts.person?.(message, turn.lang);
    const state = emptyForm(STATUS, randomUUID(), person ? { fact: { fiscalCode: person.fiscalCode }, signed: true } : {});
    return speak(turn, parts.ask, await fillIn(formOf(turn), state, { ...turn.heard, opening: true }), endsOf(turn));
  };

  const stillSigned = async (turn: Turn, { values }: FormState) =>
    (await parts.person?.(turn.message, turn.lang))?.fiscalCode === factOf(values)?.fiscalCode;

  /** The sign-in or the mandate is over: the case has to be proven anew. */
  async function unsigned(turn: Turn, { values }: FormState): Promise<TurnResult> {
    const state = emptyForm(STATUS, randomUUID(), values['case'] === undefined ? {} : { case: values['case'] });
    return speak(turn, parts.ask, await askAgain(formOf(turn), state, turn.heard, [turn.say('actEnded')]), endsOf(turn));
  }

  /** As it is now: proven before, so it counts as no guess; where a sign-in proved it, as long as that stands. */
  async function again(turn: Turn, form: FormState): Promise<TurnResult> {
    const fact = factOf(form.values);
    if (form.values['signed'] && !(await stillSigned(turn, form))) return unsigned(turn, form);
    const proof = fact && proofOf(fact);
    const ref = form.values['case'] as { number: number; year: number };
    const now = proof ? await cases.find(ref, proof) : null;
    if (now?.kind !== 'ok') return reply(turn, [turn.say('caseDown')], [turn.say('person')], null);
    return tell(turn, { ...form, values: { ...form.values, fact: { ...fact, found: now.value } } });
  }

  return {
    name: STATUS,
    takes({ text }, conversation) {
      const stage = stageOf(conversation, STATUS);
      if (stage?.stage === 'form' || offered.has(text) || wantsStatus(text)) return true;
      if (stage?.stage === 'paused') return resumes(text);
      return stage?.stage === 'told' && caseAgain(text);
    },
    take,
    offers: ({ text }, say) => (aboutStatus(text) ? say('caseOffer') : null),
  };
}
