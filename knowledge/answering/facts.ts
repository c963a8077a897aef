/** The facts of a text in one form each, whatever way they are written: 3/12 = 3 dicembre, 22,20 € = 22.20 euro, sei giorni = 6 giorni. */
import { withDigits } from './number-words.ts';

export interface Fact {
  /** As it was read, for telling what failed. */
  said: string;
  kind: 'amount' | 'number' | 'date' | 'weekday' | 'time' | 'phone' | 'address' | 'code';
  /** A text that holds one of these forms holds the fact. */
  needs: string[];
  /** Forms that a text with this fact holds. */
  gives: string[];
}

const MONTHS = [
  'gennaio|january|januar|janvier|enero',
  'febbraio|february|februar|février|febrero',
  'marzo|march|märz|mars',
  'aprile|april|avril|abril',
  'maggio|may|mai|mayo',
  'giugno|june|juni|juin|junio',
  'luglio|july|juli|juillet|julio',
  'agosto|august|août',
  'settembre|september|septembre|septiembre|setiembre',
  'ottobre|october|oktober|octobre|octubre',
  'novembre|november|noviembre',
  'dicembre|december|dezember|décembre|diciembre',
].map((names) => names.split('|'));
const DAYS = [
  'lunedì|lunedi|lun|monday|montag|lundi|lunes',
  'martedì|martedi|mar|tuesday|dienstag|mardi|martes',
  'mercoledì|mercoledi|mer|wednesday|mittwoch|mercredi|miércoles',
  'giovedì|giovedi|gio|thursday|donnerstag|jeudi|jueves',
  'venerdì|venerdi|ven|friday|freitag|vendredi|viernes',
  'sabato|sab|saturday|samstag|sonnabend|samedi|sábado',
  'domenica|dom|sunday|sonntag|dimanche|domingo',
].map((names) => names.split('|'));
const UNITS: [string, RegExp][] = [
  ['eur', /^(?:€|euro?s?\b|eur\b)/i],
  ['usd', /^(?:\$|dollar)/i],
  ['gbp', /^(?:£|sterlin|pounds?\b)/i],
  ['%', /^(?:%|per ?cent|prozent|pour cent|por ciento)/i],
  ['day', /^(?:giorn|days?\b|tage?n?\b|jours?\b|días?\b)/i],
  ['week', /^(?:settiman|weeks?\b|wochen?\b|semain|semana)/i],
  ['month', /^(?:mes[ei]\b|months?\b|monate?n?\b|mois\b|meses\b)/i],
  ['year', /^(?:ann[oi]\b|years?\b|jahre?n?\b|ans?\b|années?\b|años?\b)/i],
  ['hour', /^(?:or[ae]\b|hours?\b|stunden?\b|heures?\b|horas?\b)/i],
  ['minute', /^(?:minut)/i],
  ['mil', /^(?:mila\b|milion|miliard|million|billion|mill)/i],
];
const ORDINALS: [number, string][] = [
  // "prima" alone is "before".
  [
    1,
    'prim[oaie](?=\\s(?:rat|scadenz|ann|mes|giorn|figli|cas|pian|pass|grad|appuntament|nott|or[ae]|session|turn))|first|erste[nrms]?|première',
  ],
  [2, 'second[aei]|zweite[nrms]?|deuxième|segund[oa]'],
  [3, 'terz[oaei]|third|dritte[nrms]?|troisième|tercer[oa]?'],
  [4, 'quart[oaei]|fourth|vierte[nrms]?|quatrième|cuart[oa]'],
  [5, 'quint[oaei]|fifth|fünfte[nrms]?|cinquième|quint[oa]'],
  [6, 'sest[oaei]|sixth|sechste[nrms]?|sixième|sext[oa]'],
  [7, 'settim[oaei]|seventh|siebte[nrms]?|septième'],
  [8, 'ottav[oaei]|eighth|achte[nrms]?|huitième'],
  [10, 'decim[oaei]|tenth|zehnte[nrms]?|dixième'],
];
const MONTH = MONTHS.flat().join('|');
const ONE =
  /(?<!\p{L})(?:un|uno|una|un'|un’|one|an?|eine?[mnrs]?|une)\s*(?=(?:volta(?!\s+\p{L}+(?:at|ut|it|tt|st|rs)[oaie]\b|\s+che)|rata|giorno|mese|anno|ora|minuto|settimana|euro|day|month|year|hour|minute|week|tag|monat|jahr|stunde|woche|jour|mois|an|heure|semaine|día|mes|año|hora|semana)\b)/giu;

const KEPT = 5_000;
const kept = new Map<string, Fact[]>();

/** Facts in the order of their kinds; cost grows with the text, and pieces of passages are read again and again. `lang` reads the numbers in words. */
export function readFacts(text: string, lang: string): readonly Fact[] {
  const key = `${lang} ${text}`;
  const known = kept.get(key);
  if (known) return known;
  if (kept.size >= KEPT) kept.clear();
  const facts = factsIn(text, lang);
  kept.set(key, facts);
  return facts;
}

function factsIn(text: string, lang: string): Fact[] {
  const facts: Fact[] = [];
  let rest = withDigits(text.normalize('NFKC'), lang).replace(ONE, '1 ');
  /** Reads every match and takes it out, so that no later kind reads it again. */
  const take = (pattern: RegExp, read: (match: RegExpExecArray, after: string, before: string) => Omit<Fact, 'said'> | null): void => {
    rest = rest.replace(pattern, (...found) => {
      const at = found.findIndex((part) => typeof part === 'number');
      const said = found[0] as string;
      const offset = found[at] as number;
      const whole = found[at + 1] as string;
      const fact = read(found.slice(0, at) as unknown as RegExpExecArray, whole.slice(offset + said.length), whole.slice(0, offset));
      if (!fact) return said;
      facts.push({ said: said.trim(), ...fact });
      return ' ; ';
    });
  };
  const same = (kind: Fact['kind'], ...keys: string[]): Omit<Fact, 'said'> => ({ kind, needs: keys, gives: keys });

  take(/[\p{L}\d.+_-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)*/gu, ([mail]) => same('address', `mail:${mail?.toLowerCase()}`));
  take(
    /(?:https?:\/\/|www\.)[^\s<>"'«»)\]]+|(?<![\p{L}\d.])[\p{L}\d-]{2,}(?:\.[\p{L}\d-]+)*\.\p{Ll}{2,}(?![\p{L}\d])(?:\/[^\s<>"'«»)\]]*)?/gu,
    ([url]) => same('address', `web:${webForm(url ?? '')}`),
  );
  take(/(?:(?:\+|00)39[\s.-]?)?(?<![\d.,/])(?:0|3|8)\d{1,3}(?:[\s./-]?\d{2,9}){1,4}(?!\d|,\d)/g, ([phone], after) => {
    const digits = (phone ?? '').replace(/\D/g, '').replace(/^(?:00)?39(?=[03]\d{7})/, '');
    if (digits.length < 7 || /^\s*(?:€|euro)/i.test(after) || /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}$/.test(phone ?? '')) return null;
    return same('phone', `phone:${digits}`);
  });
  take(/\b(\d{4})-(\d{2})-(\d{2})\b/g, ([, y, m, d]) => dateOf(d, Number(m), y));
  take(/(?<![\d.,/-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])/g, ([, d, , m, y]) => dateOf(d, Number(m), y));
  take(/(?<![\d.,/])(\d{1,2})\/(\d{1,2})(?![\d/])/g, ([said, d, m]) => {
    const date = dateOf(d, Number(m), undefined);
    return date && { ...date, needs: [...date.needs, `raw:${said}`], gives: [...date.gives, `raw:${said}`] };
  });
  // The first day of "dal 1° al 15 marzo" is in the month of the second.
  rest = rest.replace(
    new RegExp(
      `(?<![\\d.,/])(\\d{1,2})[°º.]?(\\s*(?:al|a|e|ed|-|–|to|and|bis|und|au|et|y)\\s*(?:l['’]|il\\s|the\\s|le\\s|el\\s|zum\\s)?\\d{1,2}[°º.]?\\s+(?:de\\s)?(${MONTH})(?!\\p{L}))`,
      'giu',
    ),
    '$1 $3 $2',
  );
  take(
    new RegExp(
      `(?<![\\d.,/])(\\d{1,2}|primo|first|ersten?|premier)(?:[°º.]|st|nd|rd|th|er)?\\s+(?:di\\s|of\\s|de\\s)?(${MONTH})(?!\\p{L})(?:\\s+(?:del\\s|de\\s|of\\s)?(\\d{4}))?`,
      'giu',
    ),
    ([, d, m, y]) => dateOf(/\d/.test(d ?? '') ? d : '1', placeOf(MONTHS, m), y),
  );
  take(new RegExp(`(?<!\\p{L})(${MONTH})\\s+(\\d{1,2})(?:st|nd|rd|th)?(?![\\d:/]|[.,]\\d)(?:,?\\s+(\\d{4}))?`, 'giu'), ([, m, d, y]) =>
    dateOf(d, placeOf(MONTHS, m), y),
  );
  take(/(?<![\d.,])(\d{1,2})(?:[:.](\d{2}))?\s*([ap])\.?m\b\.?/gi, ([, h, m, half]) =>
    timeOf((Number(h) % 12) + (/p/i.test(half ?? '') ? 12 : 0), m ?? '00'),
  );
  take(/(?<![\d.,:])(\d{1,2}):(\d{2})(?![\d:])/g, ([, h, m]) => timeOf(Number(h), m ?? ''));
  take(/(?<![\d.,:])(\d{1,2})(?:h| Uhr )(\d{2})(?!\d)/g, ([, h, m]) => timeOf(Number(h), m ?? ''));
  take(/(?<![\d.,/])(\d{1,2})(?:[°ºª]|st\b|nd\b|rd\b|th\b)/g, ([, place]) => ({
    kind: 'number',
    needs: [`place:${place}`],
    gives: [`place:${place}`, `n:${place}`],
  }));
  take(/(?<![\p{L}\d])(?=[\p{L}\d]*\d)(?=[\p{L}\d]*\p{L})(?!\d+(?:st|nd|rd|th)(?!\p{L}))[\p{L}\d]+/gu, ([code]) =>
    same('code', `code:${code?.toLowerCase()}`),
  );
  take(/\d{1,3}(?:[.'\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:[.,]\d{1,2})?(?![.,]?\d)|\d+/g, numberOf);
  for (const [place, names] of ORDINALS)
    take(new RegExp(`(?<!\\p{L})(?:${names})(?!\\p{L})`, 'giu'), () => same('number', `place:${place}`));
  for (const [table, name] of [
    [MONTHS, 'month'],
    [DAYS, 'day'],
  ] as const)
    take(new RegExp(`(?<!\\p{L})(${table.flat().join('|')})(?!\\p{L})`, 'giu'), ([word]) =>
      // "may" and "march" are verbs too, "mai" and "mars" words of their own.
      /^(?:may|march|mai|mars)$/.test(word ?? '') || (lang !== 'de' && word === 'Mai')
        ? null
        : same(table === DAYS ? 'weekday' : 'date', `${name}:${placeOf(table, word)}`),
    );
  return facts;
}

export function heldBy(facts: readonly Fact[]): ReadonlySet<string> {
  return new Set(facts.flatMap((fact) => fact.gives));
}

export function holdsIt(held: ReadonlySet<string>, fact: Fact): boolean {
  return fact.needs.some((key) => held.has(key));
}

function dateOf(d: string | undefined, month: number, y: string | undefined): Omit<Fact, 'said'> | null {
  const day = Number(d);
  if (day < 1 || day > 31 || month < 1 || month > 12) return null;
  const date = `${day}-${month}`;
  if (!y) return { kind: 'date', needs: [`date:${date}`], gives: [`date:${date}`, `dateless:${date}`, `month:${month}`] };
  const year = y.length === 2 ? `20${y}` : y;
  return {
    kind: 'date',
    needs: [`dated:${date}-${year}`],
    gives: [`date:${date}`, `dated:${date}-${year}`, `month:${month}`, `n:${year}`, `bare:${year}`],
  };
}

function timeOf(hour: number, minute: string): Omit<Fact, 'said'> | null {
  if (hour > 24 || Number(minute) > 59) return null;
  const key = `time:${hour}:${minute}`;
  return { kind: 'time', needs: [key], gives: minute === '00' ? [key, `oclock:${hour}`] : [key] };
}

function numberOf([said]: RegExpExecArray, after: string, before: string): Omit<Fact, 'said'> {
  const text = said ?? '';
  const value = amountOf(text);
  const next = after.replace(/^(?:[\s-]|\[)+/, '');
  const unit =
    UNITS.find(([, pattern]) => pattern.test(next))?.[0] ??
    (/(?:€|\beuro|\bEUR)\s*$/i.test(before) ? 'eur' : /\$\s*$/.test(before) ? 'usd' : /£\s*$/.test(before) ? 'gbp' : null);
  if (unit)
    return {
      kind: unit === 'eur' || unit === 'usd' || unit === 'gbp' ? 'amount' : 'number',
      needs: [`u:${value}:${unit}`, `bare:${value}`],
      gives: [`n:${value}`, `u:${value}:${unit}`],
    };
  if (/(?:\bart(?:icol[oi]|ikel|icles?|t)?\.?|§)\s*$/i.test(before))
    return { kind: 'number', needs: [`art:${value}`], gives: [`art:${value}`, `n:${value}`] };
  const needs = [`n:${value}`];
  const gives = [`n:${value}`, `bare:${value}`];
  const clock = /^(\d{1,2})\.(\d{2})$/.exec(text);
  if (clock && Number(clock[1]) <= 24 && Number(clock[2]) < 60) {
    needs.push(`time:${Number(clock[1])}:${clock[2]}`);
    gives.push(`time:${Number(clock[1])}:${clock[2]}`);
    if (clock[2] === '00') gives.push(`oclock:${Number(clock[1])}`);
  } else if (/^\d{1,2}$/.test(text) && value <= 24 && (/\b(?:ore|alle|dalle|at|um|à|las?)\s*$/i.test(before) || /^uhr/i.test(next))) {
    needs.push(`oclock:${value}`, `time:${value}:00`);
    gives.push(`time:${value}:00`, `oclock:${value}`);
  }
  return { kind: 'number', needs, gives };
}

function amountOf(text: string): number {
  const plain = text.replace(/['\u00a0\u202f]/g, '');
  const mark = /[.,]\d{1,2}$/.exec(plain);
  const whole = (mark ? plain.slice(0, mark.index) : plain).replace(/[.,]/g, '');
  return Number(mark ? `${whole}.${mark[0].slice(1)}` : whole);
}

function placeOf(table: string[][], name: string | undefined): number {
  return table.findIndex((names) => names.includes(name?.toLowerCase() ?? '')) + 1;
}

function webForm(url: string): string {
  return url
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[.,;:!?/]+$/, '');
}
