/** What changed between two runs of one suite: the cases that flipped, by name, and a paired interval of the difference. */
import { z } from 'zod';
import { readLines } from '../corpus.ts';
import { pairedInterval, retrievalFigures, round } from '../metrics.ts';
import type { Suite } from './contract.ts';

const line = z.looseObject({ id: z.string() });
type Line = z.infer<typeof line>;

const suite: Suite = {
  files: 2,
  values: [],
  flags: [],
  usage: 'eval -- diff A B (two files written with --out)',
  async run({ files: [first = '', second = ''] = [] }) {
    const before = new Map(readLines(first, line).map((one) => [one.id, one]));
    const after = new Map(readLines(second, line).map((one) => [one.id, one]));
    const common = [...before.keys()].filter((id) => after.has(id));
    const flipped = common
      .map((id) => ({ id, before: verdictOf(before.get(id) as Line), after: verdictOf(after.get(id) as Line) }))
      .filter((one) => one.before !== one.after);
    const scored = common.filter((id) => typeof before.get(id)?.['right'] === 'boolean' && typeof after.get(id)?.['right'] === 'boolean');
    const gains = scored.map((id) => Number(after.get(id)?.['right']) - Number(before.get(id)?.['right']));
    const overlap = common.flatMap((id) => sameTop(before.get(id) as Line, after.get(id) as Line) ?? []);
    return {
      n: common.length,
      onlyBefore: [...before.keys()].filter((id) => !after.has(id)),
      onlyAfter: [...after.keys()].filter((id) => !before.has(id)),
      flipped,
      ...(gains.length > 0 ? { rightDifference: pairedInterval(gains) } : {}),
      ...(overlap.length > 0 ? { sameOrder: round(overlap.reduce((sum, value) => sum + value, 0) / overlap.length, 4) } : {}),
    };
  },
};
export default suite;

/** What a case came to, in one word. */
function verdictOf(one: Line): string {
  const outcome = String(one['outcome'] ?? one['intent'] ?? one['date'] ?? (Array.isArray(one['ranked']) ? one['ranked'][0] : ''));
  return typeof one['right'] === 'boolean' ? `${outcome} ${one['right'] ? 'right' : 'not right'}` : outcome;
}

/** nDCG of the new ranking with the old top ten as what is wanted. */
function sameTop(before: Line, after: Line): number | null {
  const [a, b] = [before['ranked'], after['ranked']];
  return Array.isArray(a) && Array.isArray(b) && a.length > 0 ? retrievalFigures(b as string[], (a as string[]).slice(0, 10)).ndcg10 : null;
}
