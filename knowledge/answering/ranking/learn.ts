/** From a collection's own questions to a re-ranker, and the proof that it helps: questions held back, whose documents it never saw. */
import { createReranker, type TrainingExample, trainReranker } from './reranker.ts';

export interface LabelledExample extends TrainingExample {
  /** Questions of one group (a document) are never split between learning and proof. */
  group: string;
}

export interface HeldBack {
  /** Scores of each example's candidates by a model that never saw its group. */
  scores: Float64Array[];
}

/** Fits `folds` models, each tested on the groups it never saw. Cost: `folds` trainings. */
export function crossValidate(examples: LabelledExample[], folds: number, progress?: (line: string) => void): HeldBack {
  const groups = [...new Set(examples.map(({ group }) => group))].sort();
  const foldOf = new Map(groups.map((group, i) => [group, i % folds]));
  const scores: Float64Array[] = new Array(examples.length);
  for (let fold = 0; fold < folds; fold++) {
    const learning = examples.filter(({ group }) => foldOf.get(group) !== fold);
    progress?.(`fold ${fold + 1} of ${folds}: ${learning.length} questions to learn from`);
    const reranker = createReranker(trainReranker(learning));
    for (const [i, example] of examples.entries()) if (foldOf.get(example.group) === fold) scores[i] = reranker.score(example.features);
  }
  return { scores };
}

/** Places of the candidates, best first; equal scores keep the order of the hand-set weights. */
export function orderBy(scores: Float64Array): number[] {
  return [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}
