/** Finding the forms of one language in a text. */
import type { Reading } from '../languages/reading/read.ts';
import { foldAccents } from '../languages/reading/stem.ts';

/** One way of saying something, found in a text: words `from` (inclusive) to `to` (exclusive) of `wordsOf(text)`. */
export interface FormMatch {
  form: number;
  from: number;
  to: number;
  /** Only the stems agree (comune, comunità): likely another word. */
  near: boolean;
  /** A word that only hints at its concept. */
  loose: boolean;
}

export interface Form {
  id: number;
  /** Content stems in order, and the words they came from without their endings. */
  stems: string[];
  lights: string[];
  /** Its small words were left out: it may be another thing (lo spid, il foglio). */
  loose: boolean;
}

/** What a language's forms begin with. */
export interface LanguageForms {
  byFirstStem: Map<string, Form[]>;
  /** Forms made of stop words around at most one content word, found as they are written. */
  byFirstWord: Map<string, { id: number; words: string[] }[]>;
  stems: Set<string>;
  /** Stems of single words by concept. */
  singleStems: Map<number, string[]>;
  /** Single words, folded. */
  single: Map<string, number>;
}

const SKIPPED_BETWEEN = 2;

/** Every form in the words, also those inside longer ones; `longer`: of several words alone. O(words). */
export function matchesIn(words: readonly WordForms[], longer = false): FormMatch[] {
  const found: FormMatch[] = [];
  for (let at = 0; at < words.length; at++) {
    const { written, alone, begun } = words[at] as WordForms;
    if (written !== null)
      for (const form of written)
        if (!(longer && form.words.length === 1) && isWritten(form.words, at, words))
          found.push({ form: form.id, from: at, to: at + form.words.length, near: false, loose: false });
    if (alone !== null && !longer) for (const { form, near, loose } of alone) found.push({ form, from: at, to: at + 1, near, loose });
    if (begun === null) continue;
    // A common first word begins hundreds of forms, nearly all of which end here.
    const second = stemAt(nextContent(at + 1, words), words);
    const going = second ? begun.get(second) : undefined;
    if (going === undefined) continue;
    for (const form of going) {
      const match = follow(form, at, words);
      if (match) found.push(match);
    }
  }
  return found;
}

function isWritten(form: readonly string[], at: number, words: readonly WordForms[]): boolean {
  if (at + form.length > words.length) return false;
  for (let i = 0; i < form.length; i++) if ((words[at + i] as WordForms).folded !== form[i]) return false;
  return true;
}

/** null for a stop word, and beyond the last word. */
function stemAt(at: number, words: readonly WordForms[]): string | null {
  return at < words.length ? (words[at] as WordForms).stem : null;
}

/** The rest of a form's stems in order, at most two stop words between neighbours. */
function follow(form: Form, at: number, words: readonly WordForms[]): FormMatch | null {
  const { stems, lights } = form;
  let near = (words[at] as WordForms).light !== lights[0];
  let next = at + 1;
  for (let i = 1; i < stems.length; i++) {
    next = nextContent(next, words);
    if (next >= words.length) return null;
    const word = words[next] as WordForms;
    if (word.stem !== stems[i]) return null;
    near ||= word.light !== lights[i];
    next++;
  }
  return { form: form.id, from: at, to: next, near, loose: form.loose };
}

/** The place of the next content word, at most two stop words further. */
function nextContent(from: number, words: readonly WordForms[]): number {
  let next = from;
  while (next < words.length && (words[next] as WordForms).stem === null && next - from < SKIPPED_BETWEEN) next++;
  return next;
}

/** Drops what lies inside a longer match. */
export function longest(matches: FormMatch[]): FormMatch[] {
  if (matches.length < 2) return matches;
  const kept: FormMatch[] = [];
  for (const match of byLength(matches)) if (!isInside(match, kept)) kept.push(match);
  return kept;
}

/** Up to so many are put in order in place: they stand in the order of the text, and calls to compare them would cost more than finding them. */
const FEW = 32;

/** Longest first, equal ones in the order of the text. */
function byLength(matches: FormMatch[]): FormMatch[] {
  if (matches.length > FEW) return matches.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  for (let i = 1; i < matches.length; i++) {
    const match = matches[i] as FormMatch;
    const length = match.to - match.from;
    let at = i;
    for (; at > 0; at--) {
      const before = matches[at - 1] as FormMatch;
      const longer = length - (before.to - before.from);
      if (longer < 0 || (longer === 0 && before.from <= match.from)) break;
      matches[at] = before;
    }
    matches[at] = match;
  }
  return matches;
}

function isInside({ from, to }: FormMatch, others: readonly FormMatch[]): boolean {
  for (const other of others) if (other.to - other.from > to - from && other.from <= from && other.to >= to) return true;
  return false;
}

/** A word with what it may begin, looked up once however often it comes. */
export interface WordForms extends ReadWord {
  /** Forms found as they are written. */
  written: { id: number; words: string[] }[] | null;
  /** Forms of this word alone, as they match it. */
  alone: Pick<FormMatch, 'form' | 'near' | 'loose'>[] | null;
  /** Longer forms by their second stem. */
  begun: Map<string, Form[]> | null;
}

export function formsOfWord(word: string, forms: LanguageForms, reading: Reading): WordForms {
  const read = readAnew(word, reading);
  const first = read.stem === null ? undefined : forms.byFirstStem.get(read.stem);
  const written = forms.byFirstWord.get(read.folded) ?? null;
  if (first === undefined) return { folded: read.folded, stem: read.stem, light: read.light, written, alone: null, begun: null };
  const alone = first
    .filter(({ stems }) => stems.length === 1)
    .map(({ id, lights, loose }) => ({ form: id, near: read.light !== lights[0], loose }));
  const begun = new Map<string, Form[]>();
  for (const form of first) {
    const second = form.stems[1];
    if (second !== undefined) begun.set(second, [...(begun.get(second) ?? []), form]);
  }
  return {
    folded: read.folded,
    stem: read.stem,
    light: read.light,
    written,
    alone: alone.length > 0 ? alone : null,
    begun: begun.size > 0 ? begun : null,
  };
}

export interface ReadWord {
  folded: string;
  /** null for a stop word. */
  stem: string | null;
  light: string;
}

const readWords = new Map<string, Map<string, ReadWord>>();

const ZERO = 48;
const NINE = 57;

/** Digits alone. They are read as they stand, and there are too many to keep. */
export function isNumber(word: string): boolean {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code < ZERO || code > NINE) return false;
  }
  return true;
}

/** While the forms of a language are read, which repeat their words; stemming costs most. */
export function readWord(word: string, reading: Reading): ReadWord {
  if (isNumber(word)) return readAnew(word, reading);
  let cache = readWords.get(reading.code);
  if (!cache) {
    cache = new Map();
    readWords.set(reading.code, cache);
  }
  let read = cache.get(word);
  if (read === undefined) {
    read = readAnew(word, reading);
    cache.set(word, read);
  }
  return read;
}

/** The forms of a language are read: whoever looks words up keeps what was found. */
export function forgetWords(lang: string): void {
  readWords.delete(lang);
}

function readAnew(word: string, reading: Reading): ReadWord {
  if (isNumber(word)) return { folded: word, stem: reading.stopWords.has(word) ? null : reading.stem(word), light: word };
  const folded = foldAccents(word);
  const stem = reading.stem(word);
  return { folded, stem: reading.stopWords.has(word) ? null : stem, light: lightOf(folded, stem, reading.code) };
}

/** Romance endings that only inflect: infinitives, then final vowels. Elsewhere the Snowball stem is trusted. */
function lightOf(folded: string, stem: string, lang: string): string {
  if (lang !== 'it' && lang !== 'es') return stem;
  return folded.replace(/(?<=.{3})(?:[aei]r(?:e|si|mi|ti|lo|la|li|le)?|[aeiou]+)$/, '').replace(/(?<=[cg])h$/, '');
}
