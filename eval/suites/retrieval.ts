/** Retrieval: does the passage that answers come first? Only the given corpus is indexed; one configuration for every corpus. */
import { BadCommand } from '../../bot/control.ts';
import type { RankedPassage } from '../../knowledge/answering/question.ts';
import { createRetriever } from '../../knowledge/answering/retrieve.ts';
import openIndex from '../../knowledge/indexes/embedded.ts';
import { openMiniSearch } from '../baselines/minisearch.ts';
import { type EvalQuestion, readCorpus, readQuestions } from '../corpus.ts';
import { mean, percentile, type RetrievalFigures, retrievalFigures } from '../metrics.ts';
import type { Suite, SuiteArguments } from './contract.ts';

const ANY = { at: null, audience: 'staff', langs: null, office: null } as const;

const suite: Suite = {
  values: ['corpus', 'queries', 'trained', 'baseline'],
  flags: ['last-turn'],
  usage: 'eval -- retrieval --corpus F --queries F [--last-turn] [--baseline minisearch] [--out F]',
  async run(args) {
    const { corpus, queries, trained, baseline } = args.values;
    if (!corpus || !queries) throw new BadCommand(`--corpus and --queries are needed: ${suite.usage}`);
    if (trained) throw new BadCommand('--trained: the re-ranker that is fitted per collection is not built yet');
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
    const ask = (question: EvalQuestion): Promise<RankedPassage[]> => {
      const { id: _id, relevant: _relevant, lang, ...rest } = question;
      const asked = { at: '', audience: 'staff' as const, ...rest, ...(lastTurn ? { history: [] } : {}) };
      if (lastTurn) delete asked.scenario;
      return retriever.retrieve({ question: asked, lang, standalone: question.text, kind: 'question' }, ANY);
    };
    await ask(questions[0] as EvalQuestion);
    const indexMs = performance.now() - started;

    const ours = await measure(questions, async (question) => (await ask(question)).map(({ passage }) => passage.id), args);
    const result: Record<string, unknown> = { ...ours, indexMs: round(indexMs, 1), rssMb: round(process.memoryUsage.rss() / 2 ** 20, 1) };
    if (baseline) result['baseline'] = { name: baseline, ...(await measure(questions, openMiniSearch(passages))) };
    return result;
  },
};
export default suite;

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
