/** Starts and stops the process. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takeDataLock } from '../connectors/databases/data-lock.ts';
import { DEFAULT_DATA_DIR, readEnvironment } from './environment.ts';

/** A start that failed is closed in this time, or left as it is. */
const CLOSED_MS = 3_000;

let environment: Record<string, string> = {};
let unreadable: unknown;
try {
  environment = readEnvironment();
} catch (error) {
  // Told in words once what tells is loaded.
  unreadable = error;
}
const dataDir = path.resolve(environment['DATA_DIR'] ?? DEFAULT_DATA_DIR);
// Compiled sources are kept: later starts skip most of the work of loading. Whatever is loaded before this line pays in full at each start.
const compiled = path.join(dataDir, 'compiled');
if (!unreadable) enableCompileCache(compiled);
const { finish, progress } = await import('./command-line.ts');

await finish(
  async () => {
    if (unreadable) throw unreadable;
    // The folder is taken before anything heavy is loaded, so that a second server is told at once.
    const lock = takeDataLock(dataDir);
    try {
      return await start(lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  },
  { supervised: true },
);
// Pools, sockets and timers of a start that failed would keep a process alive that answers nobody; whoever watches it starts it again.
if (process.exitCode) process.exit();

async function start(lock: ReturnType<typeof takeDataLock>): Promise<number> {
  const [
    { assemble },
    { ensurePages },
    { serve },
    { collectTurnsAlone, giveBackStartMemory, giveBackWhenQuiet },
    { forgetStems, keepStems },
  ] = await Promise.all([
    import('./assemble.ts'),
    import('./pages/build.ts'),
    import('./serve.ts'),
    import('./start-memory.ts'),
    import('../knowledge/languages/reading/kept-stems.ts'),
  ]);
  await ensurePages();
  const stems = keepStems(compiled);
  const sportello = await assemble(environment, { progress, lock });
  // A server that is killed writes nothing at its end.
  flushCompileCache();
  stems.write();
  const serving = await serve(sportello).catch(async (error) => {
    // What failed is told, not what failed of it while closing; and it is not waited for: the process ends.
    await Promise.race([sportello.close().catch(() => {}), sleep(CLOSED_MS)]);
    throw error;
  });
  // Before anything is printed: whoever reads the address may already want to stop.
  const stop = (): void => {
    setTimeout(() => process.exit(1), 10_000).unref();
    void serving.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  progress(`Sportello ${sportello.version}, ${sportello.knowledge.passages()} passages of ${sportello.bodyName}`);
  for (const [name, page] of Object.entries({
    Citizens: '/',
    'No JavaScript': '/ask',
    Desk: '/desk',
    Console: '/editor',
    Health: '/health',
  }))
    progress(`  ${name.padEnd(14)} ${serving.url}${page}`);
  void sportello.knowledge.ahead.read().then(() => {
    forgetStems();
    flushCompileCache();
    collectTurnsAlone();
    giveBackStartMemory(sportello.line.waiting);
    giveBackWhenQuiet(sportello.line.waiting);
  });
  if (serving.firstAdministrator) progress(`  First administrator (once, within 24 hours): ${serving.firstAdministrator}`);
  return 0;
}
