/** What could be better in a page. Tells, never blocks: the gate does that. */
import { readFacts } from '../answering/facts.ts';
import type { StoredVersion } from './document.ts';
import { gulpease, longSentences, officePhrases, type Phrase, proseOf } from './plain-words.ts';
import { completenessOf } from './service-card.ts';

export interface PageChecks {
  /** 0–100; below 50 it is worth rewriting, below 40 a publication stops. */
  gulpease: number;
  phrases: Phrase[];
  longSentences: string[];
  complete: { present: number; missing: string[] } | null;
  /** Dates in the text that have passed. */
  past: { said: string; around: string }[];
  /** Web addresses in the text and of the page. */
  links: string[];
  /** `expired`, `review-due`, `no-owner`, `no-review-day`. */
  notes: string[];
}

const SHOWN = 20;
const AROUND = 60;

/** O(text). */
export function checkPage(stored: StoredVersion, today: string): PageChecks {
  const { text, lang } = stored;
  const notes: string[] = [];
  if (stored.validUntil && stored.validUntil < today) notes.push('expired');
  if (stored.reviewBy && stored.reviewBy < today) notes.push('review-due');
  if (!stored.owner) notes.push('no-owner');
  if (!stored.reviewBy) notes.push('no-review-day');
  return {
    gulpease: gulpease(proseOf(stored)),
    phrases: lang === 'it' ? officePhrases(text).slice(0, SHOWN) : [],
    longSentences: longSentences(text).slice(0, SHOWN),
    complete: completenessOf(text, stored.title),
    past: pastDates(text, lang, today),
    links: linksOf(stored),
    notes,
  };
}

/** Dates with a year that lie before today, with the words around them. */
function pastDates(text: string, lang: string, today: string): PageChecks['past'] {
  const found: PageChecks['past'] = [];
  for (const line of text.split('\n')) {
    if (!/\d{4}/.test(line)) continue;
    for (const { kind, needs, said } of readFacts(line, lang)) {
      const [, day, month, year] = /^dated:(\d+)-(\d+)-(\d{4})$/.exec(kind === 'date' ? (needs[0] ?? '') : '') ?? [];
      if (!day || !month || !year || `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` >= today) continue;
      const at = Math.max(0, line.indexOf(said));
      found.push({ said, around: line.slice(Math.max(0, at - AROUND), at + said.length + AROUND).trim() });
    }
  }
  return found.slice(0, SHOWN);
}

/** Web addresses in a text and of its page, each once. */
export function linksOf({ text, sourceUrl }: Pick<StoredVersion, 'text' | 'sourceUrl'>): string[] {
  const written = [...text.matchAll(/https?:\/\/[^\s<>"'«»)\]]+/g)].map(([url]) => url.replace(/[.,;:]+$/, ''));
  return [...new Set([...(sourceUrl ? [sourceUrl] : []), ...written])];
}
