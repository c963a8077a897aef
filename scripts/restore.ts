/** npm run restore -- FILE [--force]: puts a back-up in DATA_DIR (and DATABASE_URL); refuses to overwrite without --force. */
import path from 'node:path';
import { BadCommand } from '../bot/control.ts';
import { restoreArchive } from '../bot/office/archive.ts';
import { readEnvironment } from '../bot/environment.ts';
import { readSettings } from '../bot/settings.ts';
import { takeDataLock } from '../connectors/databases/data-lock.ts';
import { finish, readArguments } from '../bot/command-line.ts';

await finish(async () => {
  const { rest, flags } = readArguments(process.argv.slice(2), { flags: ['force', 'json'] });
  if (rest.length !== 1) throw new BadCommand('Name one back-up: npm run restore -- sportello-2026-11-25.zip [--force]');
  const { DATA_DIR, DATABASE_URL } = readSettings(readEnvironment());
  const lock = takeDataLock(DATA_DIR);
  try {
    console.log(
      JSON.stringify(
        await restoreArchive({
          file: path.resolve(rest[0] ?? ''),
          dataDir: DATA_DIR,
          databaseUrl: DATABASE_URL,
          force: flags.has('force'),
        }),
      ),
    );
  } finally {
    lock.release();
  }
  return 0;
});
