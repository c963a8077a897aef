/** Starts and stops the process. */
import { assemble } from './assemble.ts';
import { finish, progress } from './command-line.ts';
import { ensurePages } from './pages/build.ts';
import { serve } from './serve.ts';
import { readEnvironment } from './settings.ts';

await finish(async () => {
  await ensurePages();
  const sportello = await assemble(readEnvironment(), { progress });
  const serving = await serve(sportello).catch(async (error) => {
    await sportello.close();
    throw error;
  });
  progress(`Sportello ${sportello.version}, ${sportello.knowledge.passages()} passages of ${sportello.bodyName}`);
  for (const [name, path] of Object.entries({ Citizens: '/', 'No JavaScript': '/ask', Health: '/health' }))
    progress(`  ${name.padEnd(14)} ${serving.url}${path}`);
  if (serving.firstAdministrator) progress(`  First administrator (once, within 24 hours): ${serving.firstAdministrator}`);
  const stop = (): void => {
    setTimeout(() => process.exit(1), 10_000).unref();
    void serving.stop().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  return 0;
});
