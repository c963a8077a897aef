/** Where the tests of one run keep whatever is temporary: gone at its end, however the tests ended. In memory where there is room: a database under test forces every commit to the disk, a millisecond each, and no test is about a loss of power (what a killed process wrote is the system's to keep, on any file system). */
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MEMORY = '/dev/shm';
/** Bytes; some files at once hold a tenth of it. A container is often given 64 MB. */
const ENOUGH = 2 ** 31;

function roomy(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ENOUGH;
}

export function setup(): () => void {
  const folder = mkdtempSync(path.join(roomy() ? MEMORY : tmpdir(), 'sportello-tests-'));
  // PostgreSQL refuses to be root: its own user must get through.
  chmodSync(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
}
