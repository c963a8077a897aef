/** What every script shares: run a command in the server that holds DATA_DIR, or in this process when none does. */
import { progress } from '../bot/command-line.ts';
import { callControl } from '../bot/control.ts';
import { readEnvironment } from '../bot/environment.ts';
import { coreSettings } from '../bot/settings.ts';
import { DataLocked } from '../connectors/databases/data-lock.ts';

const PATIENCE_MS = 10_000;

/** The command's result, from the running server if there is one. */
export async function runCommand(name: string, args: unknown): Promise<unknown> {
  const environment = readEnvironment();
  // Only this one is needed to find a server; assemble tells every mistake at once.
  const DATA_DIR = coreSettings.shape.DATA_DIR.parse(environment['DATA_DIR']);
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answered = await callControl(DATA_DIR, name, args, progress);
    if (answered) return answered.result;
    try {
      // Loaded only where no server answers: a command through the server costs a fifth.
      const { assemble } = await import('../bot/assemble.ts');
      const sportello = await assemble(environment, { progress, logLevel: 'warn' });
      try {
        return await sportello.run(name, args, progress);
      } finally {
        await sportello.close();
      }
    } catch (error) {
      // A server that is just starting holds the folder before it listens for commands.
      if (!(error instanceof DataLocked) || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }
}
