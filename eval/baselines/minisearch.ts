/** A peer to measure against in the same run: MiniSearch with our tokens and its own ranking; it has no notion of history, so it gets the last turn. */
import MiniSearch from 'minisearch';
import type { Passage } from '../../knowledge/answering/question.ts';
import { stemsOf } from '../../knowledge/indexes/analyzer.ts';
import type { EvalQuestion } from '../corpus.ts';

export function openMiniSearch(passages: Passage[]): (question: EvalQuestion) => Promise<string[]> {
  const lang = passages[0]?.lang ?? 'it';
  const search = new MiniSearch<{ id: string; title: string; section: string; text: string }>({
    fields: ['title', 'section', 'text'],
    tokenize: (text) => stemsOf(text, lang),
    processTerm: (term) => term,
    searchOptions: { boost: { title: 1.2, section: 1.5 } },
  });
  search.addAll(passages.map(({ id, title, headings, text }) => ({ id, title, section: headings.join(' '), text })));
  return async (question) =>
    search
      .search(question.text)
      .slice(0, 10)
      .map((hit) => String(hit.id));
}
