/** The moment of an appointment: from a wish to a free slot that is held, with the nearest ones when it is not free. */
import { z } from 'zod';
import type { Bookings, Hold, Slot } from '../../../connectors/bookings/contract.ts';
import { type Around, type Asked, type Checked, field, type Field } from '../../conversation/filling/form.ts';
import { addDays, daysBetween, localNow } from '../dates/calendar.ts';
import { dateInWords } from '../dates/in-words.ts';
import { dayOf, nearestDays, nearestTimes, someTimes, suitable, timeOf } from './offers.ts';
import { type Wish, readWish, wishSchema } from './wish.ts';

/** How long a seat is kept while the form is filled in, seconds. */
const HOLD_SECONDS = 900;
const HORIZON_DAYS = 60;
const LONGEST_DAYS = 92;

const held = z.object({
  id: z.string(),
  slot: z.looseObject({ id: z.string(), service: z.string(), start: z.string() }),
  expiresAt: z.string(),
});
const slotSchema = z.object({ wish: wishSchema, hold: held.optional() });
export type SlotValue = { wish: Wish; hold?: Hold };

export interface SlotParts {
  bookings: Pick<Bookings, 'slots' | 'hold' | 'release'>;
  timeZone: string;
  /** The service wanted, or that of the booking that is moved (with its start). */
  about(values: Record<string, unknown>): { service: string; place?: string; start?: string } | null;
  needs: string[];
  moving: boolean;
  /** Whoever finds no room may be told when there is some. */
  waits: boolean;
  /** Key of its name in words; absent = when and where. */
  label?: string;
}

export const slotOf = (values: Record<string, unknown>): SlotValue | null =>
  (slotSchema.safeParse(values['slot']).data as SlotValue | undefined) ?? null;

export function slotField(parts: SlotParts): Field {
  const { bookings } = parts;

  async function check(value: SlotValue, around: Around): Promise<Checked> {
    const about = parts.about(around.values);
    if (!about) return { kind: 'refused', note: '' };
    const { say, lang } = around;
    const today = localNow(around.now, parts.timeZone).today;
    const wish = settled(value.wish, about.start);
    const hold = value.hold;
    if (
      hold &&
      hold.slot.service === about.service &&
      fits(hold.slot, about) &&
      dayOf(hold.slot) === wish.day &&
      timeOf(hold.slot) === wish.time &&
      !wish.doubt
    )
      return { kind: 'ok', value: { wish, hold } };
    if (hold) await bookings.release(hold);

    if (wish.doubt) return { kind: 'more', value: { wish }, ...doubtSaid(wish.doubt, wish, around) };
    if (wish.day && daysBetween(today, wish.day) > LONGEST_DAYS) {
      const { day, ...rest } = wish;
      return more(rest, say('bookTooFar', { day: dateInWords({ date: day }, lang) }), await whichDay(rest));
    }
    const to = addDays(today, HORIZON_DAYS);
    const listed = await bookings.slots({ ...where(about), from: today, to: wish.day && wish.day > to ? wish.day : to });
    if (listed.kind !== 'ok') return { kind: 'stop', note: say('bookDown') };
    const free = listed.value.filter((slot) => slot.start !== about.start);
    if (free.length === 0) return { kind: 'stop', note: say('bookNoSlots') };

    if (!wish.day) {
      const fitting = suitable(free, wish);
      if (wish.first && fitting[0]) return keep(wish, fitting[0], true);
      if (fitting.length > 0) return more(wish, undefined, daysAsked(wish, nearestDays(fitting, undefined, wish.page), around));
      const { time: _, part: __, ...rest } = wish;
      return more(rest, say('bookNoneSuch'), daysAsked(rest, nearestDays(free, undefined), around));
    }
    const onDay = suitable(
      free.filter((slot) => dayOf(slot) === wish.day),
      {},
    );
    const day = dateInWords({ date: wish.day }, lang);
    if (about.start && dayOf({ start: about.start }) === wish.day && timeOf({ start: about.start }) === wish.time) {
      const { time: _, ...rest } = wish;
      return more(rest, say('bookSameAsNow'), timesAsked(rest, onDay, around));
    }
    if (onDay.length === 0) {
      const { day: wished, ...rest } = wish;
      const near = nearestDays(suitable(free, rest).length > 0 ? suitable(free, rest) : free, wished);
      const asked = daysAsked(rest, near, around);
      const choices = parts.waits ? [...asked.choices, say('waitOffer')] : asked.choices;
      return more({ ...rest, ...(wished && { full: wished }) }, say('bookDayFull', { day }), { ...asked, choices });
    }
    const fitting = suitable(onDay, wish);
    if (wish.time) {
      if (fitting[0]) return keep(wish, fitting[0]);
      const { time, ...rest } = wish;
      return more(rest, undefined, near(time, onDay));
    }
    if (wish.first && fitting[0]) return keep(wish, fitting[0], true);
    if (fitting.length > 0) return more(wish, undefined, timesAsked(wish, fitting, around));
    const { part: _, ...rest } = wish;
    return more(rest, say('bookPartFull', { day }), timesAsked(rest, onDay, around));

    async function keep(kept: Wish, slot: Slot, first = false): Promise<Checked> {
      const result = await bookings.hold(slot.id, HOLD_SECONDS);
      if (result.kind === 'ok') {
        const { first: _, part: __, page: ___, ...rest } = kept;
        const exact = { ...rest, day: dayOf(slot), time: timeOf(slot) };
        return {
          kind: 'ok',
          value: { wish: exact, hold: result.value },
          ...(first && { note: say('bookFirst', { when: whenWhere(slot, lang) }) }),
        };
      }
      if (result.kind !== 'slot_taken') return { kind: 'stop', note: say('bookDown') };
      const others = onSameDay(slot);
      const { time: _, first: __, ...rest } = kept;
      if (others.length === 0) {
        const { day: ___, ...open } = rest;
        return more(
          open,
          say('bookDayFull', { day: dateInWords({ date: dayOf(slot) }, lang) }),
          daysAsked(
            open,
            nearestDays(
              free.filter((one) => one.start !== slot.start),
              dayOf(slot),
            ),
            around,
          ),
        );
      }
      return more({ ...rest, day: dayOf(slot) }, undefined, near(timeOf(slot), others));
    }
    function onSameDay(slot: Slot): Slot[] {
      return suitable(
        free.filter((one) => dayOf(one) === dayOf(slot) && one.start !== slot.start),
        {},
      );
    }
    function near(time: string, slots: Slot[]): Asked {
      const times = nearestTimes(slots, time);
      return { text: say('bookTimeTaken', { time: shown(time), day, near: inList(times.map(shown)) }), choices: times.map(shown) };
    }
    async function whichDay(rest: Wish): Promise<Asked> {
      const all = await bookings.slots({ ...where(about ?? { service: '' }), from: today, to: addDays(today, HORIZON_DAYS) });
      return daysAsked(rest, all.kind === 'ok' ? nearestDays(all.value, undefined) : [], around);
    }
  }

  async function ask(around: Around): Promise<Asked> {
    const about = parts.about(around.values);
    const today = localNow(around.now, parts.timeZone).today;
    const listed = about ? await bookings.slots({ ...where(about), from: today, to: addDays(today, HORIZON_DAYS) }) : null;
    const free = listed?.kind === 'ok' ? listed.value.filter((slot) => slot.start !== about?.start) : [];
    return daysAsked({}, nearestDays(free, undefined), around);
  }

  return field<SlotValue>({
    name: 'slot',
    schema: slotSchema as unknown as z.ZodType<SlotValue>,
    needs: parts.needs,
    read(around, open) {
      const before = slotOf(around.values);
      const wish = readWish(around, before?.wish ?? {}, open, parts.moving, around.open === 'name');
      return wish ? { kind: 'value', value: { wish, ...(before?.hold && { hold: before.hold }) } } : { kind: 'none' };
    },
    check,
    ask,
    label: ({ say }) => say(parts.label ?? 'bookWhen'),
    reopen({ wish, hold }, { text }) {
      const { day, time, ...rest } = wish;
      const hour = /\b(?:ora|orario|time|uhrzeit|heure|hora)\b/i.test(text);
      return { wish: { ...rest, ...(hour ? day && { day } : time && { time }) }, ...(hold && { hold }) };
    },
    called: /\b(?:giorno|data|ora|orario|quando|day|date|time|tag|uhrzeit|datum|jour|heure|dia|hora|fecha)\b/i,
    show: ({ hold }, { lang }) => (hold ? whenWhere(hold.slot, lang) : null),
  });
}

/** "giovedì 26 novembre 2026 alle 11:00, Palazzo comunale, piazza …". */
export function whenWhere({ start, place, counter }: Pick<Slot, 'start' | 'place' | 'counter'>, lang: string): string {
  return [dateInWords({ date: start.slice(0, 10), time: start.slice(11, 16) }, lang), place?.name, place?.address, counter]
    .filter(Boolean)
    .join(', ');
}

/** A wish said relative to the booking that is moved → its own day and hour. */
function settled(wish: Wish, start: string | undefined): Wish {
  if (!start) return wish;
  const { shift, sameTime, sameDay, ...rest } = wish;
  return {
    ...rest,
    ...(shift !== undefined && { day: addDays(dayOf({ start }), shift) }),
    ...(sameDay && !rest.day && { day: dayOf({ start }) }),
    ...(sameTime && !rest.time && { time: timeOf({ start }) }),
  };
}

const where = ({ service, place }: { service: string; place?: string }) => ({ service, ...(place && { place }) });
const fits = (slot: Slot, { place }: { place?: string }): boolean => !place || !slot.place || slot.place.id === place;

const more = (wish: Wish, note: string | undefined, ask: Asked): Checked => ({ kind: 'more', value: { wish }, ...(note && { note }), ask });
const shown = (time: string): string => time.replace(/^0/, '');
const inList = (items: string[]): string => items.join(' · ');

function daysAsked(wish: Wish, days: string[], { say, lang }: Around): Asked {
  const choices = days.map((date) => dateInWords({ date, ...(wish.time && { time: wish.time }) }, lang));
  return { text: `${say('bookAskDay')} ${say('bookFreeDays', { days: inList(choices) })}`, choices };
}

function timesAsked(wish: Wish, slots: Slot[], { say, lang }: Around): Asked {
  const choices = someTimes(slots, wish.page).map(shown);
  const day = wish.day ? dateInWords({ date: wish.day, ...(wish.part && { part: wish.part }) }, lang) : '';
  return { text: say('bookAskTime', { day, times: inList(choices) }), choices };
}

function doubtSaid(doubt: NonNullable<Wish['doubt']>, wish: Wish, around: Around): { note?: string; ask: Asked } {
  const { say, lang } = around;
  const choices = doubt.days.map((date) => dateInWords({ date, ...(wish.time && { time: wish.time }) }, lang));
  const times = doubt.times.map(shown);
  const why = ['past', 'impossible', 'mismatch'].includes(doubt.why) ? say(`bookDoubt_${doubt.why}`) : undefined;
  const text =
    choices.length > 0
      ? say('bookWhichDay', { days: inList(choices) })
      : times.length > 0
        ? say('bookWhichTime', { times: inList(times) })
        : say(wish.day ? 'bookSayTime' : 'bookSayDay');
  return { ...(why && { note: why }), ask: { text, choices: choices.length > 0 ? choices : times } };
}
