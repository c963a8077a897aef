import { expect, test } from 'vitest';
import { askedHow } from './wished.ts';

test.each([
  ['vorrei rifare la carta d’identità', 'come faccio a rifare la carta d’identità?'],
  ['Buongiorno, devo cambiare residenza.', 'come faccio a cambiare residenza?'],
  ['vorrei iscrivermi alla mensa', 'come faccio a iscrivermi alla mensa?'],
  ['mi serve un certificato di nascita', 'come faccio ad avere un certificato di nascita?'],
  ['ho bisogno di rinnovare la CIE', 'come faccio a rinnovare la CIE?'],
  ['I would like to renew my identity card', 'how do I renew my identity card?'],
  ['je voudrais refaire ma carte d’identité', 'comment faire pour refaire ma carte d’identité?'],
])('%s', (wish, question) => {
  expect(askedHow(wish)).toBe(question);
});

test.each(['quanto costa la carta?', 'la carta d’identità', 'vorrei', 'vorrei sapere quanto costa?', 'grazie'])('no wish: %s', (text) => {
  expect(askedHow(text)).toBeNull();
});
