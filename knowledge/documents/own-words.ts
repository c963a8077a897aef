/** Words that editors add to the lexicon of their collection: what people say, beside what the pages write. A question is read with the pages' words. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Question } from '../answering/question.ts';
import { stemOf, stemsOf } from '../indexes/analyzer.ts';
import type { KnowledgeIndex } from '../indexes/contract.ts';
import { readingOf } from '../languages/reading/read.ts';

export interface OwnWord {
  id: string;
  /** As citizens say it. */
  everyday: string;
  /** As the pages write it. */
  official: string;
  lang: string;
}

export interface OwnWords {
  list(): OwnWord[];
  /** Reads the table again. */
  load(): Promise<void>;
  /** The question with the pages' words: in the place of a word that no page writes, beside one that some page does. O(words × text). */
  reword(question: Question): Question;
  /** How many documents write the official word. O(text). */
  pagesThatSay(word: Pick<OwnWord, 'official' | 'lang'>): number;
}

type Known = OwnWord & { stems: string[] };

export function createOwnWords(database: Database, index: KnowledgeIndex): OwnWords {
  let all: Known[] = [];

  /** Some page writes every word of it. */
  const isWritten = (text: string, lang: string) =>
    stemsOf(text, lang).every((stem) => {
      const slot = index.collection.slotOf(stem);
      return slot !== undefined && index.frequency(slot) > 0;
    });

  function reworded(text: string, lang: string | undefined): string {
    let said = text;
    for (const word of all) {
      if (lang !== undefined && lang !== word.lang) continue;
      const span = spanOf(said, word);
      if (!span) continue;
      const beside = isWritten(word.everyday, word.lang) ? `${said.slice(span.from, span.to)} (${word.official})` : word.official;
      said = said.slice(0, span.from) + beside + said.slice(span.to);
    }
    return said;
  }

  return {
    list: () => all.map(({ stems: _stems, ...word }) => word),
    async load() {
      const rows = await database.read.selectFrom('lexicon_entry').selectAll().orderBy('everyday').execute();
      all = rows
        .map(({ id, everyday, official, lang }) => ({
          id,
          everyday,
          official,
          lang,
          stems: wordsOf(everyday, lang).map(({ stem }) => stem),
        }))
        // A longer word hides those inside it.
        .sort((a, b) => b.stems.length - a.stems.length);
    },
    reword(question) {
      if (all.length === 0) return question;
      const text = reworded(question.text, question.lang);
      const history = question.history.map((turn) =>
        turn.role === 'citizen' ? { ...turn, text: reworded(turn.text, question.lang) } : turn,
      );
      return { ...question, text, history };
    },
    pagesThatSay({ official, lang }) {
      const sought = ` ${stemsOf(official, lang).join(' ')} `;
      const pages = new Set<string>();
      for (const { passage } of index.collection.entries)
        if (
          passage.lang === lang &&
          !pages.has(passage.documentId) &&
          ` ${stemsOf(`${passage.title} ${passage.text}`, lang).join(' ')} `.includes(sought)
        )
          pages.add(passage.documentId);
      return pages.size;
    },
  };
}

/** Where the text says the word, whatever its endings; null = nowhere, or already beside the official word. */
function spanOf(text: string, { stems, lang, official }: Known): { from: number; to: number } | null {
  const words = wordsOf(text, lang);
  if (stems.length === 0 || text.toLowerCase().includes(official.toLowerCase())) return null;
  for (let at = 0; at + stems.length <= words.length; at++)
    if (stems.every((stem, i) => words[at + i]?.stem === stem))
      return { from: words[at]?.from ?? 0, to: words[at + stems.length - 1]?.to ?? text.length };
  return null;
}

function wordsOf(text: string, lang: string): { stem: string; from: number; to: number }[] {
  const reading = readingOf(lang);
  return [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((match) => {
    const word = match[0].toLowerCase();
    return { stem: stemOf(word, reading) ?? word, from: match.index, to: match.index + match[0].length };
  });
}

/** In the caller's transaction. Resolves with the id. */
export async function addWord(tx: Writer, word: Omit<OwnWord, 'id'>, author: string, now = new Date()): Promise<string> {
  const id = randomUUID();
  await tx
    .insertInto('lexicon_entry')
    .values({ id, ...word, created_by: author, created_at: now.toISOString() })
    .execute();
  return id;
}

/** Resolves with whether it was there. */
export async function removeWord(tx: Writer, id: string): Promise<boolean> {
  return (await tx.deleteFrom('lexicon_entry').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
}
