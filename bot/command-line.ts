/** What every command shares: arguments, progress on stderr, one readable line and the contract's exit status for what goes wrong. */
import { DataLocked } from '../connectors/databases/data-lock.ts';
import { BadCommand } from './control.ts';
import { passes } from './http/passes.ts';
import { BadSettings } from './settings.ts';

export function progress(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Nothing is wrong with the settings, and a later start may succeed: a supervisor starts again what ends so (sysexits' EX_TEMPFAIL). */
const AGAIN_LATER = 75;

/**
 * Runs a script's main function: prints what it returns, turns errors into one line and the exit status of the contract (1 bad result, 2 could not run).
 * `supervised`: what passes by itself, a database that is away or a full disk, ends with 75.
 */
export async function finish(main: () => Promise<number | undefined>, options: { supervised?: boolean } = {}): Promise<void> {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.stderr.write(`${inWords(error)}\n`);
    process.exitCode = options.supervised && passes(error) ? AGAIN_LATER : 2;
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

/** What the operating system says in codes, with what to do next. Addresses of databases stay out: they hold passwords. */
function inWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof BadCommand || error instanceof BadSettings || error instanceof DataLocked) return error.message;
  const { code, syscall, port, path } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another program: stop that one, or set PORT to another (0 takes a free one).`;
  if (code === 'EADDRNOTAVAIL' || (syscall === 'listen' && code === 'EACCES'))
    return `HOST and PORT cannot be listened on (${error.message}): set HOST to an address of this machine and PORT above 1023.`;
  if (syscall === 'connect') return `DATABASE_URL: the database cannot be reached (${code}). Start it, or mend DATABASE_URL.`;
  if (code === 'ENOSPC') return `The disk is full (${path ?? 'DATA_DIR'}): make room and try again.`;
  if (path && ['EEXIST', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS'].includes(code ?? ''))
    return `${path} cannot be written (${code}): mend its rights, or choose another DATA_DIR.`;
  return error.message;
}
