/** A consistent dump by PostgreSQL's own pg_dump (custom format, for pg_restore). */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/** Path of a PostgreSQL program: Debian keeps them outside the PATH; the newest wins. */
export function postgresProgram(name: string): string {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  const found = versions.map((version) => join(DEBIAN, version, 'bin', name)).find((path) => existsSync(path));
  return found ?? name;
}

/** Resolves with the size of `file` in bytes. */
export function dumpTo(url: string, file: string): Promise<number> {
  if (existsSync(file)) return Promise.reject(new Error(`${file} exists already: choose another name`));
  return new Promise((resolve, reject) => {
    const child = spawn(postgresProgram('pg_dump'), ['--format=custom', '--no-owner', '--file', file, '--dbname', url], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-500);
    });
    child.on('error', () => reject(new Error('pg_dump was not found: install the package postgresql-client')));
    child.on('close', (code) => {
      if (code === 0) resolve(statSync(file).size);
      else reject(new Error(`pg_dump ended with ${code}: ${complaint.trim()}`));
    });
  });
}
