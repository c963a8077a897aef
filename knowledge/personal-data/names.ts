/** Names of people: after the words that introduce one, and from a list of common given names beside a surname. */
import { readingOf } from '../languages/reading/read.ts';
import { GIVEN_NAMES } from './given-names.ts';
import { before, type Range, type Rule } from './rule.ts';

const WORD = "[\\p{L}'’-]{1,24}";
const CAPITAL = "\\p{Lu}[\\p{L}'’-]{1,24}";
/** After these a name comes however it is written. */
const INTRODUCED =
  "mi chiamo|(?:il )?mio nome (?:è|e'|e’)|nome e cognome:?|my name is|i am called|ich heiße|mein name ist|je m['’]appelle|mon nom est|me llamo|mi nombre es|mă numesc|numele meu este|اسمي";
/** After these only one with capitals: "sono residente" names nobody. */
const I_AM =
  "sono(?: (?:il |la )?(?:sig(?:nor)?(?:a|\\.ra|\\.)?|dott(?:\\.ssa|\\.)?))?|i['’ ]?a?m|ich bin|je suis|soy|sunt|si chiama(?:no)?|a nome di|intestat[oa] a|firmato:?|saluti,?|grazie,|per conto di|il signor|la signora|(?:il )?sig\\.|(?:la )?sig\\.ra|mr\\.?|mrs\\.?|herr|frau|monsieur|madame";
const LANGUAGES = ['it', 'en', 'de', 'fr', 'es'].map(readingOf);
/** Words that end a name written in small letters, where they are no stop words. */
const ENDS_NAME =
  /^(?:vorrei|volevo|voglio|abito|vivo|risiedo|nata|nato|residente|chiedo|devo|posso|buongiorno|salve|fuori|want|live|need|wohne|möchte|brauche|și|codice|cf|tel|cell|grazie)$/iu;
/** Streets, schools and halls bear names, and so do those who hold an office. */
const NAMESAKE =
  /(?:scuola|elementare|media|liceo|istituto|asilo|nido|via|viale|piazza|piazzale|corso|largo|vicolo|lungarno|rue|calle|teatro|cinema|biblioteca|museo|parco|giardino|giardini|palestra|stadio|piscina|centro|ospedale|clinica|sala|aula|villa|palazzo|ponte|cimitero|chiesa|san|santa|santo|sant|don|fondazione|premio|sindaco|sindaca|assessore|assessora|dirigente|presidente|consigliere|consigliera|ministro|ministra|papa)[\s'’.]+(?:\p{L}{1,12}[\s'’]+)?$/u;
const SAINT = /^sant[aoe]?$|^san$/iu;
const GREETS =
  /^(?:buongiorno|buonasera|salve|ciao|gentile|gent|cara|caro|egregio|grazie|scusi|dear|hello|hi|hallo|liebe|bonjour|hola|bună)$/iu;
const NAME_WORDS = 3;

function stops(word: string): boolean {
  return ENDS_NAME.test(word) || LANGUAGES.some(({ stopWords }) => stopWords.has(word.toLowerCase()));
}

/** Range of the words of a name at the end of the finding; those in capitals may hold "De", "Di", "La". */
function nameWords(found: RegExpExecArray): Range | null {
  const words = found.at(-1) ?? '';
  const from = found.index + found[0].length - words.length;
  let end = 0;
  let count = 0;
  for (const match of words.matchAll(/[^\s]+/g)) {
    const word = match[0];
    if (stops(word) && !(/^\p{Lu}/u.test(word) && count > 0 && !ENDS_NAME.test(word))) break;
    if (++count > NAME_WORDS) break;
    end = match.index + word.length;
  }
  return end > 1 ? { start: from, end: from + end } : null;
}

function introduced(found: RegExpExecArray, text: string): Range | null {
  // "come si chiama", "sono Comune di nascita".
  const name = nameWords(found);
  if (!name || /(?:^|\s)come\s*$/.test(before(text, found.index, 8))) return null;
  // "il mio nome è sbagliato": one word in small letters must be known as a name.
  const written = text.slice(name.start, name.end);
  return /^\p{Lu}|\s|^[^\p{Ll}]/u.test(written) || GIVEN_NAMES.has(written.toLowerCase()) ? name : null;
}

/** Two to four words with capitals of which one is a given name: that one and its neighbours. */
function listed(found: RegExpExecArray, text: string, shouted: boolean): Range | null {
  const words = [...found[0].matchAll(/[^\s]+/g)].map((match) => ({ word: match[0], at: match.index }));
  if (shouted) return null;
  const given = words.findIndex(({ word }) => GIVEN_NAMES.has(word.toLowerCase()));
  if (given < 0 || SAINT.test(words[given - 1]?.word ?? '')) return null;
  const surnameFirst = given === words.length - 1 && !GREETS.test(words[given - 1]?.word ?? 'ciao');
  const first = words[surnameFirst ? given - 1 : given];
  if (words.at(-1) === first) return null;
  const start = found.index + (first?.at ?? 0);
  if (NAMESAKE.test(before(text, start, 40)) || LANGUAGES.some(({ stopWords }) => stopWords.has(first?.word.toLowerCase() ?? '')))
    return null;
  return { start, end: found.index + found[0].length };
}

export const NAMES: Rule[] = [
  { kind: 'name', pattern: new RegExp(`(?<!\\p{L})(?:${INTRODUCED})\\s{1,3}(${WORD}(?:\\s${WORD}){0,3})`, 'giu'), accept: introduced },
  {
    kind: 'name',
    // Small and capital letters differ here, so the cue is written both ways.
    pattern: new RegExp(`(?<!\\p{L})(?:${bothWays(I_AM)})\\s{1,3}(${CAPITAL}(?:\\s${CAPITAL}){1,3})`, 'gu'),
    accept: (found, text) => (NAMESAKE.test(`${found.at(-1)?.split(/\s/)[0]?.toLowerCase()} `) ? null : introduced(found, text)),
  },
  { kind: 'name', pattern: new RegExp(`(?<![\\p{L}'’])${CAPITAL}(?: ${CAPITAL}){1,3}`, 'gu'), accept: listed, passOver: true },
];

/** Each alternative also with a capital at its beginning. */
function bothWays(alternatives: string): string {
  return alternatives.replace(/(^|\|)([a-z])/g, (_all, bar: string, letter: string) => `${bar}[${letter}${letter.toUpperCase()}]`);
}
