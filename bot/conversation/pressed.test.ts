import { expect, test } from 'vitest';
import { spoken } from '../../knowledge/languages/reading/read.ts';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import { readAction } from '../dialogs/booking/action.ts';
import { leaves, resumes, saysNo, yesIn } from './filling/control.ts';
import { createPressed } from './pressed.ts';

const FURTHER = ['sl', 'ro', 'ar', 'zh', 'uk'];
const speech = createSpeech(spoken);
const pressed = createPressed(
  spoken.map(({ code }) => code),
  speech,
);

test.each(FURTHER)('every button said in %s is understood as in Italian', (lang) => {
  const say = speech(lang);
  const meant = (key: string) => pressed(say(key), lang) ?? '';
  for (const key of ['yesTicket', 'yesReport', 'yesWait', 'yesForm']) expect([key, meant(key)]).toEqual([key, speech('it')(key)]);
  expect(saysNo(meant('noKeep'))).toBe(true);
  expect(resumes(meant('formResume'))).toBe(true);
  expect(['doShow', 'doMove', 'doCancel', 'bookOffer'].map((key) => readAction(meant(key)))).toEqual(['show', 'move', 'cancel', 'book']);
  expect(pressed(`  ${say('formOffer', { title: 'Richiesta certificato' })} `, lang)).toBe(
    speech('it')('formOffer', { title: 'Richiesta certificato' }),
  );
  expect(pressed(say('bookAskDay'), lang)).toBeNull();
});

test.each([
  ['sl', 'da', 'ne', 'prekliči'],
  ['ro', 'da', 'nu', 'anulează'],
  ['ar', 'نعم', 'لا', 'إلغاء'],
  ['zh', '是的', '不', '取消'],
  ['uk', 'так', 'ні', 'скасувати'],
])('%s: yes, no and leaving, in a word', (_lang, yes, no, leave) => {
  expect(yesIn(yes)).toBe('strong');
  expect(yesIn(no)).toBeNull();
  expect(saysNo(no)).toBe(true);
  expect(leaves(leave)).toBe(true);
  expect(leaves(yes)).toBe(false);
});

test('the word we ask to write for leaving is the one that leaves', () => {
  for (const lang of FURTHER) expect([lang, leaves(speech(lang)('cancel'))]).toEqual([lang, true]);
});

test('what the other languages say is read as it stands, and "ne" is Italian too', () => {
  expect(pressed('Sì, prenota', 'it')).toBeNull();
  expect(pressed('Da, programează', null)).toBeNull();
  expect(saysNo('ne vorrei un altro')).toBe(false);
});

test('a report is asked for by the words we told', () => {
  expect(pressed('sesizare S12-2026', 'ro')).toBe('segnalazione S12-2026');
  expect(pressed('Звернення S12-2026', 'uk')).toBe('segnalazione S12-2026');
});
