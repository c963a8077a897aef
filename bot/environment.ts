/** The only reader of process.env. Loads nothing else, so that the folder for compiled sources is known before anything heavy is loaded. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** Where DATA_DIR is when it is not set. */
export const DEFAULT_DATA_DIR = './data';

/** The environment, with `.env` of the working folder beneath it; empty values left out. Throws when that file cannot be read. */
export function readEnvironment(): Record<string, string> {
  const file = path.resolve('.env');
  if (existsSync(file)) load(file);
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined && value.trim() !== '') environment[name] = value.trim();
  return environment;
}

function load(file: string): void {
  try {
    process.loadEnvFile(file);
  } catch (error) {
    const why = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);
    throw new Error(`${file} cannot be read (${why}): it must be a file that this user may read.`);
  }
}
