/** Numbers written in words → digits, so that "sei giorni" and "6 giorni" are one fact. One is left out: it is an article. */

const BASIC: Record<string, string> = {
  it: 'zero _ due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove',
  en: 'zero _ two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  de: 'null _ zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
  fr: 'zéro _ deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf',
  es: 'cero _ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve',
};
const TENS: Record<string, string> = {
  it: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
  en: 'twenty thirty forty fifty sixty seventy eighty ninety',
  de: 'zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig',
  fr: 'vingt trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix',
  es: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
};
const ONES: Record<string, string> = { it: 'uno', en: 'one', de: 'ein', fr: 'un', es: 'uno' };
const LARGE: Record<string, [string, number][]> = {
  it: [
    ['cento', 100],
    ['mille', 1000],
  ],
  en: [
    ['hundred', 100],
    ['thousand', 1000],
  ],
  de: [
    ['hundert', 100],
    ['tausend', 1000],
  ],
  fr: [
    ['cent', 100],
    ['mille', 1000],
  ],
  es: [
    ['cien', 100],
    ['mil', 1000],
  ],
};
/** "sei" is also "you are": a number only beside what is counted. */
const COUNTED = /^\s+(?:\p{L}+\s+)?(?:giorn|mes[ei]|ann[oi]|or[ae]\b|minut|settiman|euro|rate|volt|copi|libri|fot|person|mil)/iu;

const tables = new Map<string, Map<string, number>>();

function tableOf(lang: string): Map<string, number> {
  const known = tables.get(lang);
  if (known) return known;
  const table = new Map<string, number>();
  const basic = BASIC[lang]?.split(' ') ?? [];
  for (const [value, word] of basic.entries()) if (word !== '_') table.set(word, value);
  TENS[lang]?.split(' ').forEach((ten, i) => {
    const tens = (i + 2) * 10;
    table.set(ten, tens);
    for (let unit = 1; unit <= 9; unit++)
      table.set(joined(lang, ten, unit === 1 ? (ONES[lang] as string) : (basic[unit] as string), unit), tens + unit);
  });
  for (const [word, value] of LARGE[lang] ?? []) table.set(word, value);
  if (lang === 'it') {
    const small = [...table].filter(([, value]) => value > 0 && value < 100);
    for (let hundreds = 1; hundreds <= 9; hundreds++) {
      const head = `${hundreds === 1 ? '' : basic[hundreds]}cento`;
      table.set(head, hundreds * 100);
      for (const [word, value] of small) table.set(head + word, hundreds * 100 + value);
    }
    for (const [word, value] of [...table]) if (value > 1 && value < 1000) table.set(`${word}mila`, value * 1000);
  }
  tables.set(lang, table);
  return table;
}

function joined(lang: string, ten: string, one: string, unit: number): string {
  if (lang === 'it') return (unit === 1 || unit === 8 ? ten.slice(0, -1) : ten) + (unit === 3 ? 'tré' : one);
  if (lang === 'de') return `${one}und${ten}`;
  if (lang === 'es') return ten === 'veinte' ? `veinti${one}` : `${ten} y ${one}`;
  return `${ten}-${one}`;
}

/** The text with its numbers in digits; languages without a table stay as they are. */
export function withDigits(text: string, lang: string): string {
  const table = tableOf(lang);
  if (table.size === 0) return text;
  return text.replace(/\p{L}+(?:-\p{L}+)*/gu, (word, at: number) => {
    const lower = word.toLowerCase();
    const value = table.get(lower) ?? table.get(lower.replace(/tre$/, 'tré'));
    if (value === undefined || (lower === 'sei' && !COUNTED.test(text.slice(at + word.length)))) return word;
    return String(value);
  });
}
