/** Builds the citizen pages when they are not there yet: after a bare `git clone`, or when `dist` was deleted. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const distFolder = fileURLToPath(new URL('dist/', import.meta.url));

/** Resolves with the folder of the built pages (ends with `/`). Throws with the bundler's own words when the build fails. Takes about 2 s once, then nothing. */
export async function ensurePages(): Promise<string> {
  if (!existsSync(`${distFolder}.vite/manifest.json`)) await buildPages();
  return distFolder;
}

/** Runs Vite in a process of its own, so that the server's memory never holds the bundler. */
export async function buildPages(): Promise<void> {
  const child = spawn(process.execPath, ['node_modules/vite/bin/vite.js', 'build', '--config', '.ci/vite.config.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (piece) => {
    said += piece;
  });
  child.stderr.on('data', (piece) => {
    said += piece;
  });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (status !== 0) throw new Error(`the pages could not be built; run \`npm run build:pages\` and read its message:\n${said.trim()}`);
}
