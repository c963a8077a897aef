/** A ranking learnt from the collection's own questions: tried against the hand-set one on pages it never saw, and put to work only when somebody says so. */
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Database, Writer } from '../connectors/databases/contract.ts';
import type { Passage } from './answering/question.ts';
import { type LabelledExample, orderBy } from './answering/ranking/learn.ts';
import { readLessons } from './answering/ranking/lessons.ts';
import { createReranker, type Reranker, type RerankerModel } from './answering/ranking/reranker.ts';
import type { Retriever } from './answering/retrieve.ts';

/** Shares of the questions held back, 0–1. */
export interface RankingFigures {
  /** The right passage stands first. */
  first: number;
  /** 1 ÷ its place, 0 after the tenth. */
  mrr10: number;
  ndcg10: number;
}

export interface Verdict {
  questions: number;
  pages: number;
  untrained: RankingFigures;
  trained: RankingFigures;
  /** By at least one point of nDCG@10, and never fewer right ones in the first place. */
  better: boolean;
  madeOn: string;
}

export interface RankingState {
  /** Questions there are to learn from. */
  questions: number;
  pages: number;
  enough: boolean;
  training: boolean;
  proposal: Verdict | null;
  /** At work now. */
  adopted: Verdict | null;
}

export interface Ranking {
  state(today: string): Promise<RankingState>;
  /** Some 30 s for 800 questions and each of 5 folds, in a thread of its own. null = too few questions, or one is being learnt already. */
  train(today: string): Promise<Verdict | null>;
  /** False = no proposal that is better. `within`: in the same transaction. */
  adopt(within: (tx: Writer, verdict: Verdict) => Promise<void>): Promise<boolean>;
  /** Back to the hand-set weights. */
  drop(within: (tx: Writer) => Promise<void>): Promise<void>;
  /** Reads what is adopted and puts it to work. */
  load(): Promise<void>;
  stop(): Promise<void>;
}

export interface RankingParts {
  database: Database;
  retriever: Retriever;
  passages(): Iterable<Passage>;
  /** `name`: the same for the same model. */
  use(reranker: Reranker | null, name: string): void;
}

const LEAST_QUESTIONS = 60;
const LEAST_PAGES = 10;
const FOLDS = 5;
const A_POINT = 0.01;
const figures = z.object({ first: z.number(), mrr10: z.number(), ndcg10: z.number() });
const kept = z.object({
  verdict: z.object({
    questions: z.number(),
    pages: z.number(),
    untrained: figures,
    trained: figures,
    better: z.boolean(),
    madeOn: z.string(),
  }),
  model: z.object({
    mean: z.array(z.number()),
    spread: z.array(z.number()),
    linear: z.array(z.number()),
    hidden: z.number(),
    networks: z.array(z.array(z.number())),
  }),
});
type Kept = z.infer<typeof kept>;

export function createRanking({ database, retriever, passages, use }: RankingParts): Ranking {
  let worker: Worker | null = null;
  let training = false;

  async function read(name: string): Promise<Kept | null> {
    const row = await database.read.selectFrom('learned').select('value').where('name', '=', name).executeTakeFirst();
    const parsed = row ? kept.safeParse(JSON.parse(row.value)) : null;
    return parsed?.success ? parsed.data : null;
  }

  async function write(tx: Writer, name: string, value: Kept): Promise<void> {
    const row = { value: JSON.stringify(value), learned_at: new Date().toISOString() };
    await tx
      .insertInto('learned')
      .values({ name, ...row })
      .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
      .execute();
  }

  async function lessons(today: string) {
    const inForce = new Map<string, Passage>();
    for (const passage of passages())
      if ((passage.validFrom ?? '') <= today && (passage.validUntil ?? '9') >= today) inForce.set(passage.id, passage);
    const found = await readLessons(database, inForce, new Date());
    const pages = new Set(found.map(({ documentId }) => documentId)).size;
    return { found, pages, enough: found.length >= LEAST_QUESTIONS && pages >= LEAST_PAGES };
  }

  function learn(examples: LabelledExample[]): Promise<{ scores: Float64Array[]; model: RerankerModel }> {
    return new Promise((resolve, reject) => {
      worker = new Worker(new URL('./answering/ranking/learn-worker.ts', import.meta.url), { workerData: { examples, folds: FOLDS } });
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the learning was stopped')));
    });
  }

  const load = async () => {
    const adopted = await read('reranker');
    use(adopted ? careful(adopted.model) : null, adopted ? createHash('sha256').update(JSON.stringify(adopted.model)).digest('hex') : '');
  };

  return {
    async state(today) {
      const { found, pages, enough } = await lessons(today);
      const [proposal, adopted] = [await read('reranker-proposal'), await read('reranker')];
      return { questions: found.length, pages, enough, training, proposal: proposal?.verdict ?? null, adopted: adopted?.verdict ?? null };
    },
    async train(today) {
      if (training) return null;
      training = true;
      try {
        const { found, pages, enough } = await lessons(today);
        if (!enough) return null;
        const examples: LabelledExample[] = [];
        for (const { question: text, lang, passages: right, documentId } of found) {
          const asked = { text, lang, history: [], at: today, audience: 'citizen' as const };
          const filter = { at: today, audience: 'citizen' as const, langs: null, office: null };
          const { ids, features } = await retriever.example({ question: asked, lang, standalone: text, kind: 'question' }, filter);
          examples.push({ features, relevant: ids.map((id) => right.includes(id)), groups: [documentId] });
          await new Promise((resolve) => setImmediate(resolve));
        }
        const { scores, model } = await learn(examples);
        const byHand = examples.map(({ relevant }) => relevant);
        const learnt = examples.map(({ relevant }, i) => orderBy(scores[i] as Float64Array).map((place) => relevant[place] === true));
        const [untrained, trained] = [figuresOf(byHand), figuresOf(learnt)];
        const better = trained.ndcg10 - untrained.ndcg10 >= A_POINT && trained.first >= untrained.first;
        const verdict: Verdict = { questions: found.length, pages, untrained, trained, better, madeOn: new Date().toISOString() };
        await database.write((tx) => write(tx, 'reranker-proposal', { verdict, model }));
        return verdict;
      } finally {
        training = false;
        worker = null;
      }
    },
    async adopt(within) {
      const proposal = await read('reranker-proposal');
      if (!proposal?.verdict.better) return false;
      await database.write(async (tx) => {
        await write(tx, 'reranker', proposal);
        await tx.deleteFrom('learned').where('name', '=', 'reranker-proposal').execute();
        await within(tx, proposal.verdict);
      });
      await load();
      return true;
    },
    async drop(within) {
      await database.write(async (tx) => {
        await tx.deleteFrom('learned').where('name', '=', 'reranker').execute();
        await within(tx);
      });
      await load();
    },
    load,
    async stop() {
      await worker?.terminate();
    },
  };
}

/** A model learnt on other figures than this program counts leaves the order as it is. */
function careful(model: RerankerModel): Reranker {
  const reranker = createReranker(model);
  return {
    score: (features) =>
      features[0] !== undefined && features[0].length !== model.mean.length
        ? Float64Array.from(features, (_, i) => -i)
        : reranker.score(features),
  };
}

/** Of ranked lists: is the passage in each place a right one? Gain 1, ideal over the right ones found, at most ten. */
function figuresOf(ranked: boolean[][]): RankingFigures {
  const gain = (place: number) => 1 / Math.log2(place + 2);
  const each = ranked.map((list) => {
    const place = list.slice(0, 10).indexOf(true);
    const right = Math.min(10, list.filter(Boolean).length);
    const ideal = Array.from({ length: right }, (_, i) => gain(i)).reduce((sum, one) => sum + one, 0);
    const got = list.slice(0, 10).reduce((sum, isRight, i) => sum + (isRight ? gain(i) : 0), 0);
    return { first: place === 0 ? 1 : 0, mrr10: place < 0 ? 0 : 1 / (place + 1), ndcg10: ideal === 0 ? 0 : got / ideal };
  });
  const mean = (key: keyof RankingFigures) => Number((each.reduce((sum, one) => sum + one[key], 0) / Math.max(1, each.length)).toFixed(4));
  return { first: mean('first'), mrr10: mean('mrr10'), ndcg10: mean('ndcg10') };
}
