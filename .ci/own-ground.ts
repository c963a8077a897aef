/** Each test file has a folder of its own for whatever is temporary, gone at the file's end: a whole run would else fill the memory that it is in. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const whole = tmpdir();
const own = mkdtempSync(path.join(whole, 'file-'));
chmodSync(own, 0o1777);
process.env['TMPDIR'] = own;

// Registered before the file's own: of those that run afterwards it is the last.
afterAll(() => {
  process.env['TMPDIR'] = whole;
  rmSync(own, { recursive: true, force: true, maxRetries: 2 });
});
