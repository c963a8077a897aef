/** The demo municipality's own questions, through the whole chain from files to answers: retrieval, cited answers, refusals. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import openDatabase from '../../connectors/databases/embedded.ts';
import type { Question } from '../../knowledge/answering/question.ts';
import openExtractive from '../../knowledge/composers/extractive.ts';
import { loadDemo } from '../../knowledge/demo/load.ts';
import openIndex from '../../knowledge/indexes/embedded.ts';
import { createKnowledge, type Knowledge } from '../../knowledge/knowledge.ts';
import de from '../../knowledge/languages/de.ts';
import en from '../../knowledge/languages/en.ts';
import it from '../../knowledge/languages/it.ts';
import { readLines } from '../corpus.ts';
import { mean, retrievalFigures } from '../metrics.ts';
import type { Suite, SuiteArguments } from './contract.ts';

/** The day the questions were written for. */
const DAY = '2026-11-25';
const folder = path.resolve(import.meta.dirname, '../datasets');
const turn = z.object({ role: z.enum(['citizen', 'bot']), text: z.string() });
const answerable = z.object({
  id: z.string(),
  lang: z.string(),
  text: z.string(),
  kind: z.string(),
  history: z.array(turn).default([]),
  relevant: z.array(z.object({ document: z.string(), quote: z.string() })),
});
const unanswerable = z.object({ id: z.string(), lang: z.string(), text: z.string(), kind: z.string() });

const suite: Suite = {
  values: [],
  flags: [],
  usage: 'eval -- demo [--out F]',
  async run(args) {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-eval-'));
    const database = await openDatabase({ dataDir });
    const index = openIndex();
    const knowledge = await createKnowledge({
      database,
      index,
      composer: openExtractive(),
      languages: [it(), en(), de()],
      onSurprise: (error) => args.progress(String(error)),
    });
    try {
      await loadDemo(knowledge, args.progress);
      const holders = (document: string, quote: string) =>
        [...index.collection.entries]
          .filter(({ passage }) => passage.documentId === document && passage.text.includes(quote))
          .map(({ passage }) => passage.id);
      return {
        day: DAY,
        passages: knowledge.passages(),
        answerable: await askAnswerable(knowledge, holders, args),
        unanswerable: await askUnanswerable(knowledge, args),
      };
    } finally {
      await knowledge.close();
      await database.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
};
export default suite;

const ask = (text: string, lang: string, history: Question['history'] = []): Question => ({
  text,
  lang,
  history,
  at: DAY,
  audience: 'citizen',
});

async function askAnswerable(
  knowledge: Knowledge,
  holders: (document: string, quote: string) => string[],
  args: SuiteArguments,
): Promise<Record<string, unknown>> {
  const ndcg: number[] = [];
  const recall5: number[] = [];
  const outcomes: Record<string, number> = {};
  let citedRelevant = 0;
  let quoteShown = 0;
  let quotesNotFound = 0;
  const questions = readLines(path.join(folder, 'demo-questions.jsonl'), answerable);
  for (const question of questions) {
    const relevant = question.relevant.flatMap(({ document, quote }) => holders(document, quote));
    if (relevant.length === 0) throw new Error(`${question.id}: no passage holds its quotation`);
    const asked = ask(question.text, question.lang, question.history);
    const { passages, confidence } = await knowledge.steps(asked);
    const figures = retrievalFigures(
      passages.map(({ passage }) => passage.id),
      relevant,
    );
    ndcg.push(figures.ndcg10);
    recall5.push(figures.recall5 > 0 ? 1 : 0);
    const answer = await knowledge.answerQuestion(asked);
    outcomes[answer.outcome] = (outcomes[answer.outcome] ?? 0) + 1;
    const cited = answer.citations.map((citation) => citation.passageId);
    if (answer.outcome === 'answered' && cited.some((id) => relevant.includes(id))) citedRelevant++;
    if (
      answer.outcome === 'answered' &&
      question.relevant.some(({ quote }) => answer.citations.some((citation) => citation.quote.includes(quote)))
    )
      quoteShown++;
    for (const citation of answer.citations)
      if (!(await knowledge.readVersion(citation.documentId, citation.version))?.text.includes(citation.quote)) quotesNotFound++;
    args.out({
      id: question.id,
      outcome: answer.outcome,
      p: confidence.p,
      right: cited.some((id) => relevant.includes(id)),
      cited,
      text: answer.text,
    });
  }
  return {
    n: questions.length,
    ndcg10: round(mean(ndcg)),
    anyRelevantIn5: round(mean(recall5)),
    outcomes,
    citedRelevant,
    quoteShown,
    quotesNotFound,
  };
}

async function askUnanswerable(knowledge: Knowledge, args: SuiteArguments): Promise<Record<string, unknown>> {
  const outcomes: Record<string, number> = {};
  const answeredByKind: Record<string, number> = {};
  const questions = readLines(path.join(folder, 'demo-unanswerable.jsonl'), unanswerable);
  for (const question of questions) {
    const answer = await knowledge.answerQuestion(ask(question.text, question.lang));
    outcomes[answer.outcome] = (outcomes[answer.outcome] ?? 0) + 1;
    if (answer.outcome === 'answered') answeredByKind[question.kind] = (answeredByKind[question.kind] ?? 0) + 1;
    const { confidence } = await knowledge.steps(ask(question.text, question.lang));
    args.out({
      id: question.id,
      outcome: answer.outcome,
      kind: question.kind,
      p: confidence.p,
      cited: answer.citations.map((citation) => citation.passageId),
      text: answer.text,
    });
  }
  return { n: questions.length, outcomes, answeredByKind };
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
