/** The content words of a question as stems, each once. */
import { stemsOf } from '../indexes/analyzer.ts';

let last: { text: string; lang: string; stems: ReadonlySet<string> } = { text: '', lang: '', stems: new Set() };

/** Kept for the last question: weighing what it finds and naming an office both ask. O(words). */
export function contentStems(text: string, lang: string): ReadonlySet<string> {
  if (last.text !== text || last.lang !== lang) last = { text, lang, stems: new Set(stemsOf(text, lang)) };
  return last.stems;
}
