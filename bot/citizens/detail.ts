/** The buttons of a list, in languages whose sentences the dialogs do not read: one appointment or one case of whoever signed in, by their verified identity. */
import type { Say } from '../../knowledge/languages/speak.ts';
import { receipt } from '../dialogs/booking/receipt.ts';
import { localNow } from '../dialogs/dates/calendar.ts';
import { inEveryLanguage } from '../dialogs/errand.ts';
import { filledIn } from '../dialogs/filled-in.ts';
import { caseTold } from '../dialogs/status/told.ts';
import type { OwnParts } from './listing.ts';
import type { Wanted } from './wishes.ts';

export type Detail = { kind: 'booking'; code: string } | { kind: 'case'; number: number; year: number };

/** What a press on one of our buttons means, whatever the language. */
export function createPresses(speech: (lang: string) => Say) {
  const words = new Map<string, Wanted>();
  const titles: [string, Wanted][] = [
    ['ownBookings', 'bookings'],
    ['ownCases', 'cases'],
    ['ownThings', 'all'],
    ['signIn', 'sign-in'],
    ['signOut', 'sign-out'],
  ];
  for (const [key, wanted] of titles) for (const text of inEveryLanguage(speech, key)) words.set(text.toLowerCase(), wanted);
  // Lower case makes no text shorter: what is longer than all of them is none.
  const longest = Math.max(...[...words.keys()].map((text) => text.length));
  const self = new Set(inEveryLanguage(speech, 'actMyself'));
  const nameIn = filledIn(speech, 'actAs', 'name');
  const codeIn = filledIn(speech, 'ownBookingAsk', 'code');
  const refIn = filledIn(speech, 'ownCaseAsk', 'ref');
  return {
    wanted(text: string): Wanted | null {
      const said = text.trim();
      return said.length > longest ? null : (words.get(said.toLowerCase()) ?? null);
    },
    acts: (text: string): { name: string } | 'self' | null => {
      if (self.has(text)) return 'self';
      const name = nameIn(text);
      return name ? { name } : null;
    },
    /** Of a list that was shown. */
    detail(text: string): Detail | null {
      const code = codeIn(text);
      if (code && /^[A-Z\d-]{4,20}$/.test(code)) return { kind: 'booking', code };
      const ref = /^(\d{1,7})\/(\d{4})$/.exec(refIn(text) ?? '');
      return ref ? { kind: 'case', number: Number(ref[1]), year: Number(ref[2]) } : null;
    },
  };
}

/** Null = not theirs, or not to be read now. */
export async function detailOf(
  { bookings, cases, now }: OwnParts,
  fiscalCode: string,
  detail: Detail,
  { say, lang }: { say: Say; lang: string },
): Promise<{ text: string; choices: string[]; code: string | null } | null> {
  const proof = { kind: 'person' as const, fiscalCode };
  if (detail.kind === 'booking') {
    const found = await bookings.get(detail.code, proof);
    if (found.kind !== 'ok') return null;
    return { text: receipt('show', found.value, { say, lang }), choices: [say('doMove'), say('doCancel')], code: found.value.code };
  }
  const found = await cases.find(detail, proof);
  if (found.kind !== 'ok') return null;
  const { today } = localNow(now(), 'Europe/Rome');
  return { text: caseTold(found.value, { say, lang, today }), choices: [say('person')], code: null };
}
