import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Language } from '../../knowledge/languages/contract.ts';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import { readAction } from '../dialogs/booking/action.ts';
import { wantsStatus } from '../dialogs/status/wants.ts';
import { createPresses } from './detail.ts';

const folder = path.resolve(import.meta.dirname, '../../knowledge/languages');
const codes = readdirSync(folder).flatMap((file) => /^([a-z]{2})\.ts$/.exec(file)?.[1] ?? []);
const languages = await Promise.all(
  codes.map(async (code) => ((await import(path.join(folder, `${code}.ts`))) as { default(): Language }).default()),
);
const speech = createSpeech([...languages].sort((a) => (a.code === 'it' ? -1 : 1)));

test.each(codes)('%s: every button about what is one’s own is understood when it is pressed', (lang) => {
  const say = speech(lang);
  const presses = createPresses(speech);
  expect(['ownBookings', 'ownCases', 'ownThings', 'signIn', 'signOut'].map((key) => presses.wanted(say(key)))).toEqual([
    'bookings',
    'cases',
    'all',
    'sign-in',
    'sign-out',
  ]);
  expect(presses.acts(say('actMyself'))).toBe('self');
  expect(presses.acts(say('actAs', { name: 'Luca Verdi' }))).toEqual({ name: 'Luca Verdi' });
  const [booking, file] = [say('ownBookingAsk', { code: 'ABC2D3' }), say('ownCaseAsk', { ref: '12/2026' })];
  expect(presses.detail(booking)).toEqual({ kind: 'booking', code: 'ABC2D3' });
  expect(presses.detail(file)).toEqual({ kind: 'case', number: 12, year: 2026 });
  // The dialogs take what they can read; nothing of ours is read by them as another act.
  if (['it', 'en', 'de', 'fr', 'es'].includes(lang)) expect([readAction(booking), wantsStatus(file)]).toEqual(['show', true]);
  for (const text of ['12/2026', 'ABC2D3', 'ciao'])
    expect([presses.wanted(text), presses.acts(text), presses.detail(text)]).toEqual([null, null, null]);
});
