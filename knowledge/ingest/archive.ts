/** Looks into a zip's directory before anything is unpacked: number of entries, declared size, ratio, paths, links. Takes milliseconds. */
import { fromBufferPromise } from 'yauzl';
import { Unreadable } from '../readers/contract.ts';

const MOST_ENTRIES = 5_000;
const LARGEST_MB = 100;
const HIGHEST_RATIO = 200;
/** Small files compress well without being bombs. */
const RATIO_FROM_MB = 10;
const LINK = 0xa000;

/** Throws Unreadable when the archive is one to keep away from, by what its directory declares. */
export async function checkArchive(bytes: Uint8Array): Promise<void> {
  const zip = await openArchive(bytes);
  if (zip.entryCount > MOST_ENTRIES) throw new Unreadable(`contiene ${zip.entryCount} elementi, il limite è ${MOST_ENTRIES}`);
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      if (((entry.externalFileAttributes >>> 16) & 0xf000) === LINK) throw new Unreadable('contiene un collegamento ad altri file');
      if (/\.(?:zip|docx|odt|gz|7z|rar)$/i.test(entry.fileName))
        throw new Unreadable(`contiene un altro archivio («${entry.fileName.slice(0, 60)}»)`);
      if (entry.isEncrypted()) throw new Unreadable('è protetto da password: carica una copia senza password');
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('contiene un nome di file non ammesso o è rovinato');
  } finally {
    zip.close();
  }
  const mb = total / 2 ** 20;
  if (mb > LARGEST_MB) throw tooLarge(total);
  if (mb > RATIO_FROM_MB && total / bytes.length > HIGHEST_RATIO)
    throw new Unreadable(`si espande ${Math.round(total / bytes.length)} volte, il limite è ${HIGHEST_RATIO}`);
}

/** The declared sizes may lie: inflates everything once, keeping nothing. For the child process. Throws Unreadable at the first byte too many. */
export async function countInflated(bytes: Uint8Array): Promise<void> {
  const zip = await openArchive(bytes);
  let total = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      for await (const piece of await zip.openReadStreamPromise(entry)) {
        total += (piece as Buffer).length;
        if (total > LARGEST_MB * 2 ** 20) throw tooLarge(total);
      }
    }
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable('è un archivio rovinato: il contenuto non corrisponde alle dimensioni dichiarate');
  } finally {
    zip.close();
  }
}

async function openArchive(bytes: Uint8Array): ReturnType<typeof fromBufferPromise> {
  try {
    return await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true } as never);
  } catch {
    throw new Unreadable('è un archivio rovinato o incompleto');
  }
}

function tooLarge(total: number): Unreadable {
  return new Unreadable(`si espande a ${Math.round(total / 2 ** 20)} MB, il limite è ${LARGEST_MB} MB`);
}
