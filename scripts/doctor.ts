/** npm run doctor [-- --json]: checks settings, machine, database, server, index and channels; each line says ok, or what is wrong and what to do. Status 1 when something is wrong. */
import path from 'node:path';
import { finish, readArguments } from '../bot/command-line.ts';
import { BadCommand } from '../bot/control.ts';
import { examine } from '../bot/operation/doctor.ts';
import { readEnvironment } from '../bot/environment.ts';

await finish(async () => {
  const { rest, flags } = readArguments(process.argv.slice(2), { flags: ['json'] });
  if (rest.length > 0) throw new BadCommand('doctor takes no argument but --json');
  const findings = await examine(readEnvironment(), path.resolve('.env'));
  const healthy = findings.every(({ state }) => state !== 'wrong');
  if (flags.has('json')) console.log(JSON.stringify({ healthy, findings }));
  else
    for (const { state, name, says, todo } of findings)
      console.log(`${state.padEnd(8)} ${name.padEnd(14)} ${says}${todo ? `\n${' '.repeat(24)}→ ${todo}` : ''}`);
  return healthy ? 0 : 1;
});
