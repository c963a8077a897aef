/** Every suite on the project's own datasets: one report for people, one gate for CI. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { flatten, gateFailures, writeReport } from '../report.ts';
import type { Suite, SuiteArguments } from './contract.ts';

const here = import.meta.dirname;
const datasets = path.resolve(here, '../datasets');
const gateFile = z.record(z.string(), z.object({ min: z.number().optional(), max: z.number().optional() }));

/** Suites with the files that the project brings for them. */
const RUNS: { suite: string; as?: string; values: Record<string, string> }[] = [
  { suite: 'demo', values: {} },
  { suite: 'routing', values: { utterances: 'routing.jsonl' } },
  { suite: 'dates', values: { phrases: 'dates.jsonl' } },
  { suite: 'dialogs', values: { scripts: 'dialogs.jsonl' } },
  { suite: 'safety', values: { injection: 'red-team.jsonl', pii: 'red-team.jsonl', xss: 'xss.jsonl' } },
  { suite: 'safety', as: 'ownLines', values: { pii: 'pii.jsonl' } },
];

const suite: Suite = {
  values: ['report'],
  flags: ['gate'],
  usage: 'eval -- all [--gate] [--report FOLDER] [--out F]',
  async run(args) {
    const built = readdirSync(here);
    const results: Record<string, Record<string, unknown>> = {};
    for (const { suite: name, as = name, values } of RUNS) {
      const files = Object.entries(values).map(([key, file]) => [key, path.join(datasets, file)] as const);
      if (!built.includes(`${name}.ts`) || files.some(([, file]) => !existsSync(file))) {
        args.progress(`${name}: left out, not built here`);
        continue;
      }
      args.progress(`${as} …`);
      const one = ((await import(`./${name}.ts`)) as { default: Suite }).default;
      results[as] = await one.run({ ...args, values: Object.fromEntries(files), flags: new Set(), out: named(args, as) });
    }
    const figures = flatten(results);
    const gate = gateFile.parse(JSON.parse(readFileSync(path.join(here, '../gate.json'), 'utf8')));
    const failures = gateFailures(figures, gate);
    const folder = path.resolve(args.values['report'] ?? 'eval/runs/latest');
    mkdirSync(folder, { recursive: true });
    writeReport(folder, { results, figures, gate, failures });
    writeFileSync(path.join(folder, 'aggregate.json'), `${JSON.stringify(results, null, 2)}\n`);
    args.progress(`report: ${path.join(folder, 'report.md')}`);
    return {
      ...results,
      gate: { checked: Object.keys(gate).length, failures },
      ...(args.flags.has('gate') && failures.length > 0 ? { failed: true } : {}),
    };
  },
};
export default suite;

function named(args: SuiteArguments, name: string): SuiteArguments['out'] {
  return (line) => args.out({ suite: name, ...line });
}
