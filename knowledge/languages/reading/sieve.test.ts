import { describe, expect, test } from 'vitest';
import { alternativesOf, beginningsOf } from './beginnings.ts';
import { mayFit, mayHold, sieved, together } from './sieve.ts';

describe('beginnings', () => {
  test.each([
    [String.raw`\b(?:a(?:b|c)d|e[|)]f)\b`, [String.raw`\b(?:a(?:b|c)d)\b`, String.raw`\b(?:e[|)]f)\b`]],
    ['(?<![a-z])(?:ab|cd)(?![a-z])|ef', ['(?<![a-z])(?:ab)(?![a-z])', '(?<![a-z])(?:cd)(?![a-z])', 'ef']],
    ['^(?:a|b) (?:c|d)', ['^(?:a|b) (?:c|d)']],
  ])('alternatives of %s', (source, alternatives) => expect(alternativesOf(source)).toEqual(alternatives));

  test('what is optional may be left out, and after what may be anything nothing is told', () => {
    const texts = beginningsOf(String.raw`\b(?:il )?(?:ga|to)tt\w+ nero`, false)?.map(({ text }) => text);
    expect(texts?.sort()).toEqual(['gatt', 'il gatt', 'il tott', 'tott']);
    expect(beginningsOf(String.raw`\w+ nero`, false)).toBeNull();
  });
});

describe('a sieved pattern', () => {
  const patterns = [
    /\b(?:carta d['’]identità|gatt\w+ (?:\w+ ){0,2}ner[oi]|\w{3}zz)\b/i,
    /(?<![\p{L}\d])(?:tim|118|università|è vero)(?![\p{L}\d])/iu,
    /\b(?:è|a) chi\b/,
    /^(?:no|si) (?=grazie)/,
  ];
  const texts = [
    'La CARTA D’IDENTITÀ',
    "carta d'identita",
    'un gatto tutto nero',
    'gatti e cani',
    'una pizz, e una pozz',
    'TIM',
    'timbro',
    'il 118?',
    '2118',
    'UNIVERSITÀ',
    'è vero',
    'sé è chi',
    'da a chi',
    'no grazie',
    'ah no grazie',
    'ſi grazie',
    'Київ 118',
    '',
  ];

  test('fits what the pattern fits, and nothing else', () => {
    for (const pattern of patterns) {
      const { test: fits, mayFit } = sieved(pattern);
      for (const text of texts) {
        expect([pattern.source, text, fits(text)]).toEqual([pattern.source, text, pattern.test(text)]);
        if (pattern.test(text)) expect(mayFit(text)).toBe(true);
      }
    }
  });

  test('spares most texts the pattern', () => {
    expect(sieved(/\b(?:incendio|aiuto)\b/).mayFit('quanto costa la mensa')).toBe(false);
  });
});

describe('sieved patterns of a dialog, among thousands of texts asked in any order', () => {
  const patterns = [
    /\b(?:stato|a che punto)\b.{0,10}?\bmi[ao]\b/u,
    /^(?:(?:e|ma) )*(?:come|dove)\b/,
    /\b(?:prenot(?!at[oaie])\w+|fissar\w+)\b/,
    /\bs ?\d{1,3}\b/,
    /(?:^| )отм\p{L}*/u,
    /\b(?:x|y z)?b\b/,
  ];
  const asked = patterns.map(sieved);
  const words = 'stato mia mio a che punto e ma come dove prenoto prenotato fissare s 12 s12 отмена b x y z xb ab b_ è'.split(' ');

  test('each answers what its pattern answers', () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * below);
    };
    let fitted = 0;
    let texts = ['', ''];
    for (let i = 0; i < 5_000; i++) {
      texts = [
        texts[1] ?? '',
        Array.from({ length: 1 + random(6) }, () => words[random(words.length)]).join([' ', ' ', '?', ''][random(4)]),
      ];
      const text = texts[random(2)] ?? '';
      const at = random(patterns.length);
      const fits = patterns[at]?.test(text);
      if (fits) fitted++;
      expect(asked[at]?.test(text), `${patterns[at]} ${text}`).toBe(fits);
    }
    expect(fitted).toBeGreaterThan(200);
  });

  test('also one that is made after the text was looked at', () => {
    asked[0]?.test('dove siete');
    expect(sieved(/\bdove\b/).test('dove siete')).toBe(true);
  });

  test('none that remembers where it was', () => {
    expect(() => sieved(/a/y)).toThrow(/remembers/);
  });
});

describe('what a pattern may begin with', () => {
  test.each([
    [/\b(?:stato|sta)\b/, ['sta', 'stato']],
    [/^(?:e |ma )*(?:come|do)\b/, ['come', 'do', 'e ', 'ma ']],
    [/\b(?:lo )?stato/, ['lo stato', 'stato']],
    [/\bmi[ao]\b/, ['mia', 'mio']],
    [/\b(?:un )+(?:altro)/, ['un ']],
    [/\b(?:a|\w+b)c/, null],
    [/\b[^a]b/, null],
    [/\b(?:ab?|a.c)d/, ['a', 'abd']],
    [/\b(?!non )(?:va|vo)\b/, ['va', 'vo']],
    [/\bpre(?:nota)?\w+/, ['pre', 'prenota']],
  ])('%s', (pattern, expected) => {
    const begun = beginningsOf(pattern.source, false)?.map(({ text }) => text);
    expect(begun?.sort() ?? null).toEqual(expected);
  });
});

describe('many beginnings at once', () => {
  test('one inside another, one that goes on from another, and one that begins where another failed', () => {
    const patterns = [/casata/, /\bcas/, /sat/, /asa\b/, /\bata/, /tari tari/, /ari tarif/];
    const asked = patterns.map(sieved);
    for (const text of ['casata', 'casa', 'la casata', 'incasata', 'ata', 'data', 'tari tarif', 'tari tari', 'atari tari', ''])
      expect(asked.map((one) => one.test(text))).toEqual(patterns.map((pattern) => pattern.test(text)));
  });

  test('each keeps its own place, beyond thirty-two alternatives too', () => {
    const letters = [...'abcdefghijklmnopqrstuvwxyz'];
    const pattern = sieved(new RegExp(`\\b(?:${letters.flatMap((a) => [`${a}zq`, `${a}qz`]).join('|')})\\b`));
    for (const letter of letters) {
      expect(pattern.test(`ecco ${letter}zq qui`)).toBe(true);
      expect(pattern.test(`ecco ${letter}zz qui`)).toBe(false);
    }
  });

  test('words of a list are not looked for in a text that begins none of them', () => {
    const mayName = mayHold(['nasce un figlio', 'perso la carta?', 'народження']);
    expect(['ora che nasce un figlio', 'ho perso la carta?', 'народження дитини'].map(mayName)).toEqual([true, true, true]);
    expect(mayName('quanto costa la mensa')).toBe(false);
    expect(mayHold([])('nasce un figlio')).toBe(false);
  });
});

describe('several patterns of one text', () => {
  const patterns = [/\b(?:carta|gatto)\b/, /\w+zione\b/, /^(?:e )?(?:come|carta)\b/, /\b\d+ euro\b/, /(?:^|\n)come/m, /\bа\p{L}+/u];
  const asked = together(patterns.map(sieved));
  const texts = [
    'carta',
    'e carta',
    'la carta',
    'nazione',
    'come si fa la carta',
    'costa 12 euro',
    'euro',
    'la\ncome',
    'ала',
    'cарта 3 euro',
    '',
  ];

  test('asked together they are found as one by one, in their order', () => {
    for (const text of texts) {
      const wanted = patterns.flatMap((pattern, place) => (pattern.test(text) ? [place] : []));
      expect([text, asked.all(text)]).toEqual([text, wanted]);
      expect([text, asked.first(text)]).toEqual([text, wanted[0] ?? null]);
    }
  });

  test('no others may have been made between them', () => {
    const [one, , other] = [/uno/, /due/, /tre/].map(sieved);
    expect(() => together([one, other] as NonNullable<typeof one>[])).toThrow(/between/);
  });

  test('one that is told by few letters passes every text that it fits, in whatever form', () => {
    const may = mayFit(/(?<!\p{L})(?:mi chiamo|è nato il \d)/iu, 4);
    expect(['Mi chiamo Anna', '(MI  CHIAMO)', 'È nato il 3', 'è nato il 12'].map(may)).toEqual([true, true, true, true]);
    expect(may('quanto costa la mensa')).toBe(false);
  });
});

test('the forms in which a message is looked at are found as it is written', () => {
  const pattern = sieved(/\b(?:l identita \d|l['’]identit[àa] \d{2}|identit)/);
  for (const text of ["L'identità 12", 'l identita 0', "quanto? l'identita 12", 'l’identità 34', 'identit'])
    expect([text, pattern.test(text)]).toEqual([text, /\b(?:l identita \d|l['’]identit[àa] \d{2}|identit)/.test(text)]);
});

test('a text longer than messages are is read as well', () => {
  const pattern = sieved(/\bgatto\b/);
  const long = 'la mensa costa tre euro '.repeat(100);
  expect([long, `${long} gatto`, long].map(pattern.test)).toEqual([false, true, false]);
});

test('what ends in one text is told in the next, however many were read between them', () => {
  const pattern = sieved(/\bgatto nero\b/);
  // More texts than passes are told apart by their number.
  for (let at = 0; at < 70_000; at++) {
    const text = `${at % 2 === 0 ? 'un gatto nero' : 'un gatto bianco'} ${String(at).replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] as string)}`;
    if (pattern.test(text) !== (at % 2 === 0)) throw new Error(text);
  }
});
