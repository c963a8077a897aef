/** Each test file has a folder of its own for whatever is temporary, and it is gone at the file's end. In memory where there is room: a database under test forces every commit to the disk, a millisecond each, and no test is about a loss of power (a killed process leaves to the system what it wrote, on any file system). */
import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const MEMORY = '/dev/shm';
/** Bytes; two files at once hold a tenth of it. A container is often given 64 MB. */
const ENOUGH = 2 ** 31;

const given = process.env['TMPDIR'];
const roomy = () => {
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ENOUGH;
};
const folder = mkdtempSync(path.join(existsSync(MEMORY) && roomy() ? MEMORY : tmpdir(), 'sportello-test-'));
// PostgreSQL refuses to be root: its own user must get through.
chmodSync(folder, 0o1777);
process.env['TMPDIR'] = folder;

// Registered before the file's own: of those that run afterwards it is the last.
afterAll(() => {
  if (given === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = given;
  // What a test leaves running may still write: its folder is then left, as it was before.
  rmSync(folder, { recursive: true, force: true, maxRetries: 2 });
});
