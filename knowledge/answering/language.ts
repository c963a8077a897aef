/** Which language is this written in? Script first, then function words and the look of the words; steady within a conversation. */
import { spoken } from '../languages/reading/read.ts';
import { remembering } from '../languages/reading/remembering.ts';
import { foldAccents } from '../languages/reading/stem.ts';
import { rememberingText } from '../languages/reading/text.ts';
import { writtenWords } from '../languages/reading/written.ts';
import { type Likeness, learnLikeness } from './trigrams.ts';

/** Languages in Latin letters; the others are told by their script. */
const LATIN = spoken.filter(({ code }) => !['ar', 'zh', 'uk'].includes(code));
const lists = new Map(LATIN.map(({ code, stopWords }) => [code, stopWords] as const));

/** Greetings and content words that give a language away when no function word does. */
const TELLING: Record<string, string> = {
  it: 'ciao buongiorno buonasera grazie salve carta identita residenza rifiuti multa comune orari scuola nido certificato tassa prenotare appuntamento costa',
  en: 'hello hi thanks thank please card identity waste bin school nursery opening hours fee parking fine tax certificate appointment cost much need',
  de: 'hallo guten danke bitte ausweis muell müll gebuehr gebühr schule kosten kostet oeffnungszeiten öffnungszeiten bescheinigung termin brauche wohnsitz',
  fr: 'bonjour merci salut carte identite dechets ecole horaires prix cout rendez-vous certificat residence',
  es: 'hola gracias buenos dias tarjeta basura escuela horario precio cuesta cita certificado residencia',
  ro: 'salut multumesc buletin gunoi scoala programare primarie costa acte identitate resedinta adeverinta amenda multumim',
  sl: 'zdravo hvala odpadki vrtec izkaznica termin obcina stane prebivalisce potrdilo kazen osebna sola',
};
const telling = new Map(Object.entries(TELLING).map(([code, words]) => [code, new Set(words.split(' '))]));

/** A new language must win by this much; less is taken for a borrowed word. */
const MARGIN = 0.15;
/** One word more of another language is chance; two words are a change of language. */
const LEAST_WORDS = 2;
/** How much likelier (natural logarithm) the letters must be in another language: with its function words, and without a clear lead of them. */
const AGREES = 0;
const CERTAIN = 6;

let learnt: Likeness | null = null;

/** Some 20 ms the first time. */
export function learnLanguages(): Likeness {
  learnt ??= learnLikeness(LATIN);
  return learnt;
}

/** `prior`: language of the conversation or the site; it wins ties, short texts, names, numbers and acronyms. */
export function identifyLanguage(text: string, prior: string): string {
  let read = readings.get(prior);
  if (read === undefined) {
    read = rememberingText((said) => languageOf(said, prior));
    readings.set(prior, read);
  }
  return read(text);
}

/** The same message is read by the conversation, and again to be answered, while others come in between. By prior language. */
const readings = new Map<string, (text: string) => string>();

function languageOf(text: string, prior: string): string {
  const byScript = scriptLanguage(text);
  if (byScript) return byScript;
  const words = wordsIn(text);
  if (words.length === 0) return prior;
  const shares = sharesOf(words);
  const place = codes.indexOf(prior);
  const own = shares[place] ?? 0;
  // Where no other language has as many of its small words, letters change nothing.
  if (place >= 0 && isHighest(shares, place)) return prior;
  const [best, most] = highestShare(shares, prior);
  const lead = most - own;
  if (words.length < LEAST_WORDS) return lead > 0.9 ? best : prior;
  const looks = learnLanguages()(words.map(({ word }) => word).join(' '));
  const ownLook = looks.get(prior);
  // A conversation in another script goes over to Latin letters only for function words: names and streets are written so.
  if (ownLook === undefined) return lead >= MARGIN ? highest(looks, best)[0] : prior;
  const [seen, look] = highest(looks, prior);
  if (seen === prior) return prior;
  if (seen === best && lead >= MARGIN && look - ownLook >= AGREES) return seen;
  // Names look like a language; only a sentence has its small words, and no fewer of them than of the language spoken so far.
  const share = shares[codes.indexOf(seen)] ?? 0;
  return look - ownLook >= CERTAIN && share > 0 && share >= own ? seen : prior;
}

const WORDS_KEPT = 20_000;

/** A word as it is looked up. */
interface Told {
  word: string;
  /** What it counts for each language of `lists`: 1 a function word, 1.2 one that gives the language away; null = nothing. */
  hits: readonly number[] | null;
}

function tellOf(word: string): Told {
  const folded = foldAccents(word);
  const hits = [...lists].map(([code, list]) => (list.has(word) ? 1 : telling.get(code)?.has(folded) ? 1.2 : 0));
  return { word, hits: hits.some((hit) => hit > 0) ? hits : null };
}

/** A written word in the parts that signs leave of it; none of an acronym. */
const partsOf = remembering(
  (written): readonly Told[] => (/^\p{Lu}{2,}\d*$/u.test(written) ? [] : written.toLowerCase().split(/['’-]/).filter(Boolean).map(tellOf)),
  WORDS_KEPT,
);

/** The words of a text in Latin letters. O(letters). */
function wordsIn(text: string): Told[] {
  const words: Told[] = [];
  for (const written of writtenWords(text)) for (const part of partsOf(written)) words.push(part);
  return words;
}

const codes = [...lists.keys()];

/** Share of words that are function words of each language of `codes`, or give it away. */
function sharesOf(words: Told[]): number[] {
  const sums: number[] = codes.map(() => 0);
  for (const { hits } of words) if (hits) for (let i = 0; i < sums.length; i++) sums[i]! += hits[i] as number;
  for (let i = 0; i < sums.length; i++) sums[i]! /= words.length;
  return sums;
}

/** Whether all others are less. */
function isHighest(shares: number[], place: number): boolean {
  const most = shares[place] as number;
  for (let i = 0; i < shares.length; i++) if (i !== place && (shares[i] as number) >= most) return false;
  return true;
}

/** `first` wins ties. */
function highestShare(shares: number[], first: string): [string, number] {
  let best: [string, number] = [first, shares[codes.indexOf(first)] ?? Number.NEGATIVE_INFINITY];
  for (let i = 0; i < codes.length; i++) if ((shares[i] as number) > best[1]) best = [codes[i] as string, shares[i] as number];
  return best;
}

/** `first` wins ties. */
function highest(values: Map<string, number>, first: string): [string, number] {
  let best: [string, number] = [first, values.get(first) ?? Number.NEGATIVE_INFINITY];
  for (const [code, value] of values) if (value > best[1]) best = [code, value];
  return best;
}

/** Without quotation marks, dashes and other signs: none of them is a letter of these scripts. */
const OTHER_SCRIPT = /[\u0370-\u1fff\u2c00-\uffff]/;

function scriptLanguage(text: string): string | null {
  if (!OTHER_SCRIPT.test(text)) return null;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const share = (pattern: RegExp) => (text.match(pattern)?.length ?? 0) / (letters || 1);
  if (share(/\p{Script=Arabic}/gu) > 0.4) return 'ar';
  if (share(/\p{Script=Han}/gu) > 0.4) return 'zh';
  if (share(/\p{Script=Cyrillic}/gu) > 0.4) return 'uk';
  return null;
}
