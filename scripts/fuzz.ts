/** npm run -s fuzz -- [--inputs 100000] [--from 0] [--only html,pdf] [--seed 1] [--json]: every parser that meets strangers, fed with spoilt input; exit 1 when one crashes, hangs, is surprised or grows. Stopped (Ctrl-C, SIGTERM) it says how far it came; `--from` goes on there. */
import { finish, progress, readArguments } from '../bot/command-line.ts';
import { BadCommand } from '../bot/control.ts';
import { fuzz, isBad, type Result } from './fuzz/run.ts';
import { targets } from './fuzz/targets.ts';

const wholeNumber = (name: string, value: string, least: number): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < least) throw new BadCommand(`--${name} must be a whole number, ${least} or more`);
  return number;
};

await finish(async () => {
  const { values, flags } = readArguments(process.argv.slice(2), { values: ['inputs', 'from', 'only', 'seed'], flags: ['json'] });
  const inputs = wholeNumber('inputs', values['inputs'] ?? '100000', 1);
  const from = wholeNumber('from', values['from'] ?? '0', 0);
  const seed = wholeNumber('seed', values['seed'] ?? '1', 0);
  if (from >= inputs)
    throw new BadCommand(`--from ${from} leaves nothing of --inputs ${inputs}: inputs are numbered from 0 to ${inputs - 1}`);
  const names = targets.map(({ name }) => name);
  const chosen = values['only']?.split(',') ?? names;
  const unknown = chosen.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new BadCommand(`--only names ${unknown.join(', ')}; there are ${names.join(', ')}`);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const results: Result[] = [];
  for (const name of chosen) {
    if (stop.signal.aborted) break;
    const result = await fuzz(name, { from, inputs, seed, stop: stop.signal, progress });
    results.push(result);
    const { taken, refused, surprised, crashes, hangs, slow, rssMb, seconds, next } = result;
    progress(
      `${name}: ${taken} taken, ${refused} refused, ${surprised} surprises, ${crashes.length} crashes, ${hangs.length + slow.length} over 1 s, ${rssMb} MB, ${seconds} s`,
    );
    if (next < inputs)
      progress(`${name} stopped before input ${next}; to go on: --only ${name} --seed ${seed} --from ${next} --inputs ${inputs}`);
  }
  const ok = !results.some(isBad);
  const complete = results.length === chosen.length && results.every(({ next }) => next >= inputs);
  console.log(JSON.stringify({ inputs, from, seed, targets: results, complete, ok }, null, flags.has('json') ? 0 : 2));
  return ok ? 0 : 1;
});
