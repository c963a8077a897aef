/** The demo municipality's own questions, through the whole chain from files to answers: retrieval, cited answers, refusals. */
import path from 'node:path';
import { z } from 'zod';
import type { Passage } from '../../knowledge/answering/question.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { readLines } from '../corpus.ts';
import { askedOfDemo as ask, DAY, openDemo } from '../demo-town.ts';
import { mean, retrievalFigures, round } from '../metrics.ts';
import { type AnsweredCase, answeringFigures, judge } from './answering.ts';
import { caseOf, type RefusalCase, refusalFigures } from './refusal.ts';
import type { Suite, SuiteArguments } from './contract.ts';

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
    const town = await openDemo(args.progress);
    const { knowledge, index } = town;
    try {
      const { holders } = town;
      const passageOf = (id: string) => index.collection.get(id)?.passage;
      const yes = await askAnswerable(knowledge, holders, passageOf, args);
      const no = await askUnanswerable(knowledge, args);
      return {
        day: DAY,
        passages: knowledge.passages(),
        retrieval: yes.retrieval,
        answering: { ...answeringFigures(yes.judged), quoteShown: yes.quoteShown },
        refusal: refusalFigures(yes.cases, no),
        byKind: yes.byKind,
      };
    } finally {
      await town.close();
    }
  },
};
export default suite;

interface Asked {
  retrieval: { n: number; ndcg10: number; anyRelevantIn5: number };
  judged: AnsweredCase[];
  cases: RefusalCase[];
  /** Answers that show the very words that answer. */
  quoteShown: number;
  byKind: Record<string, { n: number; answered: number; citedRelevant: number }>;
}

async function askAnswerable(
  knowledge: Knowledge,
  holders: (document: string, quote: string) => string[],
  passageOf: (id: string) => Passage | undefined,
  args: SuiteArguments,
): Promise<Asked> {
  const ndcg: number[] = [];
  const found: number[] = [];
  const asked: Asked = { retrieval: { n: 0, ndcg10: 0, anyRelevantIn5: 0 }, judged: [], cases: [], quoteShown: 0, byKind: {} };
  for (const question of readLines(path.join(folder, 'demo-questions.jsonl'), answerable)) {
    const relevant = question.relevant.flatMap(({ document, quote }) => holders(document, quote));
    if (relevant.length === 0) throw new Error(`${question.id}: no passage holds its quotation`);
    const sent = ask(question.text, question.lang, question.history);
    const { passages, confidence, grounded, understood } = await knowledge.steps(sent);
    const ids = passages.map(({ passage }) => passage.id);
    const figures = retrievalFigures(ids, relevant);
    ndcg.push(figures.ndcg10);
    found.push(figures.recall5 > 0 ? 1 : 0);
    const answer = await knowledge.answerQuestion(sent);
    const judged = judge(answer, grounded.sentences, relevant, passageOf);
    for (const citation of answer.citations)
      if (!(await knowledge.readVersion(citation.documentId, citation.version))?.text.includes(citation.quote)) judged.quotesNotFound++;
    asked.judged.push(judged);
    asked.cases.push(caseOf(question.id, question.kind, answer, understood.kind === 'question' ? confidence.p : 0, relevant));
    if (judged.answered && question.relevant.some(({ quote }) => answer.citations.some((citation) => citation.quote.includes(quote))))
      asked.quoteShown++;
    const kind = asked.byKind[question.kind] ?? { n: 0, answered: 0, citedRelevant: 0 };
    asked.byKind[question.kind] = kind;
    kind.n++;
    if (judged.answered) kind.answered++;
    if (judged.answered && judged.citedRelevant) kind.citedRelevant++;
    args.out({ ...asked.cases.at(-1), kind: question.kind });
  }
  asked.retrieval = { n: ndcg.length, ndcg10: round(mean(ndcg), 4), anyRelevantIn5: round(mean(found), 4) };
  return asked;
}

async function askUnanswerable(knowledge: Knowledge, args: SuiteArguments): Promise<RefusalCase[]> {
  const cases: RefusalCase[] = [];
  for (const question of readLines(path.join(folder, 'demo-unanswerable.jsonl'), unanswerable)) {
    const sent = ask(question.text, question.lang);
    const { confidence, understood } = await knowledge.steps(sent);
    const answer = await knowledge.answerQuestion(sent);
    cases.push(caseOf(question.id, question.kind, answer, understood.kind === 'question' ? confidence.p : 0, []));
    args.out({ ...cases.at(-1) });
  }
  return cases;
}
