/** On which days one would come: one of them, or any. */
import { z } from 'zod';
import { plain } from '../../conversation/filling/control.ts';
import { field } from '../../conversation/filling/form.ts';
import { codesIn } from '../booking/codes.ts';
import { withoutName } from '../booking/person-fields.ts';
import { addDays, localNow } from '../dates/calendar.ts';
import { dateInWords } from '../dates/in-words.ts';
import { readDate } from '../dates/read-date.ts';

/** How far ahead a place on the list reaches, days. */
export const LONGEST_WAIT = 60;
const ANY =
  /\b(?:(?:qualsiasi|qualunque|ogni) (?:giorno|data|momento)|tutti i giorni|(?:e )?indifferente|quando (?:volete|capita|c e posto)|any (?:day|time)|jeder tag|egal|n importe (?:quel jour|quand)|cualquier dia)\b/;

const days = z.object({ from: z.iso.date(), to: z.iso.date() });
export type Days = z.infer<typeof days>;

export const daysField = field<Days>({
  name: 'days',
  schema: days,
  read({ text, now, lang }, open) {
    const { today } = localNow(now, 'Europe/Rome');
    const rest = withoutName(codesIn(text).rest);
    if (ANY.test(plain(rest))) return { kind: 'value', value: { from: today, to: addDays(today, LONGEST_WAIT) } };
    const reading = readDate(rest, { now, lang });
    if (reading.kind === 'date') return { kind: 'value', value: { from: reading.date, to: reading.date } };
    if (!open || reading.kind !== 'ambiguous' || reading.choices.length === 0) return { kind: 'none' };
    const choices = reading.choices.map((date) => dateInWords({ date }, lang));
    return { kind: 'doubt', ask: { text: choices.join(' · '), choices } };
  },
  async check(value, { now, say, lang }) {
    const { today } = localNow(now, 'Europe/Rome');
    if (value.to < today) return { kind: 'refused', note: say('bookDoubt_past') };
    const last = addDays(today, LONGEST_WAIT);
    if (value.from > last) return { kind: 'refused', note: say('bookTooFar', { day: dateInWords({ date: value.from }, lang) }) };
    return { kind: 'ok', value };
  },
  ask: ({ say }) => ({ text: say('waitAskDays'), choices: [say('waitAnyDay')] }),
  label: ({ say }) => say('waitDays'),
  called: /\b(?:giorn[oi]|data|day|days|tage?|jours?|dias?)\b/i,
  show: ({ from, to }, { say, lang }) =>
    from === to ? dateInWords({ date: from }, lang) : say('waitAnyDayOf', { to: dateInWords({ date: to }, lang) }),
});
