/** Personal data of a citizen replaced by marks before text leaves, and put back in what returns. Links too: a model neither sees nor writes an address. */
import { readingOf } from '../../languages/reading/read.ts';
import { findPersonal, type PersonalKind, replaceSpans } from '../../personal-data/find.ts';

export interface Mask {
  /** For what a citizen said: personal data and links. */
  hide(text: string): string;
  /** For passages, which are public: links alone. */
  hideLinks(text: string): string;
  restore(text: string): string;
}

const LINK: [string, RegExp] = ['LINK', /(?:https?:\/\/|www\.)[^\s<>"'«»)\]]*[^\s<>"'«»)\].,;:!?]/gi];
/** Numbers of cases and the like: nobody asks about so long a number. */
const NUMBER: [string, RegExp] = ['NUMERO', /(?<![\d.,_])\d{7,}(?!\d)/g];
const MARKS: Record<PersonalKind, string> = {
  email: 'EMAIL',
  iban: 'IBAN',
  fiscalCode: 'CODICE_FISCALE',
  card: 'CARTA',
  healthCard: 'TESSERA',
  phone: 'TELEFONO',
  document: 'DOCUMENTO',
  plate: 'TARGA',
  vat: 'PARTITA_IVA',
  birthDate: 'NASCITA',
  address: 'INDIRIZZO',
  name: 'NOME',
  health: 'SALUTE',
  special: 'DATO',
};
/** "De", "Di", "La" stand within a surname and name nobody by themselves. */
const LANGUAGES = ['it', 'en', 'de', 'fr', 'es'].map(readingOf);
const isSmall = (word: string) => word.length < 2 || LANGUAGES.some(({ stopWords }) => stopWords.has(word.toLowerCase()));

/** One for each question: the same value has the same mark throughout. */
export function createMask(): Mask {
  const marks = new Map<string, string>();
  const counts = new Map<string, number>();
  const names: RegExp[] = [];

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
  function learn(name: string): void {
    for (const word of name.split(/\s+/)) {
      if (isSmall(word)) continue;
      const pattern = new RegExp(`(?<!\\p{L})${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\p{L})`, 'giu');
      if (!names.some((known) => known.source === pattern.source)) names.push(pattern);
    }
  }

  return {
    hide(text) {
      // Links first: what looks like a number inside an address is none.
      const linked = hideKinds(text, [LINK]);
      const spans = findPersonal(linked);
      for (const span of spans) if (span.kind === 'name') learn(linked.slice(span.start, span.end));
      const others = spans.filter(({ kind }) => kind !== 'name');
      let masked = hideKinds(
        replaceSpans(linked, others, ({ kind }, value) => markFor(MARKS[kind], value)),
        [NUMBER],
      );
      for (const pattern of names) masked = masked.replace(pattern, (value) => markFor(MARKS.name, value));
      return masked;
    },
    hideLinks: (text) => hideKinds(text, [LINK]),
    restore: (text) => text.replace(/\[[A-Z_]+_\d+\]/g, (mark) => marks.get(mark) ?? mark),
  };
}
