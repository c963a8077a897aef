/** What the console's doors give, as the page reads it. */

export interface Gap {
  id: string;
  question: string;
  lang: string;
  questions: { id: string; text: string; reason: string; at: string }[];
  count: number;
  watchers: number;
  reasons: Record<string, number>;
  weeks: Record<string, number>;
  lastAt: string;
  owner: string | null;
  dueOn: string | null;
  office: string | null;
}

export interface Listed {
  id: string;
  title: string;
  office: string;
  state: 'new' | 'published' | 'scheduled' | 'expired' | 'withdrawn';
  version: number | null;
  draft: number | null;
  stage: string | null;
  validFrom: string | null;
  reviewBy: string | null;
  complete: { present: number; missing: string[] } | null;
}

export interface Stored {
  version: number;
  /** Changes with every writing. */
  stamp: string;
  status: string;
  title: string;
  office: string;
  lang: string;
  audience: 'citizen' | 'staff';
  sourceUrl: string | null;
  validFrom: string | null;
  validUntil: string | null;
  owner: string | null;
  reviewBy: string | null;
  markdown: string;
  phrasings: string[];
  author: string | null;
  stage: string | null;
  reviewer: string | null;
}

export interface Checks {
  gulpease: number;
  phrases: { said: string; instead: string }[];
  longSentences: string[];
  complete: { present: number; missing: string[] } | null;
  past: { said: string; around: string }[];
  notes: string[];
}

export interface PageTest {
  id: string;
  kind: 'cites' | 'silent';
  question: string;
  anchor: string | null;
  wrong: string | null;
}

export interface Page {
  id: string;
  title: string;
  office: string;
  published: Stored | null;
  draft: Stored | null;
  translationOf: string | null;
  checks: Checks;
}

export interface Passage {
  id: string;
  anchor: string;
  headings: string[];
  text: string;
  gulpease: number;
}

/** A correction of the cut, in words; without a place when the text has changed there. */
export interface Mended {
  words: string;
  holds: boolean;
}

export interface Passages {
  version: number;
  stamp: string;
  status: string;
  sourceUrl: string | null;
  passages: Passage[];
  mends: Mended[];
}

export interface Failed {
  check: 'test' | 'answered' | 'grounding' | 'conflict' | 'readability';
  question?: string;
  detail: string;
}

export interface Gate {
  tests: number;
  answered: number;
  left: number;
  ms: number;
}

export interface Version {
  version: number;
  status: string;
  title: string;
  createdAt: string;
  publishedAt: string | null;
  validFrom: string | null;
  author: string | null;
  reviewer: string | null;
}

export const STATES: Record<Listed['state'], string> = {
  new: 'mai pubblicata',
  published: 'in vigore',
  scheduled: 'in vigore da un giorno futuro',
  expired: 'scaduta',
  withdrawn: 'ritirata',
};

export const CHECK_NAMES: Record<Failed['check'], string> = {
  test: 'Domanda di prova',
  answered: 'Domanda già risposta ai cittadini',
  grounding: 'Citazione',
  conflict: 'Contraddizione',
  readability: 'Leggibilità',
};

export const VERSION_STATES: Record<string, string> = {
  draft: 'bozza',
  published: 'in vigore',
  superseded: 'sostituita',
  withdrawn: 'ritirata',
};

/** `2026-11-25…` → `25 novembre 2026`. */
export function dayInWords(day: string): string {
  return new Date(`${day.slice(0, 10)}T12:00:00Z`).toLocaleDateString('it-IT', { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `2026-11-25T09:05…` → `25 novembre alle 10:05`. */
export function momentInWords(at: string): string {
  const moment = new Date(at);
  const day = moment.toLocaleDateString('it-IT', { day: 'numeric', month: 'long' });
  return `${day} alle ${moment.toLocaleTimeString('it-IT', { hour: '2-digit', minute: '2-digit' })}`;
}
