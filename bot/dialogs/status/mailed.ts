/** An e-mail address as the second fact: it counts once the figures sent to it are written here. Right and wrong addresses are answered alike, and limited. */
import type { Cases } from '../../../connectors/cases/contract.ts';
import { type Guesses, recordOf } from '../../../connectors/guesses.ts';
import type { Around, Checked } from '../../conversation/filling/form.ts';
import { minutesOf } from '../errand.ts';
import { FIGURES_MINUTES, type MailCodes } from './mail-code.ts';

export interface Mailed {
  email?: string;
  /** A code was asked for. */
  asked?: boolean;
  /** Just written. */
  figures?: string;
  /** They were the right ones. */
  verified?: boolean;
}

export interface FactParts {
  cases: Cases;
  guesses: Guesses;
  /** Against whom wrong pairs count. */
  who: string[];
  conversationId: string;
  /** One-time codes by e-mail; absent = an address proves nothing. */
  codes?: MailCodes | undefined;
}

/** The value with `verified`, or what is still to be done. */
export async function checkMailed(parts: FactParts, value: Mailed, { say, values }: Around): Promise<Checked | Mailed> {
  const { cases, guesses, who, conversationId, codes } = parts;
  const { email: address = '', figures } = value;
  if (!codes) return { kind: 'refused', note: say('caseNotFound') };
  const { number, year } = values['case'] as { number: number; year: number };
  const of = { conversationId, about: `case ${number}/${year}`, address };
  const more = (note?: string): Checked => {
    const ask = { text: say('caseMailSent', { email: address, minutes: String(FIGURES_MINUTES) }), choices: [say('person')] };
    return { kind: 'more', value: { email: address, asked: true }, ask, ...(note && { note }) };
  };
  if (value.asked && !figures) return more();
  // Every letter and every try counts, also the right ones.
  const guess = await guesses.take([...who, recordOf(of.about)]);
  if ('wait' in guess) return { kind: 'stop', note: say('caseTooManyTries', { minutes: minutesOf(guess.wait) }) };
  if (figures) {
    const checked = await codes.check(of, figures);
    if (checked === 'ok') {
      await guesses.giveBack(guess.token);
      return { email: address, verified: true };
    }
    return checked === 'wrong' ? more(say('caseFiguresWrong')) : { kind: 'refused', note: say('caseFiguresGone') };
  }
  const found = await cases.find({ number, year }, { kind: 'email', email: address });
  if (found.kind !== 'ok' && found.kind !== 'not_found') return { kind: 'stop', note: say('caseDown') };
  await codes.ask({ ...of, right: found.kind === 'ok' }, (code) => ({
    subject: say('mailCode', { code }),
    text: `${say('mailCodeBody', { code, ref: `${number}/${year}`, minutes: String(FIGURES_MINUTES) })}\n`,
  }));
  return more();
}
