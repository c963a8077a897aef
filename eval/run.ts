/** npm run -s eval -- SUITE …: tells whether it is good enough. Prints one JSON value on stdout; exit 1 when a gate fails, 2 when it could not run. */
import { createWriteStream, readdirSync } from 'node:fs';
import { BadCommand } from '../bot/control.ts';
import { finish, readArguments } from '../bot/command-line.ts';
import type { Suite } from './suites/contract.ts';

await finish(async () => {
  const [name = '', ...argv] = process.argv.slice(2);
  const legal = readdirSync(new URL('suites/', import.meta.url))
    .filter((file) => file.endsWith('.ts') && !/contract|\.test\./.test(file))
    .map((file) => file.slice(0, -3));
  if (!legal.includes(name)) throw new BadCommand(`"${name}" is not a suite; there are: ${legal.join(', ')}`);
  const suite = ((await import(`./suites/${name}.ts`)) as { default: Suite }).default;
  const { rest, values, flags } = readArguments(argv, { values: [...suite.values, 'out'], flags: [...suite.flags, 'json'] });
  if (rest.length !== (suite.files ?? 0))
    throw new BadCommand(`${rest.length === 0 ? 'files are missing' : `"${rest[0]}" is not expected here`}: ${suite.usage}`);
  const file = values['out'] ? createWriteStream(values['out']) : null;
  const result = await suite.run({
    files: rest,
    values,
    flags,
    progress: (line) => process.stderr.write(`${line}\n`),
    out: (line) => void file?.write(`${JSON.stringify(line)}\n`),
  });
  if (file) await new Promise<void>((resolve) => file.end(() => resolve()));
  console.log(JSON.stringify(result));
  return result['failed'] ? 1 : 0;
});
