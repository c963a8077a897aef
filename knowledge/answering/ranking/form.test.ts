import { describe, expect, test } from 'vitest';
import { askedFactType } from '../fact-type.ts';
import { fitOf, formOf } from './form.ts';

describe('the form of a question', () => {
  test.each([
    ['Posso ritirare il certificato con una delega?', true],
    ['Se cambio casa, il medico resta lo stesso?', true],
    ['serve la marca da bollo', true],
    ['Muss ich persönlich kommen?', true],
    ['Puis-je payer en ligne ?', true],
    ['Quali documenti devo portare?', false],
    ['Se perdo il tesserino cosa succede?', false],
    ['Fino a quando vale il permesso?', false],
    ['ho una bancarella, come pago il posto', false],
    ['Wozu brauche ich das?', false],
    ['il bidone nuovo non è arrivato', null],
  ])('%s → yes or no: %s', (text, closed) => {
    expect(formOf(text).closed).toBe(closed);
  });

  test('a verdict fits what asks for one, and nothing else', () => {
    const verdict = 'No, la delega non basta: serve il titolare.';
    const rule = 'Il titolare firma allo sportello.';
    expect(fitOf(formOf('Posso mandare un amico?'), verdict)).toBeGreaterThan(0);
    expect(fitOf(formOf('Chi deve firmare?'), verdict)).toBeLessThan(0);
    expect(fitOf(formOf('vorrei mandare un amico'), verdict)).toBe(0);
    expect(fitOf(formOf('Posso mandare un amico?'), rule)).toBe(0);
  });

  test('what something is, is said by a sentence that says so', () => {
    const definition = 'Il passo carrabile è l’accesso che permette ai veicoli di entrare.';
    expect(fitOf(formOf("Cos'è un passo carrabile?"), definition)).toBeGreaterThan(0);
    expect(fitOf(formOf('Come chiedo il passo carrabile?'), definition)).toBe(0);
  });
});

describe('the asked fact', () => {
  test.each([
    ['ho aperto la lettera, e adesso?', 'other'],
    ['vorrei la ricevuta sul telefono', 'other'],
    ['lo uso solo quando sono in ufficio, va bene?', 'other'],
    ['quando provo a entrare si blocca', 'other'],
    ['siete aperti il sabato?', 'hours'],
    ['quando è aperta la biblioteca?', 'hours'],
    ['qual è il telefono dei vigili?', 'contact'],
    ['a che mail scrivo?', 'contact'],
    ['quando devo pagare la seconda rata?', 'deadline'],
    ['e quando?', 'deadline'],
  ])('%s → %s', (text, type) => {
    expect(askedFactType(text)).toBe(type);
  });
});
