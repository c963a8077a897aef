/** Personal data of a citizen replaced by marks before text leaves, and put back in what returns. Links too: a model neither sees nor writes an address. */
import { readingOf } from '../../languages/reading/read.ts';

export interface Mask {
  /** For what a citizen said: personal data and links. */
  hide(text: string): string;
  /** For passages, which are public: links alone. */
  hideLinks(text: string): string;
  restore(text: string): string;
}

const LINK: [string, RegExp] = ['LINK', /(?:https?:\/\/|www\.)[^\s<>"'«»)\]]*[^\s<>"'«»)\].,;:!?]/gi];
const KINDS: [string, RegExp][] = [
  ['EMAIL', /[\p{L}\d.+_-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu],
  LINK,
  ['IBAN', /\b[A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b/gi],
  ['CODICE_FISCALE', /\b[A-Z]{3}\s?[A-Z]{3}\s?[\dLMNPQRSTUV]{2}[ABCDEHLMPRST][\dLMNPQRSTUV]{2}\s?[A-Z][\dLMNPQRSTUV]{3}[A-Z]\b/gi],
  ['CARTA', /(?<!\d)(?:\d[ -]?){15,16}(?!\d)/g],
  ['TELEFONO', /(?<![\d.,/])(?:(?:\+|00)\d{1,3}[\s.-]?)?(?:3\d{2}|0\d{1,3})(?:[\s./-]?\d{2,8}){1,4}(?!\d|[,/]\d)/g],
  // Numbers of cases, cards and the like: nobody asks about so long a number.
  ['NUMERO', /(?<![\d.,_])\d{7,}(?!\d)/g],
];
const INTRODUCED =
  /(?<!\p{L})(?:mi chiamo|(?:il )?mio nome è|nome e cognome:?|sono (?:il |la )?(?:signora?|sig\.(?:ra)?|dott\.(?:ssa)?)|my name is|i am called|ich heiße|mein name ist|je m['’]appelle|mon nom est|me llamo|mi nombre es)\s+((?:[\p{L}'’-]+\s*){1,4})/giu;
/** "sono Maria Rossi": only with capitals, since "sono residente" names nobody. */
const I_AM = /(?<!\p{L})(?:[Ss]ono|SONO|[Ii]['’ ]a?m|[Ii]ch bin|[Jj]e suis|[Ss]oy)\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){1,3})/gu;
const NAME_WORDS = 3;
const LANGUAGES = ['it', 'en', 'de', 'fr', 'es'].map(readingOf);
/** Words that end a name written in small letters, where they are no stop words. */
const ENDS_NAME =
  /^(?:vorrei|volevo|voglio|abito|vivo|risiedo|nata|nato|residente|chiedo|devo|posso|buongiorno|salve|want|live|need|wohne|möchte|brauche)$/iu;

/** One for each question: the same value has the same mark throughout. */
export function createMask(): Mask {
  const marks = new Map<string, string>();
  const counts = new Map<string, number>();
  const names: [RegExp, string][] = [];

  function markFor(kind: string, value: string): string {
    const known = [...marks].find(([mark, held]) => held === value && mark.startsWith(`[${kind}_`));
    if (known) return known[0];
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    const mark = `[${kind}_${count}]`;
    marks.set(mark, value);
    return mark;
  }

  const hideKinds = (text: string, kinds: [string, RegExp][]): string =>
    kinds.reduce((masked, [kind, pattern]) => masked.replace(pattern, (value) => markFor(kind, value)), text);

  /** A name is learnt where it is introduced and hidden wherever its words come again. */
  function learnNames(text: string): void {
    for (const match of [...text.matchAll(INTRODUCED), ...text.matchAll(I_AM)]) {
      for (const word of nameIn(match[1] ?? '')) {
        const pattern = new RegExp(`(?<!\\p{L})${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\p{L})`, 'giu');
        if (!names.some(([known]) => known.source === pattern.source)) names.push([pattern, word]);
      }
    }
  }

  return {
    hide(text) {
      learnNames(text);
      let masked = hideKinds(text, KINDS);
      for (const [pattern] of names) masked = masked.replace(pattern, (value) => markFor('NOME', value));
      return masked;
    },
    hideLinks: (text) => hideKinds(text, [LINK]),
    restore: (text) => text.replace(/\[[A-Z_]+_\d+\]/g, (mark) => marks.get(mark) ?? mark),
  };
}

function nameIn(words: string): string[] {
  const name: string[] = [];
  for (const word of words.trim().split(/\s+/).slice(0, NAME_WORDS)) {
    if (LANGUAGES.some(({ stopWords }) => stopWords.has(word.toLowerCase())) || ENDS_NAME.test(word)) {
      // "De", "Di", "La" stand within a surname.
      if (/^\p{Lu}/u.test(word) && name.length > 0 && !ENDS_NAME.test(word)) continue;
      break;
    }
    if (word.length > 1) name.push(word);
  }
  return name;
}
