/** Routing: what a citizen's message wants, told from its words. One label a message; figures by label, and which is taken for which. */
import { z } from 'zod';
import { BadCommand } from '../../bot/control.ts';
import { INTENTS, type Intent } from '../../knowledge/answering/routing/intent.ts';
import { routeUtterance } from '../../knowledge/answering/routing/route.ts';
import { readLines } from '../corpus.ts';
import { mean, resampledInterval, round } from '../metrics.ts';
import type { Suite } from './contract.ts';

const line = z.object({ id: z.string(), text: z.string(), lang: z.string().optional(), intent: z.enum(INTENTS) });

export interface Routed {
  wanted: Intent;
  got: Intent;
}

const suite: Suite = {
  values: ['utterances'],
  flags: [],
  usage: 'eval -- routing --utterances F [--out F]',
  async run(args) {
    const file = args.values['utterances'];
    if (!file) throw new BadCommand(`--utterances is missing: ${suite.usage}`);
    const cases: Routed[] = [];
    for (const { id, text, intent } of readLines(file, line)) {
      const { intent: got } = routeUtterance(text);
      cases.push({ wanted: intent, got });
      args.out({ id, intent: got });
    }
    return routingFigures(cases);
  },
};
export default suite;

/** CONTRACT.md, `eval -- routing`. Labels that were neither wanted nor given are left out; `macroF1Interval` is bootstrapped. */
export function routingFigures(cases: Routed[]): Record<string, unknown> {
  const perIntent: Record<string, unknown> = {};
  const confusions: Record<string, Record<string, number>> = {};
  for (const intent of present(cases)) {
    const { precision, recall, f1, n } = figuresOf(cases, intent);
    perIntent[intent] = { precision: round(precision, 4), recall: round(recall, 4), f1: round(f1, 4), n };
  }
  for (const { wanted, got } of cases) {
    if (wanted === got) continue;
    const row = confusions[wanted] ?? {};
    confusions[wanted] = { ...row, [got]: (row[got] ?? 0) + 1 };
  }
  return {
    n: cases.length,
    accuracy: round(mean(cases.map(({ wanted, got }) => (wanted === got ? 1 : 0))), 4),
    macroF1: round(macroF1(cases), 4),
    macroF1Interval: resampledInterval(cases, macroF1),
    perIntent,
    confusions,
  };
}

function macroF1(cases: Routed[]): number {
  return mean(present(cases).map((intent) => figuresOf(cases, intent).f1));
}

function present(cases: Routed[]): Intent[] {
  const seen = new Set(cases.map(({ wanted }) => wanted));
  return INTENTS.filter((intent) => seen.has(intent));
}

function figuresOf(cases: Routed[], intent: Intent): { precision: number; recall: number; f1: number; n: number } {
  let right = 0;
  let given = 0;
  let n = 0;
  for (const { wanted, got } of cases) {
    if (wanted === intent) n++;
    if (got === intent) given++;
    if (wanted === intent && got === intent) right++;
  }
  return { precision: right / Math.max(1, given), recall: right / Math.max(1, n), f1: (2 * right) / Math.max(1, given + n), n };
}
