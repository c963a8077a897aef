import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    include: ['{bot,knowledge,connectors,eval,scripts}/**/*.test.ts'],
    setupFiles: ['.ci/own-ground.ts', '.ci/closed-network.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Two cores, and tests that start servers of their own: more workers only wait for each other.
    maxWorkers: 2,
  },
});
