/** Retrieval: does the passage that answers come first? Only the given corpus is indexed; one configuration for every corpus. */
import { BadCommand } from '../../bot/control.ts';
import type { UnderstoodQuestion } from '../../knowledge/answering/question.ts';
import { crossValidate, type LabelledExample, orderBy } from '../../knowledge/answering/ranking/learn.ts';
import { createReranker, trainReranker } from '../../knowledge/answering/ranking/reranker.ts';
import { createRetriever, type Retriever } from '../../knowledge/answering/retrieve.ts';
import openIndex from '../../knowledge/indexes/embedded.ts';
import { openMiniSearch } from '../baselines/minisearch.ts';
import { type EvalQuestion, readCorpus, readQuestions } from '../corpus.ts';
import { mean, percentile, type RetrievalFigures, retrievalFigures } from '../metrics.ts';
import type { Suite, SuiteArguments } from './contract.ts';

const ANY = { at: null, audience: 'staff', langs: null, office: null } as const;

const suite: Suite = {
  values: ['corpus', 'queries', 'trained', 'folds', 'baseline'],
  flags: ['last-turn'],
  usage: 'eval -- retrieval --corpus F --queries F [--trained F | --folds 5] [--last-turn] [--baseline minisearch] [--out F]',
  async run(args) {
    const { corpus, queries, trained, folds, baseline } = args.values;
    if (!corpus || !queries) throw new BadCommand(`--corpus and --queries are needed: ${suite.usage}`);
    if (folds && !/^([2-9]|1\d)$/.test(folds)) throw new BadCommand(`--folds ${folds}: a number from 2 to 19`);
    if (folds && trained) throw new BadCommand('--folds holds back questions of --queries itself: leave out --trained');
    if (baseline && baseline !== 'minisearch') throw new BadCommand(`--baseline ${baseline}: the known baseline is minisearch`);
    const passages = await readCorpus(corpus);
    const questions = (await readQuestions(queries)).filter((question) => question.relevant.length > 0);
    if (questions.length === 0) throw new BadCommand(`${queries} holds no question with a relevant passage`);
    args.progress(`${passages.length} passages, ${questions.length} questions`);

    const started = performance.now();
    const index = openIndex();
    await index.put(passages);
    const retriever = createRetriever(index);
    const lastTurn = args.flags.has('last-turn');
    const asked = (question: EvalQuestion) => understood(question, lastTurn);
    await retriever.retrieve(asked(questions[0] as EvalQuestion), ANY);
    const indexMs = performance.now() - started;

    const result: Record<string, unknown> = {};
    if (folds) {
      Object.assign(result, await measureFolds(questions, retriever, asked, Number(folds), args));
    } else {
      if (trained) retriever.useReranker(await learnFrom(trained, retriever, asked, args));
      const rank = async (question: EvalQuestion) => (await retriever.retrieve(asked(question), ANY)).map(({ passage }) => passage.id);
      Object.assign(result, await measure(questions, rank, args));
    }
    Object.assign(result, { indexMs: round(indexMs, 1), rssMb: round(process.memoryUsage.rss() / 2 ** 20, 1) });
    if (baseline) result['baseline'] = { name: baseline, ...(await measure(questions, openMiniSearch(passages))) };
    return result;
  },
};
export default suite;

function understood(question: EvalQuestion, lastTurn: boolean): UnderstoodQuestion {
  const { id: _id, relevant: _relevant, doc: _doc, lang, ...rest } = question;
  const asked = { at: '', audience: 'staff' as const, ...rest, ...(lastTurn ? { history: [] } : {}) };
  if (lastTurn) delete asked.scenario;
  return { question: asked, lang, standalone: question.text, kind: 'question' };
}

type Asked = (question: EvalQuestion) => UnderstoodQuestion;

async function examplesOf(questions: EvalQuestion[], retriever: Retriever, asked: Asked): Promise<(LabelledExample & { ids: string[] })[]> {
  const examples: (LabelledExample & { ids: string[] })[] = [];
  for (const question of questions) {
    const { ids, features } = await retriever.example(asked(question), ANY);
    const relevant = ids.map((id) => question.relevant.includes(id));
    examples.push({ ids, features, relevant, groups: groupsOf(question) });
  }
  return examples;
}

/** Questions over one document, one passage or in one conversation hang together. */
function groupsOf({ doc, relevant, history, text }: EvalQuestion): string[] {
  return [`talk ${history[0]?.text ?? text}`, ...(doc ? [`document ${doc}`] : []), ...relevant.map((id) => `passage ${id}`)];
}

async function learnFrom(file: string, retriever: Retriever, asked: Asked, args: SuiteArguments) {
  const questions = (await readQuestions(file)).filter((question) => question.relevant.length > 0);
  args.progress(`${questions.length} questions to learn from`);
  return createReranker(trainReranker(await examplesOf(questions, retriever, asked), args.progress));
}

/** The trained ranking on questions it never saw, whole documents held back, beside the hand-set weights on the same questions. */
async function measureFolds(questions: EvalQuestion[], retriever: Retriever, asked: Asked, folds: number, args: SuiteArguments) {
  const examples = await examplesOf(questions, retriever, asked);
  const { scores } = crossValidate(examples, folds, args.progress);
  const ranked = new Map(
    questions.map((question, i) => {
      const { ids } = examples[i] as { ids: string[] };
      return [question.id, orderBy(scores[i] as Float64Array).map((place) => ids[place] as string)];
    }),
  );
  const untrained = new Map(questions.map((question, i) => [question.id, (examples[i] as { ids: string[] }).ids]));
  const top = (from: Map<string, string[]>) => async (question: EvalQuestion) => (from.get(question.id) ?? []).slice(0, 10);
  return { folds, ...(await measure(questions, top(ranked), args)), untrained: await measure(questions, top(untrained)) };
}

async function measure(
  questions: EvalQuestion[],
  rank: (question: EvalQuestion) => Promise<string[]>,
  args?: SuiteArguments,
): Promise<Record<string, unknown>> {
  const figures: RetrievalFigures[] = [];
  const times: number[] = [];
  for (const question of questions) {
    const started = performance.now();
    const ranked = await rank(question);
    times.push(performance.now() - started);
    figures.push(retrievalFigures(ranked, question.relevant));
    args?.out({ id: question.id, ranked });
    if (figures.length % 500 === 0) args?.progress(`${figures.length} of ${questions.length}`);
  }
  const average = (key: keyof RetrievalFigures) => round(mean(figures.map((figure) => figure[key])), 4);
  return {
    n: questions.length,
    recall: { '1': average('recall1'), '5': average('recall5'), '10': average('recall10') },
    mrr10: average('mrr10'),
    ndcg10: average('ndcg10'),
    p50Ms: round(percentile(times, 0.5), 2),
    p95Ms: round(percentile(times, 0.95), 2),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
