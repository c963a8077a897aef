/** Refusal: are questions that no passage answers told from those that one does? Bands as they are, and the whole curve of one moving threshold. */
import { z } from 'zod';
import { BadCommand } from '../../bot/control.ts';
import type { Answer } from '../../knowledge/answering/question.ts';
import { type EvalQuestion, readCorpus, readLines, readQuestions } from '../corpus.ts';
import { asCitizen, type Engine, openEngine } from '../engine.ts';
import { auroc, refusalCurve, round } from '../metrics.ts';
import type { Suite, SuiteArguments } from './contract.ts';

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

const kindLine = z.object({ id: z.string(), kind: z.string().default('other') });

const suite: Suite = {
  values: ['corpus', 'answerable', 'unanswerable'],
  flags: [],
  usage: 'eval -- refusal --corpus F --answerable F --unanswerable F [--out F]',
  async run(args) {
    const { corpus, answerable, unanswerable } = args.values;
    if (!corpus || !answerable || !unanswerable) throw new BadCommand(`three files are needed: ${suite.usage}`);
    const engine = await openEngine(await readCorpus(corpus), args.progress);
    const kinds = new Map(readLines(unanswerable, kindLine).map(({ id, kind }) => [id, kind]));
    const yes = await askAll(engine, await readQuestions(answerable), () => 'answerable', args);
    const no = await askAll(engine, await readQuestions(unanswerable), (id) => kinds.get(id) ?? 'other', args);
    return refusalFigures(yes, no);
  },
};
export default suite;

async function askAll(
  engine: Engine,
  questions: EvalQuestion[],
  kindOf: (id: string) => string,
  args: SuiteArguments,
): Promise<RefusalCase[]> {
  const cases: RefusalCase[] = [];
  for (const question of questions) {
    const asked = asCitizen(question);
    const { confidence, understood } = await engine.answering.steps(asked);
    const answer = await engine.answering.answer(asked);
    const one = caseOf(question.id, kindOf(question.id), answer, understood.kind === 'question' ? confidence.p : 0, question.relevant);
    cases.push(one);
    args.out({ id: one.id, outcome: one.outcome, p: one.p, cited: one.cited, text: one.text });
  }
  return cases;
}

export function caseOf(id: string, kind: string, answer: Answer, p: number, relevant: string[]): RefusalCase {
  const cited = answer.citations.map(({ passageId }) => passageId);
  const outcome = answer.outcome === 'answered' ? 'answered' : answer.outcome === 'clarify' ? 'clarified' : 'refused';
  return { id, kind, outcome, p, cited, text: answer.text, right: cited.some((one) => relevant.includes(one)) };
}

/** CONTRACT.md, `eval -- refusal`. */
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
