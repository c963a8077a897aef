/** Answering: is every sentence held by a passage it cites, with its amounts and dates; is the right passage cited; is it short and readable? */
import { BadCommand } from '../../bot/control.ts';
import type { Answer, DraftSentence, Passage, Question } from '../../knowledge/answering/question.ts';
import { questionsIn } from '../../knowledge/answering/understanding/compound.ts';
import { type EvalQuestion, readCorpus, readQuestions } from '../corpus.ts';
import { asCitizen, type Engine, openEngine } from '../engine.ts';
import { mean, percentile, round } from '../metrics.ts';
import { factsIn, gulpease, isSupported } from '../text.ts';
import type { Suite, SuiteArguments } from './contract.ts';

const suite: Suite = {
  values: ['corpus', 'queries'],
  flags: [],
  usage: 'eval -- answering --corpus F --queries F [--out F]',
  async run(args) {
    const { corpus, queries } = args.values;
    if (!corpus || !queries) throw new BadCommand(`--corpus and --queries are needed: ${suite.usage}`);
    const engine = await openEngine(await readCorpus(corpus), args.progress);
    const questions = (await readQuestions(queries)).filter((question) => question.relevant.length > 0);
    return answeringFigures(await Promise.all(questions.map((question) => answerOne(engine, question, args))));
  },
};
export default suite;

export interface AnsweredCase {
  answered: boolean;
  sentences: number;
  supported: number;
  /** Sentences for which some citation stands. */
  withCitation: number;
  unsupportedFacts: number;
  quotesNotFound: number;
  citations: number;
  /** Citations whose passage supports a sentence. */
  useful: number;
  citedRelevant: boolean;
  gulpease: number;
  words: number;
}

async function answerOne(engine: Engine, question: EvalQuestion, args: SuiteArguments): Promise<AnsweredCase> {
  const asked = asCitizen(question);
  const answer = await engine.answering.answer(asked);
  const sentences = await draftedFor(engine, asked, answer);
  const passageOf = (id: string) => engine.index.collection.get(id)?.passage;
  args.out({ id: question.id, outcome: answer.outcome, cited: answer.citations.map(({ passageId }) => passageId), text: answer.text });
  return judge(answer, sentences, question.relevant, passageOf);
}

/** Of a message that asks several things at once each part has a draft of its own, and those that are refused show none. */
async function draftedFor(engine: Engine, asked: Question, answer: Answer): Promise<DraftSentence[]> {
  const parts = questionsIn(asked.text);
  if (parts.length < 2) return (await engine.answering.steps(asked)).grounded.sentences;
  const history = [...asked.history];
  const sentences: DraftSentence[] = [];
  for (const text of parts) {
    sentences.push(...(await engine.answering.steps({ ...asked, text, history: [...history] })).grounded.sentences);
    history.push({ role: 'citizen', text });
  }
  return sentences.filter(({ passageId }) => answer.citations.some((citation) => citation.passageId === passageId));
}

/** Checks one answer against the stored passages, by rules of its own. */
export function judge(
  answer: Answer,
  sentences: DraftSentence[],
  relevant: string[],
  passageOf: (id: string) => Passage | undefined,
): AnsweredCase {
  const answered = answer.outcome === 'answered';
  const shown = answered ? sentences : [];
  const cited = answer.citations.flatMap(({ passageId }) => passageOf(passageId) ?? []);
  const wholes = cited.map((passage) => `${passage.title}\n${passage.headings.join('\n')}\n${passage.text}`);
  const supporters = shown.map(({ text }) => cited.filter((passage) => isSupported(text, passage.text, passage.lang)));
  const facts = shown.flatMap(({ text }) => factsIn(text));
  const text = shown.map((sentence) => sentence.text).join('\n');
  return {
    answered,
    sentences: shown.length,
    supported: supporters.filter((found) => found.length > 0).length,
    withCitation: shown.filter((sentence, i) => supporters[i]?.some(({ id }) => id === sentence.passageId)).length,
    unsupportedFacts: facts.filter((fact) => !wholes.some((whole) => factsIn(whole).includes(fact))).length,
    quotesNotFound: answer.citations.filter(({ passageId, quote }) => !passageOf(passageId)?.text.includes(quote)).length,
    citations: cited.length,
    useful: cited.filter((passage) => supporters.some((found) => found.includes(passage))).length,
    citedRelevant: answer.citations.some(({ passageId }) => relevant.includes(passageId)),
    gulpease: gulpease(text),
    words: text.split(/\s+/).filter(Boolean).length,
  };
}

/** CONTRACT.md, `eval -- answering`. */
export function answeringFigures(cases: AnsweredCase[]): Record<string, number> {
  const answered = cases.filter((one) => one.answered);
  const sum = (value: (one: AnsweredCase) => number) => answered.reduce((total, one) => total + value(one), 0);
  const sentences = sum((one) => one.sentences);
  return {
    n: cases.length,
    answered: answered.length,
    sentences,
    supportedSentences: sum((one) => one.supported),
    unsupportedFacts: sum((one) => one.unsupportedFacts),
    quotesNotFound: sum((one) => one.quotesNotFound),
    citationPrecision: round(
      sum((one) => one.useful) /
        Math.max(
          1,
          sum((one) => one.citations),
        ),
      4,
    ),
    citationRecall: round(sum((one) => one.withCitation) / Math.max(1, sentences), 4),
    citedRelevant: round(answered.filter((one) => one.citedRelevant).length / Math.max(1, answered.length), 4),
    gulpease: round(mean(answered.map((one) => one.gulpease)), 1),
    medianWords: percentile(
      answered.map((one) => one.words),
      0.5,
    ),
  };
}
