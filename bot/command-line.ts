/** What every command shares: arguments, progress on stderr, one readable line and the contract's exit status for what goes wrong. */
import { DataLocked } from '../connectors/databases/data-lock.ts';
import { BadCommand } from './control.ts';
import { BadSettings } from './settings.ts';

export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Runs a script's main function: prints what it returns, turns errors into one line and the exit status of the contract (1 bad result, 2 could not run). */
export async function finish(main: () => Promise<number | undefined>): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    const expected = error instanceof BadCommand || error instanceof BadSettings || error instanceof DataLocked;
    process.stderr.write(`${expected ? (error as Error).message : error instanceof Error ? `${error.message}` : String(error)}\n`);
    process.exitCode = 2;
  }
}

/** `--name value` and `--flag` options and the rest; an unknown option is an error that names the known ones. */
export function readArguments(
  argv: string[],
  known: { values?: string[]; flags?: string[] },
): { rest: string[]; values: Record<string, string>; flags: Set<string> } {
  const rest: string[] = [];
  const values: Record<string, string> = {};
  const flags = new Set<string>();
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i] ?? '';
    if (!word.startsWith('--')) {
      rest.push(word);
      continue;
    }
    const [name = '', inline] = word.slice(2).split(/=(.*)/s);
    if (known.flags?.includes(name)) flags.add(name);
    else if (known.values?.includes(name)) {
      const value = inline ?? argv[++i];
      if (value === undefined || value.startsWith('--')) throw new BadCommand(`--${name} needs a value`);
      values[name] = value;
    } else {
      const all = [...(known.values ?? []), ...(known.flags ?? [])].map((option) => `--${option}`).join(', ');
      throw new BadCommand(`--${name} is not an option here; known: ${all || 'none'}`);
    }
  }
  return { rest, values, flags };
}
