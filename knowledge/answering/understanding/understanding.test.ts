import { describe, expect, test } from 'vitest';
import { understandQuestion } from '../understand.ts';
import { questionsIn, together } from './compound.ts';
import { leaningOf, threadOf } from './follow-up.ts';

const TITLES = new Set(['residenza', 'carta', 'identità', 'multe', 'multa', 'scuolabus', 'tari', 'passport']);
const isTitled = (word: string) => TITLES.has(word);
const citizen = (...texts: string[]) => texts.map((text) => ({ role: 'citizen' as const, text }));
const understand = (text: string, ...before: string[]) =>
  understandQuestion(
    { text, history: citizen(...before), at: '2026-11-25', audience: 'citizen' },
    { languages: ['it', 'en', 'de'], isTitled },
  );

describe('a follow-up', () => {
  test.each([
    ['e quanto costa?', 'yes'],
    ['entro quando?', 'yes'],
    ['e per i bambini?', 'yes'],
    ['può ritirarla mio fratello?', 'yes'],
    ['come lo pago?', 'yes'],
    ['serve un avvocato?', 'maybe'],
    ['Quanto costa lo scuolabus per due figli?', 'no'],
    ['Come si contesta una multa arrivata per posta a una persona che non guida più da anni?', 'no'],
  ])('%s → %s', (text, leaning) => expect(leaningOf(text, 'it', isTitled)).toBe(leaning));

  test('that asks for a fact takes the subject alone; a bare piece asks again what was asked', () => {
    expect(understand('e quanto costa?', 'Come faccio il cambio di residenza?').following?.standalone).toBe(
      'quanto costa cambio residenza?',
    );
    expect(understand('e per i bambini?', 'Quanto dura la carta d’identità?').following?.standalone).toBe(
      'Quanto dura la carta d’identità per i bambini?',
    );
  });

  test('follows through several turns, and a new subject ends the old one', () => {
    expect(understand('quanti giorni ho?', 'Ho preso una multa, come la pago?', 'e se voglio fare ricorso?').following?.standalone).toMatch(
      /giorni.*multa.*ricorso/,
    );
    expect(
      threadOf(['Come faccio il cambio di residenza?', 'Quanto costa lo scuolabus per mio figlio?'], 'it', isTitled)?.topic,
    ).not.toContain('residenza');
  });

  test('stands in other languages', () => {
    expect(understand('and how much is it?', 'How do I get a passport?').following?.standalone).toMatch(/how much.*passport/i);
  });

  test('needs something before it', () => {
    expect(understand('e quanto costa?').following).toBeNull();
    expect(understand('e quanto costa?', 'ciao').following).toBeNull();
  });
});

describe('several questions at once', () => {
  test.each([
    ['Quanto costa la carta d’identità e quanto ci mette ad arrivare?', 2],
    ['Quali documenti servono per la residenza? E dove devo andare?', 2],
    ['Dove e quando passa lo scuolabus?', 1],
    ['Quanto costa la residenza e la carta?', 1],
    ['Ho perso la carta. Quanto costa rifarla?', 1],
    ['Quanto costa? Quando apre? Dove siete? Chi risponde?', 1],
    ['Quanto costa il campo da tennis e si può prenotare online?', 2],
    ['Chi può chiedere il buono e fino a quando?', 2],
    ['Ho perso le chiavi e devo partire domani, che cosa faccio?', 1],
  ])('%s → %i', (text, count) => expect(questionsIn(text)).toHaveLength(count));

  test('are answered one by one under one numbering; what is not answered is said', () => {
    const say = (key: string, values: Record<string, string> = {}) => `${key} ${values['part'] ?? ''}`;
    const citation = {
      documentId: 'd',
      passageId: 'p',
      version: 1,
      title: '',
      anchor: '',
      heading: '',
      url: '',
      quote: '',
      validFrom: null,
      validUntil: null,
      updatedOn: '',
    };
    const answered = (text: string) => ({
      outcome: 'answered' as const,
      reason: '',
      text,
      lang: 'it',
      citations: [{ ...citation, position: 1 }],
      choices: [],
      ms: 0,
    });
    const missing = { ...answered(''), outcome: 'unanswerable' as const, citations: [] };
    const both = together(
      [
        { question: 'A?', answer: answered('sì [1]') },
        { question: 'B?', answer: answered('no [1]') },
        { question: 'C?', answer: missing },
      ],
      say,
    );
    expect(both?.text).toBe('**A?**\n\nsì [1]\n\n**B?**\n\nno [2]\n\npartUnanswered C?');
    expect(both?.citations.map(({ position }) => position)).toEqual([1, 2]);
    expect(together([{ question: 'C?', answer: missing }], say)).toBeNull();
  });
});
