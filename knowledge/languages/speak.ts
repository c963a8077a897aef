/** The words we say, by language; a language nobody wrote is spoken in the body's own. */
import type { Language } from './contract.ts';

/**
 * `{name}` in the words stands for its value, `{name, one A, other B}` for the form that goes with its number: categories of Intl.PluralRules in the language of the
 * words; `other` stands in for those that are not written.
 */
export type Say = (key: string, values?: Record<string, string>) => string;

/** `languages`: the ones in use, the body's own first. */
export function createSpeech(languages: Language[]): (lang: string) => Say {
  const own = languages[0] as Language;
  const voices = new Map(languages.map((language) => [language.code, voiceOf(language, own)]));
  return (lang) => voices.get(lang) ?? (voices.get(own.code) as Say);
}

function voiceOf({ code, words, direction }: Language, own: Language): Say {
  const fill = direction === 'rtl' ? isolated : (value: string) => value;
  /** By key, of those that have been said: taken apart once. */
  const parts = new Map<string, readonly Piece[]>();
  return (key, values = {}) => {
    const said = words[key] ?? own.words[key] ?? key;
    if (!said.includes('{')) return said;
    let pieces = parts.get(key);
    if (pieces === undefined) {
      pieces = piecesOf(said);
      if (said !== key) parts.set(key, pieces);
    }
    let text = '';
    for (const { before, whole, name, forms } of pieces) {
      const value = values[name];
      text += before;
      if (value === undefined) text += whole;
      else text += forms === undefined ? fill(value) : formOf(forms, Number(value), words[key] === undefined ? own.code : code);
    }
    return text;
  };
}

/** What stands before a value in the words, and what stands for the value. The last has none. */
interface Piece {
  before: string;
  whole: string;
  name: string;
  forms?: string;
}

function piecesOf(said: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: whole, 1: name = '', 2: forms, index } of said.matchAll(/\{(\w+)(?:, ([^{}]+))?\}/g)) {
    pieces.push({ before: said.slice(from, index), whole, name, ...(forms === undefined ? {} : { forms }) });
    from = index + whole.length;
  }
  return [...pieces, { before: said.slice(from), whole: '', name: '' }];
}

/** Addresses, hours and telephone numbers keep their own order inside a line that runs from the right; a single word needs no marks. */
const isolated = (value: string): string => (/\s/.test(value) ? `\u2068${value}\u2069` : value);

const rules = new Map<string, Intl.PluralRules>();

function formOf(forms: string, count: number, code: string): string {
  const known = rules.get(code) ?? new Intl.PluralRules(code);
  rules.set(code, known);
  const written = new Map(forms.split(', ').map((one) => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf(' ') + 1)]));
  return written.get(known.select(count)) ?? written.get('other') ?? '';
}
