/** The number of a payment notice: NAV of 18 digits, or IUV. A wrong check digit is told, never refused; a card's number is never taken. */
import { z } from 'zod';
import type { Guesses } from '../../../connectors/guesses.ts';
import type { Notice, Payments } from '../../../connectors/payments/contract.ts';
import { field, type Field, type Reading } from '../../conversation/filling/form.ts';
import { checkNoticeNumber } from '../codes/notice-number.ts';
import { minutesOf } from '../errand.ts';

export interface Asked {
  nav?: string;
  iuv?: string;
  /** The check digits do not fit. */
  doubtful?: boolean;
  found?: Notice;
}
const asked = z.object({
  nav: z.string().optional(),
  iuv: z.string().optional(),
  doubtful: z.boolean().optional(),
  found: z.looseObject({ nav: z.string() }).optional(),
});

export const askedOf = (values: Record<string, unknown>): Asked | null =>
  (asked.safeParse(values['notice']).data as Asked | undefined) ?? null;

const RUN = /(?<![\d+])\d(?:[\s.-]?\d){6,24}(?!\d)/g;
const IUV_LENGTHS = [15, 17];

export function noticeField(parts: { payments: Payments; guesses: Guesses; who: string[] }): Field {
  return field<Asked>({
    name: 'notice',
    schema: asked as unknown as z.ZodType<Asked>,
    read({ text, lang, say }, open): Reading {
      const qr = /PAGOPA\|002\|\d{18}\|[\d|]*/i.exec(text)?.[0];
      const runs = (text.match(RUN) ?? []).map((run) => run.replace(/\D/g, ''));
      const whole = qr ?? runs.find((run) => run.length === 18);
      if (!whole) {
        if (runs.some(isCard)) return { kind: 'wrong', text: say('payNoCards') };
        const iuv = runs.find((run) => IUV_LENGTHS.includes(run.length));
        if (iuv) return { kind: 'value', value: { iuv } };
        const other = runs[0] ?? (open ? text.replace(/\D/g, '') : '');
        return other && open ? { kind: 'wrong', text: say('payWrongLength', { count: String(other.length) }) } : { kind: 'none' };
      }
      const checked = checkNoticeNumber(whole);
      if (checked.kind === 'wrong') return { kind: 'wrong', text: lang === 'it' ? checked.message : say('payWrongNumber') };
      return { kind: 'value', value: { nav: checked.value, ...(checked.kind === 'warning' && { doubtful: true }) } };
    },
    async check(value, { say }) {
      const guess = await parts.guesses.take(parts.who);
      if ('wait' in guess) return { kind: 'stop', note: say('payTooManyTries', { minutes: minutesOf(guess.wait) }) };
      const result = value.nav ? await parts.payments.find(value.nav) : await parts.payments.findByIuv(value.iuv ?? '');
      if (result.kind === 'not_found')
        return { kind: 'refused', note: [value.doubtful ? say('payCheckDigits') : '', say('payNotFound')].filter(Boolean).join('\n\n') };
      await parts.guesses.giveBack(guess.token);
      if (result.kind === 'ok') return { kind: 'ok', value: { ...value, found: result.value } };
      if (result.kind === 'not_allowed') return { kind: 'refused', note: say('payNeedsNav') };
      return { kind: 'stop', note: say('payDown') };
    },
    ask: ({ say }) => ({ text: say('payAskNotice'), choices: [say('person')] }),
    label: ({ say }) => say('payNotice'),
    called: /\b(?:avviso|numero|codice|iuv|notice|number|nummer|avis|aviso)\b/i,
    show: () => null,
  });
}

/** A card's number: 15 or 16 digits that pass its check and begin as cards do. An IUV is longer, or begins with 0 to 2. */
function isCard(digits: string): boolean {
  if (!/^(?:[3-6]\d{15}|3[47]\d{13}|2[2-7]\d{14})$/.test(digits)) return false;
  const sum = [...digits].reverse().reduce((all, sign, index) => {
    const digit = Number(sign);
    return all + (index % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2);
  }, 0);
  return sum % 10 === 0;
}
