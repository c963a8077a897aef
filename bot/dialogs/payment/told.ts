/** A notice read out: what is to pay, until when, where. What it is for stays unsaid: whoever has guessed a number is not told. */
import type { Notice } from '../../../connectors/payments/contract.ts';
import type { Say } from '../../../knowledge/languages/speak.ts';
import { dayInWords } from '../errand.ts';

export function noticeTold(
  notice: Notice,
  parts: { say: Say; lang: string; today: string; link: string | null; doubtful: boolean },
): string {
  const { say, lang, today, link } = parts;
  const { nav, bodyCode, state, amountCents, dueOn, paidOn } = notice;
  const amount = amountCents === null ? '' : new Intl.NumberFormat(lang, { style: 'currency', currency: 'EUR' }).format(amountCents / 100);
  if (state === 'paid')
    return [say('payPaid', { nav }), paidOn ? say('payPaidOn', { day: dayInWords(paidOn, lang) }) : ''].filter(Boolean).join(' ');
  if (state === 'cancelled') return say('payCancelled', { nav });
  if (state === 'expired') return say('payExpired', { nav });
  const facts = [
    [say('payNotice'), nav],
    amount ? [say('payAmount'), amount] : null,
    dueOn ? [say('payDue'), dayInWords(dueOn, lang)] : null,
    bodyCode ? [say('payBody'), bodyCode] : null,
  ].flatMap((one) => (one ? [`- **${one[0]}**: ${one[1]}`] : []));
  return [
    parts.doubtful ? say('payCheckDigits') : '',
    say('payToPay'),
    facts.join('\n'),
    dueOn && dueOn < today ? say('payOverdue') : '',
    link ? say('payLink', { url: link }) : '',
    say('payNeverHere'),
  ]
    .filter(Boolean)
    .join('\n\n');
}
