/** Refusal: are questions that no passage answers told from those that one does? Bands as they are, and the whole curve of one moving threshold. */
import { z } from 'zod';
import { BadCommand } from '../../bot/control.ts';
import type { Confidence } from '../../knowledge/answering/confidence.ts';
import type { Answer, RankedPassage } from '../../knowledge/answering/question.ts';
import { type EvalQuestion, readCorpus, readLines, readQuestions } from '../corpus.ts';
import { asCitizen, type Engine, openEngine } from '../engine.ts';
import { auroc, refusalCurve, round } from '../metrics.ts';
import type { Suite } from './contract.ts';
import { fitFolds, type FoldedSample } from './refusal/folds.ts';

type Outcome = 'answered' | 'clarified' | 'refused';

export interface RefusalCase {
  id: string;
  kind: string;
  outcome: Outcome;
  p: number;
  cited: string[];
  text: string;
  right: boolean;
}

/** What a calibration is fitted on, beside the case. */
export interface Weighed {
  one: RefusalCase;
  sample: FoldedSample;
}

const kindLine = z.object({ id: z.string(), kind: z.string().default('other') });

const suite: Suite = {
  values: ['corpus', 'answerable', 'unanswerable'],
  flags: [],
  usage: 'eval -- refusal --corpus F --answerable F --unanswerable F [--out F]',
  async run(args) {
    const { corpus, answerable, unanswerable } = args.values;
    if (!corpus || !answerable || !unanswerable) throw new BadCommand(`three files are needed: ${suite.usage}`);
    const engine = await openEngine(await readCorpus(corpus), args.progress);
    const asked = await readAsked(answerable, unanswerable);
    const cases = await askAll(engine, asked);
    for (const { one } of cases) args.out({ id: one.id, outcome: one.outcome, p: one.p, cited: one.cited, text: one.text });
    const figures = figuresOf(cases.map(({ one }) => one));
    const leftOut: RefusalCase[] = [];
    const folds = fitFolds(cases.map(({ sample }) => sample));
    for (const { model, members } of folds) {
      engine.calibrate(model);
      const again = await askAll(
        engine,
        members.map((at) => asked[at]!),
      );
      leftOut.push(...again.map(({ one }) => one));
    }
    return folds.length === 0 ? figures : { ...figures, outOfSample: { folds: folds.length, ...figuresOf(leftOut) } };
  },
};
export default suite;

export const ANSWERABLE = 'answerable';

export interface Asked {
  question: EvalQuestion;
  kind: string;
}

/** The answerable questions, then the others with their kind. */
export async function readAsked(answerable: string, unanswerable: string): Promise<Asked[]> {
  const kinds = new Map(readLines(unanswerable, kindLine).map(({ id, kind }) => [id, kind]));
  return [
    ...(await readQuestions(answerable)).map((question) => ({ question, kind: ANSWERABLE })),
    ...(await readQuestions(unanswerable)).map((question) => ({ question, kind: kinds.get(question.id) ?? 'other' })),
  ];
}

/** Each question through the whole chain, by the calibration in force. */
export async function askAll({ answering }: Pick<Engine, 'answering'>, asked: Asked[]): Promise<Weighed[]> {
  const cases: Weighed[] = [];
  for (const { question, kind } of asked) {
    const sent = asCitizen(question);
    const { confidence, understood, passages } = await answering.steps(sent);
    const answer = await answering.answer(sent);
    const one = caseOf(question.id, kind, answer, understood.kind === 'question' ? confidence.p : 0, question.relevant);
    cases.push({ one, sample: sampleOf(confidence, passages, question.relevant) });
  }
  return cases;
}

/** `relevant`: ids of the passages that answer; none = nothing does. */
export function sampleOf({ signals, evidence }: Confidence, passages: RankedPassage[], relevant: string[]): FoldedSample {
  const ids = passages.map(({ passage }) => passage.id);
  return {
    signals: signals(),
    answerable: relevant.length > 0,
    about: [...relevant, ...ids.slice(0, 1)],
    passages: evidence().map((row, i) => ({ evidence: row, answers: relevant.includes(ids[i] as string) })),
  };
}

export function figuresOf(cases: RefusalCase[]): Record<string, unknown> {
  return refusalFigures(
    cases.filter(({ kind }) => kind === ANSWERABLE),
    cases.filter(({ kind }) => kind !== ANSWERABLE),
  );
}

export function caseOf(id: string, kind: string, answer: Answer, p: number, relevant: string[]): RefusalCase {
  const cited = answer.citations.map(({ passageId }) => passageId);
  const outcome = answer.outcome === 'answered' ? 'answered' : answer.outcome === 'clarify' ? 'clarified' : 'refused';
  return { id, kind, outcome, p, cited, text: answer.text, right: cited.some((one) => relevant.includes(one)) };
}

/** CONTRACT.md, `eval -- refusal`; the suite adds `outOfSample`, the same figures with each question answered by a calibration that saw none about its passages. */
export function refusalFigures(yes: RefusalCase[], no: RefusalCase[]): Record<string, unknown> {
  const byKind: Record<string, unknown> = {};
  for (const kind of [...new Set(no.map((one) => one.kind))].sort()) {
    const of = no.filter((one) => one.kind === kind);
    byKind[kind] = { ...outcomes(of), auroc: round(auroc(probabilities(yes), probabilities(of)), 4) };
  }
  return {
    answerable: outcomes(yes),
    unanswerable: { ...outcomes(no), byKind },
    wrongAnswers: round(yes.filter(({ outcome, right }) => outcome === 'answered' && !right).length / Math.max(1, yes.length), 4),
    auroc: round(auroc(probabilities(yes), probabilities(no)), 4),
    curve: refusalCurve(probabilities(yes), probabilities(no)),
  };
}

function probabilities(cases: RefusalCase[]): number[] {
  return cases.map(({ p }) => p);
}

function outcomes(cases: RefusalCase[]): Record<string, number> {
  const share = (outcome: Outcome) => round(cases.filter((one) => one.outcome === outcome).length / Math.max(1, cases.length), 4);
  return { n: cases.length, answered: share('answered'), clarified: share('clarified'), refused: share('refused') };
}
