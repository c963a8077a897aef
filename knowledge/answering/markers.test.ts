import { describe, expect, test } from 'vitest';
import { markersIn } from './markers.ts';

const nothing = () => '';

describe('words that begin or end with an accent are words too', () => {
  test.each(['È pronta la mia tessera?', 'la mia tessera è pronta?', 'è arrivato il bonifico'])('%s: the citizen’s own case', (text) => {
    expect(markersIn(text, nothing).personal).toBe(true);
  });
  test.each(['quanto si paga all’università?', 'le tasse di università e scuola'])('%s: another body', (text) => {
    expect(markersIn(text, nothing).otherBody).toBe(true);
  });
  test('il 730: another body’s paper', () => expect(markersIn('dove porto il 730?', nothing).otherBody).toBe(true));
  test('come si fa un buon caffè: another subject', () => expect(markersIn('come si fa un buon caffè', nothing).offTopic).toBe(true));
});

test('a word inside another one is no sign, nor a body that the best passage names', () => {
  expect(markersIn('il catastrofico raitro della postazione', nothing)).toEqual({
    otherBody: false,
    offTopic: false,
    personal: false,
    premise: false,
  });
  expect(markersIn('serve la visura del catasto?', () => 'Chi chiede porta la visura del Catasto.').otherBody).toBe(false);
});

test('ordinary questions to a town hall carry no sign', () => {
  for (const text of [
    'quanti giorni ho per pagare la multa?',
    'la rata è di 730 euro: posso pagarla in due volte?',
    'sul mio samsung la pagina non si apre',
    'la mia ragazza viene a vivere da me: come cambia residenza?',
  ])
    expect(markersIn(text, nothing)).toMatchObject({ otherBody: false, offTopic: false, personal: false });
});
