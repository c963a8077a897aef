/** Light stemmers for languages that Snowball has none for, or one that cuts too deep: they take away only what surely inflects. */
import { foldAccents } from './stem.ts';

/** What must be left of a word. */
const LEAST = 3;

const TATWEEL = /ـ/g;
const PREFIX = /^(?:وال|بال|كال|فال|لل|ال)(?=.{3})/;
const AND = /^و(?=.{4})/;
const SUFFIXES = ['ات', 'ان', 'ون', 'ين', 'ها', 'هم', 'كم', 'نا', 'يه', 'ه', 'ي'];

/** Arabic: hamzas, final forms and vowel signs as one; article, joined particles and common endings away. */
export function lightArabic(word: string): string {
  // Folding takes the hamza off its bearer: أ, إ, آ are ا from here on.
  let stem = foldAccents(word).replace(TATWEEL, '').replaceAll('ة', 'ه').replaceAll('ى', 'ي');
  if (/\d/.test(stem)) return stem;
  stem = stem.replace(AND, '').replace(PREFIX, '');
  for (const suffix of SUFFIXES) if (stem.endsWith(suffix) && stem.length - suffix.length >= LEAST) return stem.slice(0, -suffix.length);
  return stem;
}

/** Longest first; folded, so that й is и and ї is і. */
const ENDINGS =
  'уватися юватися ювання ування ього ьому енням еннями ення ання ність ності ністю ими іми ого ому ому ема ами ями ах ях ові еві єві ати яти ити іти увати ою ею єю ів їв ии іи их ім им ої еї ам ям ом ем єм ти ся сь а е є и і о у ю я ь'
    .split(' ')
    .map(foldAccents)
    .sort((a, b) => b.length - a.length);

/** Ukrainian: one ending of nouns, adjectives or verbs away. */
export function lightUkrainian(word: string): string {
  const folded = foldAccents(word);
  if (/\d/.test(folded)) return folded;
  const ending = ENDINGS.find((one) => folded.endsWith(one) && folded.length - one.length >= LEAST);
  return ending ? folded.slice(0, -ending.length) : folded;
}
