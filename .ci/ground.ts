/** Where the tests of one run keep whatever is temporary: gone at its end, however the tests ended; of a run that was killed, with a later one. In memory where there is room: a database under test forces every commit to the disk, a millisecond each, and no test is about a loss of power (what a killed process wrote is the system's to keep, on any file system). */
import { accessSync, chmodSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MEMORY = '/dev/shm';
/** Bytes; some files at once hold a tenth of it. A container is often given 64 MB. */
const ENOUGH = 2 ** 31;

const FORGOTTEN_MS = 3_600_000;

/** There, ours to write in, and large enough. */
function roomy(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ENOUGH;
  } catch {
    return false;
  }
}

/** What runs left whose process is no more: it would stay in memory until the machine is restarted. */
function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(/^sportello-tests-(\d+)-/.exec(name)?.[1]);
    if (!pid) continue;
    const folder = path.join(parent, name);
    try {
      if (Date.now() - statSync(folder).mtimeMs > FORGOTTEN_MS && !isAlive(pid)) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another run has swept it, or it is somebody else's.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

export function setup(): () => void {
  const parent = roomy() ? MEMORY : tmpdir();
  sweep(parent);
  const folder = mkdtempSync(path.join(parent, `sportello-tests-${process.pid}-`));
  // PostgreSQL refuses to be root: its own user must get through.
  chmodSync(folder, 0o1777);
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
}
