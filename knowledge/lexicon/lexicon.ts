/**
 * Everyday words and official words that mean the same thing. A concept lists its forms in several languages; a text is read as the forms it holds.
 * Written by hand from general knowledge of Italian public administration (docs/decisions/0005-lexicon.md).
 */
import { readdirSync, readFileSync } from 'node:fs';
import { wordsOf } from '../indexes/analyzer.ts';
import { type Reading, readingOf } from '../languages/reading/read.ts';
import { foldAccents } from '../languages/reading/stem.ts';
import {
  forgetWords,
  type FormMatch,
  formsOfWord,
  isNumber,
  type LanguageForms,
  longest,
  matchesIn,
  readWord,
  type WordForms,
} from './match.ts';
import { type ParsedConcept, parseConcepts } from './parse.ts';

export interface Concept {
  name: string;
  /** A word of asking and acting, useful with any topic. */
  general: boolean;
  /** Its first Italian form. */
  italian: string;
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
  match(words: readonly string[], lang: string): FormMatch[];
  /** A word with the forms it may begin: whoever reads many texts keeps it. */
  look(word: string, lang: string): WordForms;
  /** Like `match`, over words that were looked up before. */
  matchLooked(words: readonly WordForms[]): FormMatch[];
  /** The same without forms of one word, which a word holds by itself. */
  matchLonger(words: readonly WordForms[]): FormMatch[];
  /** Other single words, as stems, that say what a word says, in some languages. O(forms of its concepts). */
  cousinsOf(word: string, lang: string, langs: string[]): string[];
  /** True when some form holds the word: it is no misspelling. */
  knows(word: string, lang: string): boolean;
  /** Forms of one word that begin or end a compound such as `Hundesteuer`. */
  inCompound(word: string, lang: string): number[];
}

/** Small words that turn the meaning of their one neighbour: such a form counts only as it is written. */
const NEGATIONS = new Set(
  'non senza nessuno niente mai più meno fuori not no without never nicht kein keine ohne nie pas sans jamais ni sin nunca nada'.split(' '),
);
const MOST_CONCEPTS = 3;
const LEAST_FORMS = 1;
const COUSINS_KEPT = 5_000;
const WORDS_KEPT = 50_000;
const SHORTEST_PART = 5;
const SHORTEST_COMPOUND = 9;

export function createLexicon(sources: { text: string; general: boolean }[]): Lexicon {
  const parsed = merge(sources);
  const concepts: Concept[] = parsed.map(({ name, general, forms }) => ({
    name,
    general,
    italian: forms.get('it')?.[0] ?? '',
    forms: [],
  }));
  /** By language that nobody has met: a line a concept, kept in one string rather than in thousands. */
  const unread = new Map<string, string>();
  for (const lang of new Set(parsed.flatMap(({ forms }) => [...forms.keys()])))
    unread.set(lang, parsed.map(({ forms }) => (forms.get(lang) ?? []).join(BETWEEN)).join('\n'));
  const conceptsByForm: (readonly number[])[] = [];
  /** By concept: itself alone, shared by all forms that no other concept lists, which are nearly all. */
  const alone = parsed.map((_, number): readonly number[] => [number]);
  const languages = new Map<string, LanguageForms>();
  const cousins = new Map<string, string[]>();

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
    };
    languages.set(lang, made);
    const ids = new Map<string, number>();
    const add = (number: number, words: readonly string[], loose: boolean) => {
      const key = words.map((word) => readWord(word, reading).light).join(' ');
      let id = ids.get(key);
      if (id === undefined) {
        id = conceptsByForm.push(alone[number] as readonly number[]) - 1;
        ids.set(key, id);
        keep(made, id, words, reading, loose);
      } else {
        const listing = conceptsByForm[id] as readonly number[];
        if (listing.includes(number)) return;
        conceptsByForm[id] = [...listing, number];
      }
      if (words.length === 1 && !loose && !reading.stopWords.has(words[0] as string))
        listIn(made.singleStems, number).push(readWord(words[0] as string, reading).stem as string);
      (concepts[number] as Concept).forms.push(id);
    };
    const forms = (unread.get(lang) ?? '').split('\n').map((line) =>
      line
        .split(BETWEEN)
        .map(wordsOf)
        .filter((words) => words.length > 0),
    );
    unread.delete(lang);
    for (const [number, listed] of forms.entries()) for (const words of listed) add(number, words, false);
    for (const { concept, word } of tellingWords(forms, reading)) add(concept, [word], true);
    trim(made.byFirstStem);
    trim(made.byFirstWord);
    trim(made.singleStems);
    forgetWords(lang);
    return made;
  }

  const looked = new Map<string, Map<string, WordForms>>();

  function look(word: string, lang: string): WordForms {
    if (isNumber(word)) return formsOfWord(word, formsIn(lang), readingOf(lang));
    let words = looked.get(lang);
    if (words === undefined || words.size >= WORDS_KEPT) {
      words = new Map();
      looked.set(lang, words);
    }
    let found = words.get(word);
    if (found === undefined) {
      found = formsOfWord(word, formsIn(lang), readingOf(lang));
      words.set(word, found);
    }
    return found;
  }

  return {
    concepts,
    forms: () => conceptsByForm.length,
    conceptsOf: (form) => conceptsByForm[form] ?? [],
    match: (words, lang) => longest(matchesIn(words.map((word) => look(word, lang)))),
    look,
    matchLooked: (words) => longest(matchesIn(words)),
    matchLonger: (words) => longest(matchesIn(words, true)),
    cousinsOf(word, lang, langs) {
      const read = look(word, lang);
      // Most words, and every number, stand in no form by themselves.
      if (read.written === null && read.alone === null) return NO_STEMS;
      const key = `${lang} ${langs.join()} ${word}`;
      const known = cousins.get(key);
      if (known) return known;
      const found = new Set<string>();
      for (const { form, near, loose } of longest(matchesIn([read]))) {
        if (near || loose) continue;
        for (const concept of conceptsByForm[form] ?? [])
          for (const other of langs) for (const stem of formsIn(other).singleStems.get(concept) ?? []) found.add(stem);
      }
      if (cousins.size >= COUSINS_KEPT) cousins.clear();
      cousins.set(key, [...found]);
      return [...found];
    },
    knows(word, lang) {
      const { stems, byFirstWord } = formsIn(lang);
      const { stem, folded } = look(word, lang);
      return (stem !== null && stems.has(stem)) || byFirstWord.has(folded);
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

/** Files have it between forms, which therefore hold none. */
const BETWEEN = ';';
const NO_STEMS: string[] = [];

/** One name is one concept, in however many files it stands. */
function merge(sources: { text: string; general: boolean }[]): (ParsedConcept & { general: boolean })[] {
  const byName = new Map<string, ParsedConcept & { general: boolean }>();
  for (const { text, general } of sources) {
    for (const { name, forms } of parseConcepts(text)) {
      const known = byName.get(name) ?? { name, general, forms: new Map<string, string[]>() };
      byName.set(name, known);
      for (const [lang, listed] of forms) known.forms.set(lang, [...(known.forms.get(lang) ?? []), ...listed]);
    }
  }
  return [...byName.values()];
}

function keep(made: LanguageForms, id: number, words: readonly string[], reading: Reading, loose: boolean): void {
  const content = words.filter((word) => !reading.stopWords.has(word));
  if (content.length === 0 || (content.length === 1 && isTurned(words, reading))) {
    const folded = words.map((word) => readWord(word, reading).folded);
    listIn(made.byFirstWord, folded[0] as string).push({ id, words: folded });
    return;
  }
  const stems = content.map((word) => readWord(word, reading).stem as string);
  listIn(made.byFirstStem, stems[0] as string).push({
    id,
    stems,
    lights: content.map((word) => readWord(word, reading).light),
    loose: loose || (content.length === 1 && words.length > 1),
  });
  for (const stem of stems) made.stems.add(stem);
  if (stems.length === 1) made.single.set(readWord(content[0] as string, reading).folded, id);
}

/** Question words and negations make another thing of their neighbour. */
function isTurned(words: readonly string[], reading: Reading): boolean {
  return words.some((word) => reading.lightWords.has(word) || NEGATIONS.has(word));
}

/** Words that run through a concept's longer forms and through hardly any other's: they alone hint at it (tampone, rifiuti). */
function tellingWords(forms: (readonly string[])[][], reading: Reading): { concept: number; word: string }[] {
  const uses = new Map<string, Map<number, { count: number; word: string }>>();
  for (const [concept, listed] of forms.entries()) {
    for (const words of listed) {
      if (isTurned(words, reading)) continue;
      for (const word of new Set(words)) {
        if (reading.stopWords.has(word)) continue;
        const stem = readWord(word, reading).stem as string;
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

/** Lists that grew one by one have room for many more, and most hold one. */
function trim<K, V>(lists: Map<K, V[]>): void {
  for (const [key, list] of lists) lists.set(key, list.slice());
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
      .map((file) => ({ text: readFileSync(new URL(file, folder), 'utf8'), general: file === 'general.txt' || file === 'verbs.txt' })),
  );
  return builtIn;
}
