/**
 * Everyday words and official words that mean the same thing. A concept lists its forms in several languages; a text is read as the forms it holds.
 * Written by hand from general knowledge of Italian public administration (docs/decisions/0005-lexicon.md).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { wordsOf } from '../indexes/analyzer.ts';
import { type Reading, readingOf } from '../languages/reading/read.ts';
import { foldAccents } from '../languages/reading/stem.ts';
import { mergeConcepts } from './parse.ts';
import { lightOf } from './light.ts';

/** One way of saying something, found in a text: words `from` (inclusive) to `to` (exclusive) of `wordsOf(text)`. */
export interface FormMatch {
  form: number;
  from: number;
  to: number;
  /** Only the stems agree (comune, comunità): likely another word. */
  near: boolean;
}

export interface Concept {
  name: string;
  /** A word of asking and acting, useful with any topic. */
  general: boolean;
  /** Forms in the languages met so far. */
  forms: number[];
}

export interface Lexicon {
  concepts: readonly Concept[];
  /** Number of forms so far; grows when a language is first met. */
  forms(): number;
  /** Concepts that list a form. */
  conceptsOf(form: number): readonly number[];
  /** Forms in a text; a longer one hides those inside it. O(words). */
  match(words: string[], lang: string): FormMatch[];
  /** Other single words, as stems, that say what a word says, in some languages. O(forms of its concepts). */
  cousinsOf(word: string, lang: string, langs: string[]): string[];
  /** True when some form holds the word: it is no misspelling. */
  knows(word: string, lang: string): boolean;
  /** Forms of one word that begin or end a compound such as `Hundesteuer`. */
  inCompound(word: string, lang: string): number[];
}

interface Form {
  id: number;
  /** Content stems in order, and the words they came from without their endings. */
  stems: string[];
  lights: string[];
  /** Its small words were left out: it may be another thing (lo spid, il foglio). */
  loose: boolean;
}

/** What a language's forms begin with. */
/** All that a word leads to, looked up once. */
interface WordSeen {
  stem: string | null; // null = a stop word
  literal: { id: number; words: string[] }[];
  begins: Form[];
}

interface LanguageForms {
  byFirstStem: Map<string, Form[]>;
  /** Forms made of stop words around at most one content word, found as they are written. */
  byFirstWord: Map<string, { id: number; words: string[] }[]>;
  stems: Set<string>;
  /** Stems of single words by concept. */
  singleStems: Map<number, string[]>;
  /** Single words, folded. */
  single: Map<string, number>;
  /** Words that texts brought. */
  seen: Map<string, WordSeen>;
}

/** Small words that turn the meaning of their one neighbour: such a form counts only as it is written. */
const NEGATIONS = new Set(
  'non senza nessuno niente mai più meno fuori not no without never nicht kein keine ohne nie pas sans jamais ni sin nunca nada'.split(' '),
);
const SKIPPED_BETWEEN = 2;
const MOST_CONCEPTS = 3;
const LEAST_FORMS = 1;
const WORDS_KEPT = 50_000;
const SHORTEST_PART = 5;
const SHORTEST_COMPOUND = 9;

export function createLexicon(sources: { text: string; general: boolean }[]): Lexicon {
  const parsed = mergeConcepts(sources);
  const concepts: Concept[] = parsed.map(({ name, general }) => ({ name, general, forms: [] }));
  const conceptsByForm: number[][] = [];
  const languages = new Map<string, LanguageForms>();

  function formsIn(lang: string): LanguageForms {
    const known = languages.get(lang);
    if (known) return known;
    const reading = readingOf(lang);
    const made: LanguageForms = {
      byFirstStem: new Map(),
      byFirstWord: new Map(),
      stems: new Set(),
      singleStems: new Map(),
      single: new Map(),
      seen: new Map(),
    };
    languages.set(lang, made);
    const ids = new Map<string, number>();
    const add = (number: number, words: string[], loose: boolean) => {
      const key = words.map((word) => lightOf(word, lang)).join(' ');
      let id = ids.get(key);
      if (id === undefined) {
        id = conceptsByForm.length;
        ids.set(key, id);
        conceptsByForm.push([]);
        keep(made, id, words, reading, loose);
      }
      const listing = conceptsByForm[id] as number[];
      if (listing.includes(number)) return;
      listing.push(number);
      if (words.length === 1 && !loose && !reading.stopWords.has(words[0] as string))
        listIn(made.singleStems, number).push(reading.stem(words[0] as string));
      (concepts[number] as Concept).forms.push(id);
    };
    const forms = parsed.map((concept) => (concept.forms.get(lang) ?? []).map(wordsOf).filter((words) => words.length > 0));
    for (const [number, listed] of forms.entries()) for (const words of listed) add(number, words, false);
    for (const { concept, word } of tellingWords(forms, reading)) add(concept, [word], true);
    return made;
  }

  return {
    concepts,
    forms: () => conceptsByForm.length,
    conceptsOf: (form) => conceptsByForm[form] ?? [],
    match(words, lang) {
      return longest(matchesIn(words, formsIn(lang), readingOf(lang)));
    },
    cousinsOf(word, lang, langs) {
      const found = new Set<string>();
      for (const { form, near } of longest(matchesIn([word], formsIn(lang), readingOf(lang)))) {
        if (near) continue;
        for (const concept of conceptsByForm[form] ?? [])
          for (const other of langs) for (const stem of formsIn(other).singleStems.get(concept) ?? []) found.add(stem);
      }
      return [...found];
    },
    knows(word, lang) {
      const { stems, byFirstWord } = formsIn(lang);
      return stems.has(readingOf(lang).stem(word)) || byFirstWord.has(foldAccents(word));
    },
    inCompound(word, lang) {
      const folded = foldAccents(word);
      if (folded.length < SHORTEST_COMPOUND) return [];
      const { single } = formsIn(lang);
      for (let cut = folded.length - 1; cut >= SHORTEST_PART; cut--) {
        const found = single.get(folded.slice(0, cut)) ?? single.get(folded.slice(folded.length - cut));
        if (found !== undefined) return [found];
      }
      return [];
    },
  };
}

function keep(made: LanguageForms, id: number, words: string[], reading: Reading, loose: boolean): void {
  const content = words.filter((word) => !reading.stopWords.has(word));
  if (content.length === 0 || (content.length === 1 && isTurned(words, reading))) {
    const folded = words.map(foldAccents);
    listIn(made.byFirstWord, folded[0] as string).push({ id, words: folded });
    return;
  }
  const stems = content.map((word) => reading.stem(word));
  listIn(made.byFirstStem, stems[0] as string).push({
    id,
    stems,
    lights: content.map((word) => lightOf(word, reading.code)),
    loose: loose || (content.length === 1 && words.length > 1),
  });
  for (const stem of stems) made.stems.add(stem);
  if (stems.length === 1) made.single.set(foldAccents(content[0] as string), id);
}

/** Question words and negations make another thing of their neighbour. */
function isTurned(words: string[], reading: Reading): boolean {
  return words.some((word) => reading.lightWords.has(word) || NEGATIONS.has(word));
}

/** Words that run through a concept's longer forms and through hardly any other's: they alone hint at it (tampone, rifiuti). */
function tellingWords(forms: string[][][], reading: Reading): { concept: number; word: string }[] {
  const uses = new Map<string, Map<number, { count: number; word: string }>>();
  for (const [concept, listed] of forms.entries()) {
    for (const words of listed) {
      if (isTurned(words, reading)) continue;
      for (const word of new Set(words)) {
        if (reading.stopWords.has(word)) continue;
        const stem = reading.stem(word);
        const by = uses.get(stem) ?? new Map<number, { count: number; word: string }>();
        uses.set(stem, by);
        by.set(concept, { count: (by.get(concept)?.count ?? 0) + 1, word: by.get(concept)?.word ?? word });
      }
    }
  }
  const telling: { concept: number; word: string }[] = [];
  for (const by of uses.values()) {
    if (by.size > MOST_CONCEPTS) continue;
    for (const [concept, { count, word }] of by) if (count >= LEAST_FORMS) telling.push({ concept, word });
  }
  return telling;
}

function matchesIn(words: string[], forms: LanguageForms, reading: Reading): FormMatch[] {
  const found: FormMatch[] = [];
  const seen = words.map((word) => forms.seen.get(word) ?? look(word, forms, reading));
  const stems = seen.map(({ stem }) => stem);
  for (let at = 0; at < seen.length; at++) {
    const { literal, begins } = seen[at] as WordSeen;
    for (const form of literal)
      if (form.words.every((word, i) => words[at + i] !== undefined && foldAccents(words[at + i] as string) === word))
        found.push({ form: form.id, from: at, to: at + form.words.length, near: false });
    if (begins.length === 0) continue;
    const second = stems[nextStem(at + 1, stems)];
    for (const form of begins) {
      // A common first word begins hundreds of forms, nearly all of which end here.
      if (form.stems.length > 1 && form.stems[1] !== second) continue;
      const match = follow(form, at, words, stems, reading.code);
      if (match) found.push(match);
    }
  }
  return found;
}

function look(word: string, forms: LanguageForms, reading: Reading): WordSeen {
  const stem = reading.stopWords.has(word) ? null : reading.stem(word);
  const begins = (stem === null ? undefined : forms.byFirstStem.get(stem)) ?? [];
  const seen = { stem, literal: forms.byFirstWord.get(foldAccents(word)) ?? [], begins };
  if (forms.seen.size >= WORDS_KEPT) forms.seen.clear();
  forms.seen.set(word, seen);
  return seen;
}

/** The rest of a form's stems in order, at most two stop words between neighbours. */
function follow(form: Form, at: number, words: string[], stems: (string | null)[], lang: string): FormMatch | null {
  const places = [at];
  let next = at + 1;
  for (let i = 1; i < form.stems.length; i++) {
    next = nextStem(next, stems);
    if (stems[next] !== form.stems[i]) return null;
    places.push(next);
    next++;
  }
  // Last, since it costs most and few get here.
  const near = form.loose || places.some((place, i) => lightOf(words[place] as string, lang) !== form.lights[i]);
  return { form: form.id, from: at, to: next, near };
}

/** The place of the next content word, at most two stop words further. */
function nextStem(from: number, stems: (string | null)[]): number {
  let next = from;
  while (next < stems.length && stems[next] === null && next - from < SKIPPED_BETWEEN) next++;
  return next;
}

/** Drops what lies inside a longer match. */
function longest(matches: FormMatch[]): FormMatch[] {
  if (matches.length < 2) return matches;
  const kept: FormMatch[] = [];
  for (const match of matches.sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from)) {
    const inside = kept.some((other) => other.to - other.from > match.to - match.from && other.from <= match.from && other.to >= match.to);
    if (!inside) kept.push(match);
  }
  return kept;
}

function listIn<K, V>(map: Map<K, V[]>, key: K): V[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

const folder = new URL('concepts/', import.meta.url);
let builtIn: Lexicon | null = null;

/** The lexicon that comes with the project. Read once. */
export function builtInLexicon(): Lexicon {
  builtIn ??= createLexicon(
    readdirSync(folder)
      .filter((file) => file.endsWith('.txt'))
      .sort()
      .map((file) => ({ text: readFileSync(new URL(file, folder), 'utf8'), general: file === 'general.txt' })),
  );
  return builtIn;
}
