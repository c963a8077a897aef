import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';
import LongestFirst from './longest-first.ts';

const root = path.resolve(import.meta.dirname, '..');
// Every worker and every process that a test starts loads the same hundreds of modules: compiled once, on the first run.
process.env['NODE_COMPILE_CACHE'] ??= path.join(root, 'node_modules/.cache/compiled-for-tests');

export default defineConfig({
  root,
  test: {
    include: ['{bot,knowledge,connectors,eval,scripts}/**/*.test.ts'],
    globalSetup: ['.ci/ground.ts'],
    setupFiles: ['.ci/own-ground.ts', '.ci/closed-network.ts'],
    // These end what hangs and measure nothing: on a busy machine of two cores a step of milliseconds has taken seconds.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // Most of what is waited for is there within milliseconds: asked every 50, as is usual, the longer part is sleep. Not every 5: servers under test have limits.
    expect: { poll: { interval: 20, timeout: 60_000 } },
    // One more than cores: a test that waits for a browser, a database or a process of its own leaves its core to another.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
  },
});
