/** From a collection's own questions to a re-ranker, and the proof that it helps: questions held back, whose documents it never saw. */
import type { TrainingExample } from './listwise.ts';
import { createReranker, trainReranker } from './reranker.ts';

export interface LabelledExample extends TrainingExample {
  /** Its document, its conversation, its right passages: questions that share any of them are never split between learning and proof. */
  groups: string[];
}

export interface HeldBack {
  /** Scores of each example's candidates by a model that never saw its group. */
  scores: Float64Array[];
}

/** Fits `folds` models, each tested on the groups it never saw. Cost: `folds` trainings. */
export function crossValidate(examples: LabelledExample[], folds: number, progress?: (line: string) => void): HeldBack {
  const foldOf = foldsFor(
    examples.map(({ groups }) => groups),
    folds,
  );
  const scores: Float64Array[] = new Array(examples.length);
  for (let fold = 0; fold < folds; fold++) {
    const learning = examples.filter((_, i) => foldOf[i] !== fold);
    progress?.(`fold ${fold + 1} of ${folds}: ${learning.length} questions to learn from`);
    const reranker = createReranker(trainReranker(learning));
    for (const [i, example] of examples.entries()) if (foldOf[i] === fold) scores[i] = reranker.score(example.features);
  }
  return { scores };
}

/** The fold of each question, by what it belongs to. O(n log n). */
export function foldsFor(groups: string[][], folds: number): number[] {
  const families = familiesOf(groups);
  const foldOf = dealOut(families, folds);
  return families.map((family) => foldOf.get(family) ?? 0);
}

/** The largest first, each to the fold that holds least: folds are of one size, though groups are not. */
function dealOut(group: string[], folds: number): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const name of group) sizes.set(name, (sizes.get(name) ?? 0) + 1);
  const filled: number[] = new Array(folds).fill(0);
  const foldOf = new Map<string, number>();
  for (const [name, size] of [...sizes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))) {
    const fold = filled.indexOf(Math.min(...filled));
    foldOf.set(name, fold);
    filled[fold] = (filled[fold] as number) + size;
  }
  return foldOf;
}

/** One name for all that hang together, directly or through others. */
function familiesOf(members: string[][]): string[] {
  const parent = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(name, root);
    return root;
  };
  for (const [first = '', ...others] of members) for (const other of others) parent.set(rootOf(other), rootOf(first));
  return members.map(([first = '']) => rootOf(first));
}

/** Places of the candidates, best first; equal scores keep the order of the hand-set weights. */
export function orderBy(scores: Float64Array): number[] {
  return [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number) || a - b);
}
