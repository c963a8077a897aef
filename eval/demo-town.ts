/** The demo municipality in a database of its own, for the suites that ask it something. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import openDatabase from '../connectors/databases/embedded.ts';
import type { Question } from '../knowledge/answering/question.ts';
import openExtractive from '../knowledge/composers/extractive.ts';
import { loadDemo } from '../knowledge/demo/load.ts';
import type { KnowledgeIndex } from '../knowledge/indexes/contract.ts';
import openIndex from '../knowledge/indexes/embedded.ts';
import { createKnowledge, type Knowledge } from '../knowledge/knowledge.ts';
import de from '../knowledge/languages/de.ts';
import en from '../knowledge/languages/en.ts';
import it from '../knowledge/languages/it.ts';

/** The day the questions were written for. */
export const DAY = '2026-11-25';

export interface DemoTown {
  knowledge: Knowledge;
  index: KnowledgeIndex;
  /** Ids of the passages of a document that hold these words. O(passages). */
  holders(document: string, quote: string): string[];
  close(): Promise<void>;
}

/** Takes some seconds: every document is read. */
export async function openDemo(progress: (line: string) => void): Promise<DemoTown> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-eval-'));
  const database = await openDatabase({ dataDir });
  const index = openIndex();
  const knowledge = await createKnowledge({
    database,
    index,
    composer: openExtractive(),
    languages: [it(), en(), de()],
    onSurprise: (error) => progress(String(error)),
  });
  const town: DemoTown = {
    knowledge,
    index,
    holders: (document, quote) =>
      [...index.collection.entries]
        .filter(({ passage }) => passage.documentId === document && passage.text.includes(quote))
        .map(({ passage }) => passage.id),
    async close() {
      await knowledge.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  try {
    await loadDemo(knowledge, progress);
  } catch (error) {
    await town.close();
    throw error;
  }
  return town;
}

export function askedOfDemo(text: string, lang: string, history: Question['history'] = []): Question {
  return { text, lang, history, at: DAY, audience: 'citizen' };
}
