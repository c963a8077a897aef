/** npm run back-up -- FILE: a consistent copy of database and uploads in one file, while the server runs. */
import path from 'node:path';
import { BadCommand } from '../bot/control.ts';
import { finish, readArguments } from '../bot/command-line.ts';
import { runCommand } from './run-command.ts';

await finish(async () => {
  const { rest } = readArguments(process.argv.slice(2), { flags: ['json'] });
  if (rest.length !== 1) throw new BadCommand('Name one file: npm run back-up -- sportello-2026-11-25.zip');
  console.log(JSON.stringify(await runCommand('back-up', { file: path.resolve(rest[0] ?? '') })));
  return 0;
});
