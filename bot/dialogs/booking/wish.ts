/** When a citizen would like to come, as far as it is known: grows and changes with every sentence. Pure. */
import { z } from 'zod';
import { acknowledges, plain } from '../../conversation/filling/control.ts';
import type { Around } from '../../conversation/filling/form.ts';
import { addDays, daysBetween, localNow, monday, weekday } from '../dates/calendar.ts';
import { readDate } from '../dates/read-date.ts';
import type { DateReading } from '../dates/reading.ts';
import { asksElse } from './asks-else.ts';
import { codesIn } from './codes.ts';
import { withoutName } from './person-fields.ts';

export const wishSchema = z.object({
  day: z.iso.date().optional(),
  time: z
    .string()
    .regex(/^\d\d:\d\d$/)
    .optional(),
  part: z.enum(['morning', 'afternoon', 'evening']).optional(),
  /** "As soon as possible". */
  first: z.boolean().optional(),
  /** Days after (or before) the booking that is moved. */
  shift: z.number().int().optional(),
  /** At the hour, or on the day, of the booking that is moved. */
  sameTime: z.boolean().optional(),
  sameDay: z.boolean().optional(),
  /** What was said can mean more than one thing. */
  doubt: z.object({ why: z.string(), days: z.array(z.string()), times: z.array(z.string()), said: z.string() }).optional(),
  /** The day last wished for, which was full. */
  full: z.iso.date().optional(),
  /** Pages of offers looked at. */
  page: z.number().int().optional(),
});
export type Wish = z.infer<typeof wishSchema>;

const ASAP =
  /\b(?:(?:il )?(?:piu )?prima possibile|appena (?:possibile|potete|c e posto|si puo|si libera)|al piu presto|il piu presto|quanto prima|prim[oa] (?:posto|data|giorno|orario|disponibil\w+|appuntamento|buco)(?: (?:liber[oa]|utile|disponibile|possibile|che c e|che avete))?|prim[oa] che (?:c e|avete|ha(?:nno)?)|urgent\w*|quando (?:volete|potete|c e posto|capita|vi va)|fate voi|decidete voi|scegliete voi|faccia lei|e uguale|e indifferente|indifferente|qualsiasi (?:giorno|ora|orario)|(?:un |una )?(?:giorno|ora|orario) (?:qualsiasi|qualunque)|qualunque (?:giorno|ora|orario)|mi va bene tutto|as soon as possible|asap|earliest|first available|any (?:day|time)|so bald wie moglich|so schnell wie moglich|moglichst bald|nachst(?:er|en|e) frei\w+|fruhestm\w+|egal|des que possible|le plus tot possible|n importe quand|lo antes posible|cuanto antes|cuando sea|cat mai repede)\b/;
const MORE =
  /\b(?:altri (?:orari|giorni|posti)|altro (?:orario|giorno)|altra (?:ora|data)|un altro|piu (?:tardi|avanti)|nessuno di questi|non mi va(?:nno)? bene|altre (?:date|ore)|other (?:times?|days?|dates?)|later|andere (?:zeit\w*|tage?|termine?)|spater|autres?|otr[oa]s?)\b/;
const SAME_TIME =
  /\b(?:stess[ao] (?:ora|orario)|medesim[ao] or\w+|alla stessa|same (?:time|hour)|gleiche (?:zeit|uhrzeit)|selbe (?:zeit|uhrzeit)|meme heure|misma hora)\b/;
const SAME_DAY = /\b(?:stess[ao] (?:giorno|data)|same day|gleichen? tag|selben? tag|meme jour|mismo dia)\b/;
const NUMBERS: Record<string, number> = {
  un: 1,
  uno: 1,
  una: 1,
  il: 1,
  la: 1,
  due: 2,
  tre: 3,
  quattro: 4,
  cinque: 5,
  sei: 6,
  sette: 7,
  one: 1,
  a: 1,
  two: 2,
  three: 3,
  ein: 1,
  einen: 1,
  eine: 1,
  zwei: 2,
  drei: 3,
  deux: 2,
  trois: 3,
  dos: 2,
  tres: 3,
};
const SHIFT =
  /\b(\d{1,2}|un|uno|una|il|la|due|tre|quattro|cinque|sei|sette|one|a|two|three|einen?|eine|zwei|drei|deux|trois|dos|tres) (giorn[oi]|settiman[ae]|days?|weeks?|tage?|wochen?|jours?|semaines?|dias?|semanas?) (dopo|piu tardi|piu avanti|successiv[oa]|seguente|in avanti|prima|later|after|earlier|before|spater|fruher|apres|avant|despues|antes)\b/;
const FIRST_ONE = /^(?:il |la )?prim[oa]$/;
/** Names of people that are also days, months and feasts: "Domenica Rossi", "Ugo Maggio". */
const NAMELIKE = /^\p{Lu}[\p{L}'’]+(?:\s+\p{Lu}[\p{L}'’]+){1,3}$/u;
const NO_NAME = /\b(?:mattina|pomeriggio|sera|prossim[oa]|morning|afternoon|next|no|anzi|meglio)\b/;
/** "Wednesday I have the dentist, …": the day is told only to say that it does not suit. */
const OBSTACLE =
  /(?:\bno[ ,]+)?\b(?:luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domani|dopodomani|oggi)(?:\s+(?:mattina|pomeriggio|prossim[oa]|\d{1,2}))?\s+(?:ho|c['’]ho|ci ho|abbiamo|lavoro|sono|siamo|parto|devo|vado|dobbiamo|mi)\s[^,;.:]*[,;.:]/gi;
const LISTS =
  /\b(?:che|quali|quale|which|what|welche\w*|quels?|que) (?:giorn[oi]|orari[oi]?|or[ae]|post[oi]|dat[ae]|days?|times?|tage?|zeiten|jours?|heures?|dias?|horas?)\b|\b(?:cosa|che) (?:avete|c e) (?:di )?(?:liber[oi]|disponibil\w*)\b|\bquando (?:posso|potrei|si puo|c e posto|avete|siete)\b/;

/** Words that tell one weekday from the same one in another week. */
const DIFFERS =
  /\d{1,2}(?!:|\d)\b(?<!(?:alle|ore|le|um|at|h) \d{1,2})|\b(?:prossim\w+|quest\w+|settiman\w+|dopo|altr\w+|seguente|successiv\w+|next|this|week|nachst\w+|dies\w+|woche|prochain\w*|proxim\w+)\b/;

const WEEKDAY =
  /\b(?:lunedi|martedi|mercoledi|giovedi|venerdi|sabato|domenica|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|lundi|mardi|mercredi|jeudi|vendredi|samedi|lunes|martes|miercoles|jueves|viernes|sabado)\b/;

/** The wish after this message; null when it says nothing of when. `naming`: a name was asked for. */
export function readWish(around: Around, before: Wish, open: boolean, moving: boolean, naming: boolean): Wish | null {
  const rest = withoutName(codesIn(around.text).rest);
  const said = plain(rest);
  // What opens a form is a wish, however it is put.
  if ((around.open !== null || before.day !== undefined) && asksElse(around.text)) return null;
  if (naming && NAMELIKE.test(rest.trim()) && !NO_NAME.test(said)) return null;
  const { page: _, ...known } = before;
  const { today } = localNow(around.now, 'Europe/Rome');
  const shift = SHIFT.exec(said);
  if (shift && (moving || before.day)) {
    const days = (Number(shift[1]) || NUMBERS[shift[1] ?? ''] || 1) * (/^(?:sett|week|woch|sema)/.test(shift[2] ?? '') ? 7 : 1);
    const signed = /^(?:prima|earlier|before|fruher|avant|antes)/.test(shift[3] ?? '') ? -days : days;
    const reading = readDate(said.replace(shift[0], ' '), { now: around.now, lang: around.lang });
    const time = 'time' in reading && reading.time ? { time: reading.time } : SAME_TIME.test(said) ? { sameTime: true } : {};
    return before.day && !before.shift
      ? { ...known, day: addDays(before.day, signed), ...time }
      : { ...withoutDay(known), shift: signed, ...time };
  }
  if (moving && (SAME_TIME.test(said) || SAME_DAY.test(said))) {
    const reading = readDate(rest.replace(/stess[ao] (?:ora|orario|giorno|data)/i, ' '), { now: around.now, lang: around.lang });
    const read = merged(known, reading, rest, today);
    return { ...(read ?? known), ...(SAME_TIME.test(said) && { sameTime: true }), ...(SAME_DAY.test(said) && { sameDay: true }) };
  }
  const asap = ASAP.exec(said);
  if (asap) {
    // "The first one" is no first of the month.
    const reading = joined(said.replace(asap[0], ' '), before, around);
    return { ...withoutDoubt(merged(known, certain(reading), rest, today) ?? known), first: true };
  }
  if (!open && FIRST_ONE.test(said)) return null;
  const reading = bare(rest, before, around) ?? ofMonth(said, before, around) ?? joined(rest, before, around);
  if (reading.kind === 'none' || (reading.kind === 'ambiguous' && vague(reading))) {
    if (open && MORE.test(said)) return { ...withoutDoubt(known), page: (before.page ?? 0) + 1 };
    if (open && LISTS.test(said)) return before;
    if (open && reading.kind === 'ambiguous' && !acknowledges(rest))
      return { ...known, doubt: { why: reading.doubt, days: [], times: [], said: rest } };
    return null;
  }
  return merged(known, reading, rest, today);
}

/** "Next week" and then "Wednesday": read together when alone it says less. */
function joined(whole: string, { doubt }: Wish, { now, lang }: Around): DateReading {
  // "A l'undici", as said in many places, is an hour.
  const text = whole.replace(OBSTACLE, ' ').replace(/^\s*a l(?:e\s|['’]\s*)/i, 'alle ');
  const alone = readDate(text.trim() === '' ? whole : text, { now, lang });
  if (doubt?.why !== 'vague' || doubt.days.length > 0) return alone;
  const both = readDate(`${text} ${doubt.said}`, { now, lang });
  return both.kind === 'date' ? both : alone;
}

function withoutDoubt(wish: Wish): Wish {
  const { doubt: _, ...rest } = wish;
  return rest;
}

const vague = (reading: Extract<DateReading, { kind: 'ambiguous' }>) =>
  !reading.date &&
  !reading.time &&
  !reading.part &&
  reading.choices.length === 0 &&
  reading.times.length === 0 &&
  ['vague', 'impossible', 'mismatch'].includes(reading.doubt);

/** Only what is certain of a reading. */
function certain(reading: DateReading): DateReading {
  if (reading.kind !== 'ambiguous') return reading;
  const { date, time, part } = reading;
  if (date) return { kind: 'date', date, ...(time && { time }), ...(part && { part }) };
  return time || part ? { kind: 'time', ...(time && { time }), ...(part && { part }) } : { kind: 'none' };
}

function merged(known: Wish, reading: DateReading, said: string, today: string): Wish | null {
  if (reading.kind === 'none') return null;
  const { date, time, part } = reading;
  let wish: Wish = { ...known };
  if (date || (reading.kind === 'ambiguous' && reading.choices.length > 0)) wish = withoutDay(wish);
  if (date)
    Object.assign(
      wish,
      known.day && WEEKDAY.test(plain(said)) && !DIFFERS.test(plain(said)) ? inContext(date, known.day, said, today) : { day: date },
    );
  if (time || part) {
    const { time: _, part: __, sameTime: ___, first: ____, ...rest } = wish;
    wish = { ...rest, ...(time && { time }), ...(part && !time && { part }) };
  }
  if (date && !time && !part) {
    const { first: _, ...rest } = wish;
    wish = rest;
  }
  // What was open stays open until the same kind of thing is said.
  const ofTimes = (wish.doubt?.times.length ?? 0) > 0;
  if (wish.doubt && wish.doubt.said !== said && (ofTimes ? time : date)) wish = withoutDoubt(wish);
  if (reading.kind === 'ambiguous') wish.doubt = { why: reading.doubt, days: reading.choices, times: reading.times, said };
  return wish;
}

/** A bare weekday after another day: the same one is that one; another one lies in that day's week, if the day was clearly of a later week. */
function inContext(nearest: string, before: string, said: string, today: string): Pick<Wish, 'day' | 'doubt'> {
  const there = addDays(monday(before), weekday(nearest) - 1);
  if (there === nearest || there < today) return { day: nearest };
  if (weekday(before) === weekday(nearest) || daysBetween(today, before) >= 7) return { day: there };
  return { doubt: { why: 'several', days: [nearest, there].sort(), times: [], said } };
}

function withoutDay(wish: Wish): Wish {
  const { day: _, shift: __, sameDay: ___, ...rest } = wish;
  return rest;
}

/** "December", said after "the 2nd": the day stays, the month is the one said. */
function ofMonth(said: string, { day }: Wish, { now, lang }: Around): DateReading | null {
  if (!day || !/^(?:di |del mese di |in )?\p{L}{3,}$/u.test(said)) return null;
  const month = said.split(' ').at(-1) ?? '';
  const first = readDate(`1 ${month}`, { now, lang });
  if (first.kind !== 'date' || !first.date.endsWith('-01')) return null;
  return readDate(`${Number(day.slice(8))} ${month}`, { now, lang });
}

/** "Le 10", "26": an hour when it is said as one or the day is known, else the next day of that number. */
function bare(text: string, before: Wish, around: Around): DateReading | null {
  const found =
    /^\W*(?:va bene |ok |facciamo |direi )?((?:il|le|alle|ore|la|per il|per le|um|at|the|à|a las|h)\s+)?(\d{1,2})(?:\s+(?:va bene|ok|grazie))?\W*$/i.exec(
      text,
    );
  if (!found) return null;
  const lead = (found[1] ?? '').trim().toLowerCase();
  const dayKnown = before.day !== undefined || before.shift !== undefined || before.sameDay === true;
  const asDay = /^(?:il|per il|the)$/.test(lead) || (lead === '' && !dayKnown);
  return readDate(asDay ? `il ${found[2]}` : `alle ${found[2]}`, { now: around.now, lang: 'it' });
}
