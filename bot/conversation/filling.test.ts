import { expect, test } from 'vitest';
import { z } from 'zod';
import openItalian from '../../knowledge/languages/it.ts';
import { createSpeech } from '../../knowledge/languages/speak.ts';
import { asks, bare, leaves, unasked, yesIn } from './filling/control.ts';
import { emptyForm, field, type Form, type FormState } from './filling/form.ts';
import { askAgain, fillIn, MISSES } from './filling.ts';

const say = createSpeech([openItalian()])('it');
const word = (name: string, pattern: RegExp, called?: RegExp) =>
  field<string>({
    name,
    schema: z.string().regex(/^[a-z]+$/),
    read({ text }) {
      const found = pattern.exec(text.toLowerCase())?.[1];
      return found ? { kind: 'value', value: found } : { kind: 'none' };
    },
    ask: () => ({ text: `${name}?`, choices: [] }),
    label: () => name,
    ...(called && { called }),
    show: (value) => value,
  });
const closed = new Set(['lunedi']);
const day = {
  ...word('giorno', /(lunedi|martedi|giovedi)/, /giorno/),
  needs: ['cosa'],
  check: async (value: unknown) =>
    closed.has(String(value)) ? ({ kind: 'refused', note: 'chiuso' } as const) : ({ kind: 'ok', value } as const),
};
const form: Form = {
  name: 'prova',
  fields: [word('cosa', /(carta|residenza)/), day, word('chi', /sono (\w+)/)],
  refusal: 'change',
  confirm: () => ({ before: 'Riepilogo', after: 'Confermi?', choices: [] }),
};
const heard = (text: string, proposals?: Record<string, unknown>) => ({
  text,
  lang: 'it',
  now: new Date('2026-11-18T09:00:00+01:00'),
  say,
  ...(proposals && { proposals }),
});
/** Every step goes through JSON: a restart between any two messages changes nothing. */
async function through(texts: string[], start: FormState = emptyForm('prova', 'k')) {
  let last = await fillIn(form, start, { ...heard(''), opening: true });
  for (const text of texts) last = await fillIn(form, JSON.parse(JSON.stringify(last.state)) as FormState, heard(text));
  return last;
}

test('whatever the order and however many at once, the same form is read back', async () => {
  const said = ['per la carta', 'giovedi', 'sono maria'];
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ].map((order) => order.map((index) => said[index] ?? ''));
  const summaries = new Set<string>();
  for (const order of orders)
    for (const texts of [order, [order.join(', ')], [order.slice(0, 2).join(', '), order[2] ?? '']]) {
      const { state, ask, outcome } = await through(texts);
      expect([texts, outcome, state.stage]).toEqual([texts, 'asking', 'confirming']);
      summaries.add(ask.text);
    }
  expect(summaries.size).toBe(1);
  expect([...summaries][0]).toContain('giovedi');
});

test('one question at a time; what the world refuses is told and asked again', async () => {
  expect((await through([])).ask.text).toBe('cosa?');
  expect((await through(['carta'])).ask.text).toBe('giorno?');
  const refused = await through(['carta', 'lunedi']);
  expect([refused.notes, refused.ask.text, refused.state.values]).toEqual([['chiuso'], 'giorno?', { cosa: 'carta' }]);
});

test('a correction at the summary is read back again, a changed need is checked again', async () => {
  const { state, ask } = await through(['carta giovedi', 'sono maria', 'no, martedi']);
  expect(state.stage).toBe('confirming');
  expect(ask.text).toContain('martedi');
  const other = await through(['carta giovedi', 'sono maria', 'anzi residenza']);
  expect(other.state.checked.sort()).toEqual(['chi', 'cosa', 'giorno']);
  expect(other.ask.text).toContain('residenza');
});

test('only a yes in so many words confirms, and no proposal ever does', async () => {
  const { state } = await through(['carta giovedi', 'sono maria']);
  const after = async (text: string, proposals?: Record<string, unknown>) => (await fillIn(form, state, heard(text, proposals))).outcome;
  for (const yes of [
    'sì',
    'si si',
    'Sì, confermo. La ringrazio.',
    'ok va bene',
    'ok',
    'ja, bitte',
    'yes please',
    'oui',
    'sí, confirmo',
    'esatto',
  ])
    expect([yes, await after(yes)]).toEqual([yes, 'confirmed']);
  for (const doubt of ['forse', 'credo di sì', 'sì?', 'ci penso', 'ahah ok', 'mmm', 'sì ma aspetta', 'non so', 'non va bene', 'ok boh', ''])
    expect([doubt, await after(doubt)]).not.toEqual([doubt, 'confirmed']);
  expect(await after('mmm', { chi: 'anna', conferma: true, stage: 'confirmed' })).toBe('asking');
});

test('a model may propose only what passes the schema', async () => {
  const { state } = await fillIn(form, emptyForm('prova', 'k'), heard('eccomi', { chi: 'ANNA 1', cosa: 'carta', altro: 'x' }));
  expect(state.values).toEqual({ cosa: 'carta' });
});

test('a question in between leaves the form as it is; an "ok" after it confirms nothing', async () => {
  const open = await through(['carta giovedi', 'sono maria']);
  const question = await fillIn(form, open.state, heard('quanto costa?'));
  expect([question.outcome, question.ask.text]).toEqual(['question', open.ask.text]);
  expect((await fillIn(form, question.state, heard('ok va bene'))).outcome).toBe('asking');
  expect((await fillIn(form, question.state, heard('sì confermo'))).outcome).toBe('confirmed');
});

test('question upon question puts the form aside; an answer to it in between begins the count anew', async () => {
  const open = await through(['carta']);
  const asked = async (state: typeof open.state, ...texts: string[]) => {
    let filled = open;
    for (const text of texts) filled = await fillIn(form, filled === open ? state : filled.state, heard(text));
    return filled;
  };
  const two = await asked(open.state, 'quanto costa?', 'dove si fa?');
  expect(two.outcome).toBe('question');
  const aside = await fillIn(form, two.state, heard('a che ora aprite?'));
  expect([aside.outcome, aside.state.values]).toEqual(['aside', { cosa: 'carta' }]);
  const answered = await fillIn(form, two.state, heard('giovedi'));
  expect((await fillIn(form, answered.state, heard('a che ora aprite?'))).outcome).toBe('question');
  const resumed = await askAgain(form, aside.state, heard('riprendi'));
  expect(resumed.ask.text).toBe('giorno?');
  expect((await fillIn(form, resumed.state, heard('quanto costa?'))).outcome).toBe('question');
});

test('back, no, pointing at a field, later, leaving', async () => {
  expect((await through(['carta', 'giovedi', 'torna indietro'])).ask.text).toBe('giorno?');
  expect((await through(['carta giovedi', 'sono maria', 'no'])).ask).toEqual({
    text: say('formWhatToChange'),
    choices: ['cosa', 'giorno', 'chi', say('cancel')],
  });
  expect((await through(['carta giovedi', 'sono maria', 'no', 'il giorno'])).ask.text).toBe('giorno?');
  expect((await through(['carta', 'continuo dopo'])).outcome).toBe('paused');
  for (const leave of ['annulla', 'anzi no, annulla tutto', 'lascia stare', 'no grazie', 'cancel', 'abbrechen'])
    expect([leave, (await through(['carta', leave])).outcome]).toEqual([leave, 'cancelled']);
  expect((await through(['carta', 'lascia stare martedi, giovedi'])).ask.text).toBe('chi?');
});

test('three failures at one question offer a person, and the form goes on', async () => {
  const texts = Array.from({ length: MISSES }, (_, index) => `xyz${index}`);
  expect((await through(texts.slice(1))).outcome).toBe('asking');
  const third = await through(texts);
  expect([third.outcome, third.ask.text]).toEqual(['person', 'cosa?']);
  expect((await fillIn(form, third.state, heard('carta'))).ask.text).toBe('giorno?');
});

test('words that steer', () => {
  expect([yesIn('ok'), yesIn('sì'), yesIn('no'), yesIn('non va bene'), yesIn('vabbè')]).toEqual(['weak', 'strong', null, null, 'weak']);
  expect(yesIn('sì cancella', /\bcancell\w*/)).toBe('strong');
  expect(yesIn('sì cancella')).toBeNull();
  expect([asks('e quanto dura'), asks('posso venire con il cane?'), asks('venerdì')]).toEqual(['sure', 'maybe', null]);
  expect(leaves('Salvatore Annunziata')).toBe(false);
});

test.each([
  ['Che numero siamo? Grazie', 'che numero siamo grazie', 'che numero siamo grazie'],
  ['C’è ? coda ?', 'c e  coda ', 'c e coda'],
  ['?', '', ''],
])('“%s” without its question marks', (text, without, even) => {
  expect(unasked(text)).toBe(without);
  expect(bare(text)).toBe(even);
});
