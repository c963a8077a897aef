/**
 * Fits the calibrations that come with the project, each from the sets that RECIPES names, and says what it reaches on the questions it was fitted on and on
 * those left out. `default` needs the public sets (`--data`); `demo` needs the project's own files only. With `--write` the file that ships is replaced.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { BadCommand } from '../../bot/control.ts';
import { type BandShares, fitCalibration } from '../../knowledge/answering/calibrate.ts';
import { type CalibrationModel, MODEL, SIGNALS } from '../../knowledge/answering/calibration.ts';
import { EVIDENCE } from '../../knowledge/answering/passage-evidence.ts';
import { readCorpus, readQuestions } from '../corpus.ts';
import { openDemo } from '../demo-town.ts';
import { openEngine } from '../engine.ts';
import { askDevelopment } from './calibrate/development.ts';
import type { Suite, SuiteArguments } from './contract.ts';
import { ANSWERABLE, askAll, type Asked, figuresOf, readAsked } from './refusal.ts';
import { fitFolds, type FoldedSample } from './refusal/folds.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** What a question of another collection counts, beside 1 for those of the public one; chosen on questions left out (docs/decisions/0003-refusal.md). */
const WEIGHTS = { plainPublic: 0.15, demoLong: 0.3, demoPlain: 0.6 };
const DIGITS = 4;

type Result = Record<string, unknown>;

const RECIPES: Record<string, { file: string; fit(args: SuiteArguments): Promise<{ model: CalibrationModel; figures: Result }> }> = {
  default: { file: 'knowledge/answering/calibration.json', fit: fitDefault },
  demo: { file: 'knowledge/demo/calibration.json', fit: fitDemo },
};

const suite: Suite = {
  files: 1,
  values: ['data'],
  flags: ['write'],
  usage: 'eval -- calibrate default|demo [--data FOLDER] [--write]',
  async run(args) {
    const recipe = RECIPES[args.files?.[0] ?? ''];
    if (!recipe) throw new BadCommand(`"${args.files?.[0]}" is no calibration of the project: ${suite.usage}`);
    const { model, figures } = await recipe.fit(args);
    const shipped = rounded(model);
    if (args.flags.has('write')) writeFileSync(path.join(root, recipe.file), `${JSON.stringify(shipped, null, 2)}\n`);
    return { file: recipe.file, written: args.flags.has('write'), ...shipped, ...figures };
  },
};
export default suite;

/** From nothing: 150 answerable and 180 unanswerable public questions, plain public ones, the demo's development questions. */
async function fitDefault(args: SuiteArguments): Promise<{ model: CalibrationModel; figures: Result }> {
  const data = path.resolve(args.values['data'] ?? path.join(root, '../shared/data'));
  const file = (name: string) => path.join(data, name);
  const engine = await openEngine(await readCorpus(file('colloq-it/corpus.jsonl')), args.progress);
  const asked = await readAsked(file('colloq-it/queries.jsonl'), file('noanswer-it/queries.jsonl'));
  const own = (await askAll(engine, asked)).map(({ sample }) => sample);
  const faq = await openEngine(await readCorpus(file('faq-it/corpus.jsonl')), args.progress);
  const plain: Asked[] = (await readQuestions(file('faq-it/queries.jsonl'))).map((question) => ({ question, kind: ANSWERABLE }));
  const town = await askTown(args);
  const borrowed = [
    ...(await askAll(faq, plain)).map(({ sample }) => ({ ...sample, weight: WEIGHTS.plainPublic })),
    ...town.long.map((sample) => ({ ...sample, weight: WEIGHTS.demoLong })),
    ...town.plain.map((sample) => ({ ...sample, weight: WEIGHTS.demoPlain })),
  ];
  const model = fitCalibration([...own, ...borrowed], { prior: null });
  if (!model) throw new BadCommand('too few questions to fit on');
  engine.calibrate(rounded(model));
  const fitted = await askAll(engine, asked);
  const leftOut = [];
  for (const fold of fitFolds(own, borrowed)) {
    engine.calibrate(fold.model);
    leftOut.push(
      ...(await askAll(
        engine,
        fold.members.map((at) => asked[at]!),
      )),
    );
  }
  const of = (cases: typeof fitted) => figuresOf(cases.map(({ one }) => one));
  return { model, figures: { samples: { own: own.length, borrowed: borrowed.length }, inSample: of(fitted), outOfSample: of(leftOut) } };
}

/** The demo's questions are harder to tell from those that it does not answer than the public ones are. */
const DEMO_SHARES: BandShares = { refused: 0.03, answered: 0.75, wrong: 0.13 };

/** From the default, moved as far as the demo's development questions say. What ships for the demo is older and reads other languages better (docs/decisions/0003-refusal.md). */
async function fitDemo(args: SuiteArguments): Promise<{ model: CalibrationModel; figures: Result }> {
  const { long, plain } = await askTown(args);
  const model = fitCalibration([...long, ...plain], { prior: MODEL, shares: DEMO_SHARES });
  if (!model) throw new BadCommand('too few questions to fit on');
  return { model, figures: { samples: { long: long.length, plain: plain.length } } };
}

async function askTown(args: SuiteArguments): Promise<{ long: FoldedSample[]; plain: FoldedSample[] }> {
  const town = await openDemo(args.progress);
  try {
    return {
      long: await askDevelopment(town, ['development-questions.jsonl', 'development-unanswerable.jsonl']),
      plain: await askDevelopment(town, ['development-plain.jsonl']),
    };
  } finally {
    await town.close();
  }
}

/** As it is written: a weight of a hair's breadth is none. */
function rounded({ bias, weights, bands, passages }: CalibrationModel): CalibrationModel {
  const round = (value: number) => Number(value.toFixed(DIGITS));
  const kept = <Name extends string>(names: readonly Name[], of: Partial<Record<Name, number>>) =>
    Object.fromEntries(names.map((name) => [name, round(of[name] ?? 0)] as const).filter(([, weight]) => weight !== 0)) as Partial<
      Record<Name, number>
    >;
  return {
    bias: round(bias),
    weights: kept(SIGNALS, weights),
    bands: { refuse: round(bands.refuse), answer: round(bands.answer) },
    ...(passages ? { passages: { bias: round(passages.bias), weights: kept(EVIDENCE, passages.weights) } } : {}),
  };
}
