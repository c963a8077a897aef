/** Every fault that can be brought about on one machine, one after another: what must hold, and whether it did. */
import type { Case } from './bench/chaos/case.ts';
import { Skipped } from './bench/chaos/case.ts';
import { cutCases } from './bench/chaos/cuts.ts';
import { awayCases } from './bench/chaos/services-away.ts';
import { machineCases } from './bench/chaos/machine.ts';
import { postgresCases } from './bench/chaos/postgres.ts';
import { processCases } from './bench/chaos/processes.ts';
import { turnCases } from './bench/chaos/turns.ts';
import { endAll } from './bench/server-process.ts';

/** What a case may take before it counts as failed; some of the full ones send ten thousand messages. */
const BOUND_S = { quick: 180, full: 2_400 };
/** For a case to clean up behind itself. */
const UNWIND_MS = 20_000;

export const CASES: Case[] = [...turnCases, ...processCases, ...machineCases, ...awayCases, ...postgresCases, ...cutCases].sort((a, b) =>
  a.id < b.id ? -1 : 1,
);

/** Cases of the list that other commands try. */
export const ELSEWHERE: Record<string, string> = {
  'R-10, slow, broken, emptied or of another shape':
    'npx vitest run --config .ci/vitest.config.ts knowledge/indexes/qdrant.test.ts knowledge/indexes/qdrant',
  'R-12': 'npx vitest run --config .ci/vitest.config.ts connectors/bookings/caldav.test.ts',
  'R-13': 'npm run -s bench -- slots',
  'R-14': 'npm run -s bench -- turns --pages 10000',
  'R-15': 'npm run -s bench -- peak',
  'R-16': 'npm run -s bench -- soak',
  'R-17': 'npx vitest run --config .ci/vitest.config.ts scripts/commands.test.ts',
  'R-18': 'npx vitest run --config .ci/vitest.config.ts bot/desk',
  'R-19': 'npm run -s bench -- publish',
};

export interface ChaosFigures {
  cases: { id: string; name: string; outcome: 'passed' | 'failed' | 'skipped'; says: string; seconds: number }[];
  failed: string[];
  elsewhere: Record<string, string>;
}

export interface ChaosOptions {
  quick: boolean;
  /** Ids to run; absent = all. */
  only?: string[];
  progress(line: string): void;
}

export async function benchChaos({ quick, only, progress }: ChaosOptions): Promise<ChaosFigures> {
  const cases: ChaosFigures['cases'] = [];
  for (const one of CASES.filter(({ id }) => !only || only.includes(id))) {
    progress(`${one.id} ${one.name} …`);
    const began = performance.now();
    const [outcome, says] = await bounded((signal) => one.run({ quick, progress, signal }), quick ? BOUND_S.quick : BOUND_S.full).then(
      (words) => ['passed', words] as const,
      (error: unknown) =>
        [error instanceof Skipped ? 'skipped' : 'failed', error instanceof Error ? error.message : String(error)] as const,
    );
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    cases.push({ id: one.id, name: one.name, outcome, says, seconds });
    progress(`${one.id} ${outcome} in ${seconds} s: ${says}`);
  }
  return { cases, failed: cases.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id), elsewhere: ELSEWHERE };
}

/** A case that does not end loses its servers, has a while to clean up, and counts as failed, with what it can say of itself. */
async function bounded(run: (signal: AbortSignal) => Promise<string>, seconds: number): Promise<string> {
  const over = new AbortController();
  const running = run(over.signal);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), seconds * 1000);
  });
  const first = await Promise.race([running, late]).finally(() => clearTimeout(timer));
  if (first !== 'late') return first;
  const unwound = running.then(
    () => '',
    (error: Error) => `: ${error.message}`,
  );
  over.abort(new Error('no longer waited for'));
  await endAll();
  const says = await Promise.race([unwound, new Promise<string>((resolve) => setTimeout(() => resolve(''), UNWIND_MS).unref())]);
  throw new Error(`not over after ${seconds} s${says}`);
}
