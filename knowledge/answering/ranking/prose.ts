/** What a passage is made of, whatever the question: prose, a list, figures, or the menu of a page. */
import type { Entry } from '../../indexes/collection.ts';

export const PROSE = ['content words', 'words of a sentence', 'capitals', 'figures', 'repeats', 'links', 'ends a sentence'] as const;

const kept = new WeakMap<Entry, number[]>();

/** Each 0–1. O(characters of the passage), once. */
export function proseOf(entry: Entry): number[] {
  const known = kept.get(entry);
  if (known) return known;
  const { text } = entry.passage;
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  const count = Math.max(1, words.length);
  const sentences = Math.max(1, text.match(/[.!?](?=\s|$)/g)?.length ?? 0);
  const made = [
    entry.text.length / count,
    Math.min(1, count / sentences / 60),
    words.filter((word) => /^\p{Lu}/u.test(word)).length / count,
    Math.min(1, (4 * words.filter((word) => /\p{N}/u.test(word)).length) / count),
    1 - new Set(words).size / count,
    Math.min(1, (text.match(/https?:|www\.|\]\(|@/g)?.length ?? 0) / 4),
    /[.!?]["”»)]?\s*$/.test(text) ? 1 : 0,
  ];
  kept.set(entry, made);
  return made;
}
