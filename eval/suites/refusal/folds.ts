/** Calibrations fitted on some of the questions for the others: what a threshold promises on the questions it was found with, it does not keep on new ones. */
import { type CalibrationSample, fitCalibration } from '../../../knowledge/answering/calibrate.ts';
import type { CalibrationModel } from '../../../knowledge/answering/calibration.ts';

const FOLDS = 5;
/** Prime, so that neighbours in a file part. */
const STRIDE = 7919;

export interface FoldedSample extends CalibrationSample {
  /** Passages that answer the question and the one found first: questions that share one stay together. */
  about: string[];
}

export interface Fold {
  /** Fitted from nothing, without the members: the calibration that comes with the project has seen public questions. */
  model: CalibrationModel;
  /** Places among the samples. */
  members: number[];
}

/**
 * Five folds, none of which shares a passage with another. Empty when a fold leaves too few questions to fit on. `borrowed`: of other collections, in every fit
 * but those whose members share a passage with them.
 */
export function fitFolds(samples: FoldedSample[], borrowed: FoldedSample[] = []): Fold[] {
  const groups = groupsOf(samples);
  const foldOf = new Map([...new Set(groups)].map((group, at) => [group, (at * STRIDE) % FOLDS]));
  const folds: Fold[] = [];
  for (let fold = 0; fold < FOLDS; fold++) {
    const isMember = (at: number) => foldOf.get(groups[at]!) === fold;
    const members = [...samples.keys()].filter(isMember);
    const told = new Set(members.flatMap((at) => samples[at]!.about));
    const model = fitCalibration(
      [...samples.filter((_, at) => !isMember(at)), ...borrowed.filter(({ about }) => !about.some((id) => told.has(id)))],
      { prior: null },
    );
    if (!model) return [];
    folds.push({ model, members });
  }
  return folds;
}

/** By sample, the first one that it is linked to through passages. */
function groupsOf(samples: FoldedSample[]): number[] {
  const parents = [...samples.keys()];
  const rootOf = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root]!;
    return root;
  };
  const holders = new Map<string, number>();
  for (const [at, { about }] of samples.entries()) {
    for (const id of about) {
      const holder = holders.get(id);
      if (holder === undefined) holders.set(id, at);
      else parents[Math.max(rootOf(at), rootOf(holder))] = Math.min(rootOf(at), rootOf(holder));
    }
  }
  return parents.map((_, at) => rootOf(at));
}
