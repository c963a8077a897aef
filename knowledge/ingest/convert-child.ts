/** The child process that opens strangers' files: it may be killed at any moment, and only it is lost. Talks over Node's IPC channel. */
import type { Read } from '../readers/contract.ts';
import { Unreadable } from '../readers/contract.ts';
import { countInflated } from './archive.ts';

process.on('message', async ({ extension, bytes, name }: { extension: string; bytes: Uint8Array; name: string }) => {
  try {
    if (extension === 'docx' || extension === 'odt') await countInflated(bytes);
    const { default: read } = (await import(new URL(`../readers/${extension}.ts`, import.meta.url).href)) as { default: Read };
    process.send?.({ documents: await read(bytes, name) });
  } catch (error) {
    process.send?.({
      unreadable:
        error instanceof Unreadable ? error.message : 'il suo contenuto non può essere letto: è rovinato o di un tipo non previsto',
    });
  }
});
process.on('disconnect', () => process.exit());
