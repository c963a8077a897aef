import { describe, expect, test } from 'vitest';
import { wordsOf } from '../indexes/analyzer.ts';
import { builtInLexicon, createLexicon, type Lexicon } from './lexicon.ts';
import { longest } from './match.ts';
import { parseConcepts } from './parse.ts';

const small = `
health-card
it: tessera sanitaria; TS
it~: tesserino del dottore
de: Gesundheitskarte

family-doctor
it: medico di base
it~: dottore

broken
it: guasto
it~: non funziona
`;

function conceptsIn(lexicon: Lexicon, text: string, lang = 'it'): string[] {
  const names = lexicon
    .match(wordsOf(text), lang)
    .flatMap(({ form }) => lexicon.conceptsOf(form).map((number) => lexicon.concepts[number]?.name));
  return [...new Set(names)].sort() as string[];
}

describe('reading a text as concepts', () => {
  const lexicon = createLexicon([{ text: small, general: false }]);

  test('stems agree, small words may stand between', () => {
    expect(conceptsIn(lexicon, 'Le tessere sanitarie smarrite')).toEqual(['health-card']);
    expect(conceptsIn(lexicon, 'la tessera, quella sanitaria')).toContain('health-card');
  });

  test('a longer form hides those inside it', () => {
    expect(conceptsIn(lexicon, 'ho perso il tesserino del dottore')).toEqual(['health-card']);
    expect(conceptsIn(lexicon, 'chiamo il dottore')).toContain('family-doctor');
  });

  test('a form with a negation counts only as it is written', () => {
    expect(conceptsIn(lexicon, "l'ascensore non funziona")).toEqual(['broken']);
    expect(conceptsIn(lexicon, 'come funziona la prenotazione')).toEqual([]);
  });

  test('another language has its own forms, and a compound shows its parts', () => {
    expect(conceptsIn(lexicon, 'Gesundheitskarte', 'de')).toEqual(['health-card']);
    expect(conceptsIn(lexicon, 'tessera sanitaria', 'de')).toEqual([]);
    const inside = lexicon.inCompound('gesundheitskartenantrag', 'de').flatMap((form) => lexicon.conceptsOf(form));
    expect(inside.map((number) => lexicon.concepts[number]?.name)).toEqual(['health-card']);
  });

  test('a word of some form is known and so no misspelling', () => {
    expect(lexicon.knows('tesserino', 'it')).toBe(true);
    expect(lexicon.knows('tesserrino', 'it')).toBe(false);
  });
});

describe('the lexicon that comes with the project', () => {
  const lexicon = builtInLexicon();

  test('every concept has both registers in Italian and four more languages', () => {
    expect(lexicon.concepts.length).toBeGreaterThan(700);
    for (const lang of ['it', 'en', 'de', 'fr', 'es']) lexicon.match(['a'], lang);
    expect(lexicon.concepts.filter(({ forms }) => forms.length < 12).map(({ name }) => name)).toEqual([]);
  });

  test.each([
    ['it', 'devo pagare la spazzatura', 'en', 'waste tax'],
    ['it', 'ho perso la carta d’identità', 'de', 'Personalausweis'],
    ['it', 'il medico curante', 'it', 'medico di base'],
    ['it', 'una multa', 'fr', 'une amende'],
  ])('%s: "%s" and %s: "%s" share a concept', (lang, one, otherLang, other) => {
    const shared = conceptsIn(lexicon, one, lang).filter((name) => conceptsIn(lexicon, other, otherLang).includes(name));
    expect(shared).not.toEqual([]);
  });
});

describe('matches', () => {
  test.each([7, 70])(
    '%i of them stand longest first, those of one length in the order of the text, without those inside another',
    (count) => {
      const apart = Array.from({ length: count }, (_, i) => ({ form: i, from: 3 * i, to: 3 * i + 1 + (i % 2), near: false, loose: false }));
      const inside = { form: count, from: 4, to: 5, near: false, loose: false };
      const shuffled = [...apart.filter((_, i) => i % 3 === 0).reverse(), inside, ...apart.filter((_, i) => i % 3 !== 0)];
      const forms = longest(shuffled).map(({ form }) => form);
      const numbers = apart.map(({ form }) => form);
      expect(forms).toEqual([...numbers.filter((i) => i % 2 === 1), ...numbers.filter((i) => i % 2 === 0)]);
    },
  );

  test('a number is read as it stands, in a form that holds it', () => {
    const own = createLexicon([{ text: 'reddito\nit: modello 730; 730', general: false }]);
    expect(conceptsIn(own, 'il 730 del 2026', 'it')).toEqual(['reddito']);
    expect(own.knows('730', 'it')).toBe(true);
    expect(own.knows('731', 'it')).toBe(false);
  });
});

describe('concept files', () => {
  test('a line that cannot be read is named', () => {
    expect(() => parseConcepts('casa\nit: casa; dimora\nit = x')).toThrow('line 3');
    expect(() => parseConcepts('it: casa')).toThrow('line 1');
  });
});
