import { afterEach, beforeEach, expect, test } from 'vitest';
import { wantsRating } from './feedback/wants.ts';
import { openTown, speech, type Town } from './fixtures/town.ts';

const say = speech('it');
let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());
const ratings = () => town.database.read.selectFrom('rating').selectAll().execute();

test('after a service: five stars, what was liked, words; stored once, without personal data', async () => {
  const one = await town.talk();
  const told = await one.say('301000000026000116');
  expect(told.choices).toContain(say('ratingOffer'));
  const stars = await one.say(say('ratingOffer'));
  expect([stars.text, stars.choices.slice(0, 5)]).toEqual([
    '**Quanto è stato facile usare questo servizio?** Da 1 (per niente) a 5 stelle (molto).',
    ['5 ★★★★★', '4 ★★★★', '3 ★★★', '2 ★★', '1 ★'],
  ]);
  const liked = await one.say('5 ★★★★★');
  expect([liked.text, liked.choices.slice(0, 5)]).toEqual([
    '**Quali sono stati gli aspetti che hai preferito?**',
    [
      'Le indicazioni erano chiare',
      'Le indicazioni erano complete',
      'Capivo sempre che stavo procedendo correttamente',
      'Non ho avuto problemi tecnici',
      'Altro',
    ],
  ]);
  expect((await one.say('le indicazioni erano complete')).text).toBe(say('ratingAskText'));
  expect((await one.say('tutto bene, scrivetemi a mario@example.org')).text).toBe(say('ratingThanks'));
  expect(await ratings()).toMatchObject([{ subject: 'payment', stars: 5, aspect: 'complete', text: 'tutto bene, scrivetemi a [e-mail]' }]);
});

test('of the answers: few stars ask what was hard; no words are needed', async () => {
  const one = await town.talk();
  await one.say('quando si paga la TARI?');
  expect((await one.say('vorrei lasciare un feedback')).text).toContain('Quanto sono chiare le informazioni su questa pagina?');
  const hard = await one.say('direi 2');
  expect([hard.text, hard.choices[2]]).toEqual([
    '**Dove hai incontrato le maggiori difficoltà?**',
    'A volte non capivo se stavo procedendo correttamente',
  ]);
  await one.all('Ho avuto problemi tecnici', 'no');
  expect(await ratings()).toMatchObject([{ subject: 'answer', stars: 2, aspect: 'technical', text: null }]);
});

test('what was given before leaving is kept; leaving at once gives nothing', async () => {
  const one = await town.talk();
  expect((await one.all('lascio un voto', 'annulla')).text).toBe(say('ratingLeft'));
  expect((await one.all('lascio un voto', 'tre', 'annulla')).text).toBe(say('ratingThanks'));
  expect(await ratings()).toMatchObject([{ stars: 3, aspect: null }]);
  for (const text of ['come lascio una recensione?', 'voglio fare un reclamo', 'quanto si paga per le stelle?'])
    expect([text, wantsRating(text)]).toEqual([text, false]);
});

test('the same in English, German, French and Spanish', async () => {
  for (const [lang, text] of [
    ['en', 'I want to leave feedback'],
    ['de', 'ich möchte eine Bewertung abgeben'],
    ['fr', 'je voudrais donner un avis'],
    ['es', 'quiero dejar una opinión'],
  ] as const)
    expect([lang, (await (await town.talk(lang)).say(text)).text]).toEqual([
      lang,
      expect.stringContaining(speech(lang)('ratingQuestion_answer')),
    ]);
});
