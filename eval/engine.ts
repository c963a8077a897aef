/** The answering of one corpus, without a server or a database: what the suites measure. */
import { type Answering, createAnswering } from '../knowledge/answering/answer.ts';
import { type CalibrationModel, MODEL } from '../knowledge/answering/calibration.ts';
import type { Passage, Question } from '../knowledge/answering/question.ts';
import { createRetriever, type Retriever } from '../knowledge/answering/retrieve.ts';
import openExtractive from '../knowledge/composers/extractive.ts';
import type { KnowledgeIndex } from '../knowledge/indexes/contract.ts';
import openIndex from '../knowledge/indexes/embedded.ts';
import de from '../knowledge/languages/de.ts';
import en from '../knowledge/languages/en.ts';
import es from '../knowledge/languages/es.ts';
import fr from '../knowledge/languages/fr.ts';
import it from '../knowledge/languages/it.ts';
import { createSpeech } from '../knowledge/languages/speak.ts';
import type { EvalQuestion } from './corpus.ts';

export interface Engine {
  answering: Answering;
  retriever: Retriever;
  index: KnowledgeIndex;
  /** Answers by this calibration from now on; null = by the one that comes with the project. */
  calibrate(model: CalibrationModel | null): void;
}

export async function openEngine(passages: Passage[], progress: (line: string) => void): Promise<Engine> {
  const index = openIndex();
  await index.put(passages);
  const retriever = createRetriever(index);
  const languages = [it(), en(), de(), fr(), es()];
  let calibration = MODEL;
  const answering = createAnswering({
    calibration: () => calibration,
    retriever,
    composer: openExtractive(),
    languages: languages.map(({ code }) => code),
    speech: createSpeech(languages),
    offices: () => [],
    onSurprise: (error) => progress(String(error)),
  });
  return {
    answering,
    retriever,
    index,
    calibrate(model) {
      calibration = model ?? MODEL;
    },
  };
}

/** A question as a citizen would send it. */
export function asCitizen({ text, lang, history, scenario }: EvalQuestion): Question {
  return { text, lang, history, at: '', audience: 'citizen', ...(scenario ? { scenario } : {}) };
}
