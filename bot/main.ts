/** Starts and stops the process. */
import { enableCompileCache, flushCompileCache } from 'node:module';
import path from 'node:path';
import { takeDataLock } from '../connectors/databases/data-lock.ts';
import { finish, progress } from './command-line.ts';
import { coreSettings, readEnvironment } from './settings.ts';

await finish(async () => {
  const environment = readEnvironment();
  // The folder is taken before anything heavy is loaded, so that a second server is told at once.
  const dataDir = path.resolve(coreSettings.shape.DATA_DIR.parse(environment['DATA_DIR']));
  const lock = takeDataLock(dataDir);
  // Compiled sources are kept: later starts skip most of the work of loading.
  enableCompileCache(path.join(dataDir, 'compiled'));
  try {
    return await start(environment, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
});

async function start(environment: Record<string, string>, lock: ReturnType<typeof takeDataLock>): Promise<number> {
  const [{ assemble }, { ensurePages }, { serve }, { giveBackStartMemory }] = await Promise.all([
    import('./assemble.ts'),
    import('./pages/build.ts'),
    import('./serve.ts'),
    import('./start-memory.ts'),
  ]);
  await ensurePages();
  const sportello = await assemble(environment, { progress, lock });
  // A server that is killed writes nothing at its end.
  flushCompileCache();
  giveBackStartMemory();
  const serving = await serve(sportello).catch(async (error) => {
    await sportello.close();
    throw error;
  });
  // Before anything is printed: whoever reads the address may already want to stop.
  const stop = (): void => {
    setTimeout(() => process.exit(1), 10_000).unref();
    void serving.stop().then(() => process.exit(0));
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
  void sportello.knowledge.readAhead().then(giveBackStartMemory);
  if (serving.firstAdministrator) progress(`  First administrator (once, within 24 hours): ${serving.firstAdministrator}`);
  return 0;
}
