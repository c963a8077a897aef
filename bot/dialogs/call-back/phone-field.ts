/** A number at which somebody can be called: read as people write it, kept as E.164. Italian where no prefix is given. */
import { z } from 'zod';
import { field, type Reading } from '../../conversation/filling/form.ts';
import { codesIn } from '../booking/codes.ts';

/** Landline 0…, mobile 3…: what the national plan gives to subscribers. */
const ITALIAN = /^(?:0\d{5,10}|3\d{8,9})$/;
/** Answered by nobody, or paid by the minute. */
const SPECIAL = /^(?:1\d{2,5}|8\d{5,11}|70\d{4,8}|4\d{4,12})$/;

export type Phone = { kind: 'ok'; value: string } | { kind: 'wrong' | 'special' };

/** `written`: with or without prefix, spaces and marks. */
export function phoneIn(written: string): Phone {
  const bare = written.replace(/[^\d+]/g, '').replace(/^00/, '+');
  const national = bare.replace(/^\+39/, '');
  if (!bare.startsWith('+') || bare.startsWith('+39')) {
    if (ITALIAN.test(national)) return { kind: 'ok', value: `+39${national}` };
    return { kind: SPECIAL.test(national) ? 'special' : 'wrong' };
  }
  return { kind: /^\+[1-9]\d{7,14}$/.test(bare) ? 'ok' : 'wrong', value: bare };
}

export const phoneField = field<string>({
  name: 'phone',
  schema: z.string().regex(/^\+[1-9]\d{7,14}$/),
  read({ text, say }, open): Reading {
    const { phone, rest } = codesIn(text);
    if (!phone) {
      // In the middle of other questions a few figures may be a date or an hour.
      const digits = rest.replace(/\D/g, '').length;
      return open && digits >= 3 ? { kind: 'wrong', text: say('callPhoneWrong') } : { kind: 'none' };
    }
    const found = phoneIn(phone);
    if (found.kind === 'ok') return { kind: 'value', value: found.value };
    return { kind: 'wrong', text: say(found.kind === 'special' ? 'callPhoneSpecial' : 'callPhoneWrong') };
  },
  ask: ({ say }) => ({ text: say('callAskPhone'), choices: [] }),
  label: ({ say }) => say('callPhone'),
  called: /\b(?:telefono|cellulare|numero|phone|number|telefon|nummer|numero|numéro|teléfono|telefono)\b/i,
  show: (value) => phoneInWords(value),
});

/** «+39 333 1234567». */
export const phoneInWords = (phone: string): string => phone.replace(/^\+39(\d{3})(\d+)$/, '+39 $1 $2');
