import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { INTENTS } from './intent.ts';
import { certainRoute, routeUtterance, wants } from './route.ts';
import { readExamples, trainScorer } from './scorer.ts';

describe('certain', () => {
  test.each([
    'Vorrei parlare con un operatore',
    'fate intervenire un impiegato',
    'sportellista vero, non bot',
    'je souhaite être rappelé',
    'no quiero un robot',
    'mit einer Person chatten',
    'I’d like to speak with the office',
    'mi richiamate voi domani?',
    'operatore',
    'mi passi la signora dello stato civile',
    'passami una persona vera',
    'fammi chiamare da un impiegato dell’anagrafe',
    'Can I please talk to a human being?',
    'Could somebody call me back?',
    'Verbinden Sie mich bitte mit einem Mitarbeiter',
    'Rufen Sie mich zurück',
    'Je voudrais parler à un conseiller',
    'Rappelez-moi, s’il vous plaît',
    'Quiero hablar con una persona de verdad',
    'rad bi govoril z osebo',
    'vreau să vorbesc cu un operator',
    'أريد التحدث مع موظف',
    '我想找人工客服',
    'хочу поговорити з людиною',
  ])('a person: %s', (text) => {
    expect(certainRoute(text)).toEqual({ intent: 'human', confidence: 1 });
  });
  test.each([
    ['c’è un incendio in cantina', '112'],
    ['mia nonna non respira', '112'],
    ['There is a gas leak in my flat', '112'],
    ['es brennt', '112'],
    ['appelez une ambulance', '112'],
    ['no respira', '112'],
    ['na pomoč, požar', '112'],
    ['chemați o ambulanță', '112'],
    ['النجدة', '112'],
    ['救命！', '112'],
    ['допоможіть, пожежа', '112'],
    ['mio marito mi picchia', '1522'],
    ['my partner is threatening me', '1522'],
    ['voglio farla finita', 'suicide'],
    ['la bambina ha ingoiato delle pastiglie', '112'],
    ['sono bloccato in ascensore', '112'],
    ['il mio compagno mi ha preso a calci', '1522'],
    ['ich will nicht mehr leben', 'suicide'],
  ])('a danger: %s → %s', (text, detail) => {
    expect(certainRoute(text)).toEqual({ intent: 'emergency', confidence: 1, detail });
  });
  test.each([
    ['Buongiorno!', 'greeting'],
    ['grazie mille, a posto così', 'thanks'],
    ['arrivederci e buon lavoro', 'bye'],
    ['sei una persona?', 'who'],
    ['lascia stare', 'dropped'],
    ['no, lasciate perdere, grazie', 'dropped'],
    ['never mind', 'dropped'],
    ['…', 'nothing'],
  ])('a courtesy: %s → %s', (text, detail) => {
    expect(certainRoute(text)).toMatchObject({ intent: 'smalltalk', detail });
  });
  test.each([
    'Quali agevolazioni ci sono per una persona disabile?',
    'A che ora montano gli ambulanti al mercato?',
    'Quanto costa il certificato prevenzione incendi?',
    'Quante persone compongono lo stato di famiglia?',
    'la ricetta del medico serve per l’esenzione?',
    'sono bloccato in autostrada, arrivo tardi',
    'mi si è bloccato internet',
    'mio nonno arriva in ambulanza, avete la rampa?',
    'dopo tre telefonate ancora non so niente',
    'devo venire di persona a ritirare la carta',
    'vorrei anticipare se qualcuno rinuncia',
  ])('nothing is certain of: %s', (text) => {
    expect(certainRoute(text)).toBeNull();
  });
});

test.each([
  ['come si paga la TARI?', 'answer'],
  ['voglio pagare la mora', 'pay'],
  ['come si prenota un appuntamento?', 'answer'],
  ['prenotami un appuntamento per venerdì', 'book'],
  ['venerdì non posso, spostiamo il mio appuntamento a lunedì', 'reschedule'],
  ['disdico il mio appuntamento', 'cancel'],
  ['a che punto è la mia pratica?', 'status'],
  ['quanta gente c’è in fila adesso?', 'queue'],
  ['c’è una buca pericolosa in via Garibaldi', 'report'],
  ['quando aprono l’acqua esce ruggine', 'report'],
  ['quando aprono gli uffici?', 'answer'],
  ['lei non ha capito la mia domanda', 'human'],
  ['ottimo servizio, bravi davvero', 'feedback'],
  ['con questa macchina non ci capisco niente', 'human'],
  ['racconta una barzelletta', 'offtopic'],
])('%s → %s', (text, intent) => {
  expect(routeUtterance(text).intent).toBe(intent);
});

test('an opinion has a tone; predicates for dialogs', () => {
  expect(routeUtterance('complimenti, servizio eccellente').detail).toBe('praise');
  expect(routeUtterance('il servizio è pessimo, vergogna').detail).toBe('complaint');
  expect(wants('a che punto è la mia pratica?', 'status')).toBe(true);
  expect(wants('a che punto è la mia pratica?', 'pay')).toBe(false);
});

test('any text at all has an intent and a share', () => {
  for (const text of ['', ' ', 'x'.repeat(100_000), '🙂🙂', '\u0000', 'a '.repeat(20_000), '12345 67890']) {
    const { intent, confidence } = routeUtterance(text);
    expect(INTENTS).toContain(intent);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  }
});

describe('examples', () => {
  const examples = readExamples();
  test('one file an intent, each utterance once', () => {
    const names = readdirSync(new URL('examples/', import.meta.url)).sort();
    expect(names).toEqual(INTENTS.map((intent) => `${intent}.txt`).sort());
    const said = examples.map(({ text }) => text);
    expect(said.filter((text, at) => said.indexOf(text) !== at)).toEqual([]);
  });
  test('no certain rule contradicts more than one in a hundred', () => {
    const wrong = examples.filter(({ text, intent }) => (certainRoute(text)?.intent ?? intent) !== intent);
    expect(wrong.length / examples.length).toBeLessThan(0.01);
  });
  test('learning is the same every time, and holds for examples left out', () => {
    const right = (fold: number) => {
      const scorer = trainScorer(examples.filter((_, at) => at % 5 !== fold));
      const out = examples.filter((_, at) => at % 5 === fold);
      const shares = out.map(({ text }) => scorer.score(text));
      const hits = out.filter(({ intent }, at) => INTENTS[shares[at]!.indexOf(Math.max(...shares[at]!))] === intent);
      return { share: hits.length / out.length, first: [...shares[0]!] };
    };
    const once = right(0);
    expect(once).toEqual(right(0));
    expect(once.share).toBeGreaterThan(0.83);
  });
});
