/** Files, folders and addresses → stored versions. Running it again changes only what changed; what cannot be read is named with its reason. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../../connectors/databases/contract.ts';
import type { PreparedDocument } from '../documents/document.ts';
import type { Published } from '../documents/publish.ts';
import { publishedPassages } from '../documents/versions.ts';
import { type ReadDocument, Unreadable } from '../readers/contract.ts';
import { type Converter, LARGEST_FILE_MB } from './convert.ts';
import { checkMetadata, type Metadata } from './metadata.ts';
import { createNaming } from './name.ts';
import { prepareRead, type ReadFrom } from './prepare.ts';

export interface IngestResult {
  documents: number;
  sections: number;
  passages: number;
  skipped: { source: string; reason: string }[];
}

export interface IngestParts {
  database: Database;
  converter: Converter;
  /** Stores a version and puts it in the index. */
  publish(prepared: PreparedDocument, options: { draft?: boolean }): Promise<Published>;
  guessLanguage(text: string): string;
  onSurprise(error: unknown): void;
  /** `host:port` pairs a crawl may reach although they are not public. */
  allow?: string[];
}

export interface IngestOptions {
  sources: string[];
  given: Metadata;
  draft?: boolean;
  wholeSite?: boolean;
  progress?: (line: string) => void;
}

/** `file`: its extension chooses the reader. */
interface Source extends ReadFrom {
  bytes: Uint8Array;
  stored?(documentId: string): Promise<void>;
}

const FAILED = 'non letto per un errore imprevisto del programma';

/** Two files are converted at a time; each document is stored in a transaction of its own, so that a broken file loses nothing of the others. */
export async function ingest(parts: IngestParts, options: IngestOptions): Promise<IngestResult> {
  const result: IngestResult = { documents: 0, sections: 0, passages: 0, skipped: [] };
  let done = 0;
  // Stored in the order they were found: two versions of one document get the same numbers whichever is converted first.
  let stored = Promise.resolve();
  const take = async (source: Source, before: Promise<void>) => {
    try {
      const converted = parts.converter.convert(source.bytes, source.file);
      // Told below; unheard it would end the process while the one before is stored.
      converted.catch(() => {});
      await before;
      let id = '';
      for (const document of await converted) id = await store(parts, options, source, document, result);
      if (!options.draft) await source.stored?.(id);
    } catch (error) {
      result.skipped.push({ source: source.name, reason: reasonOf(parts, error) });
    }
    if (++done % 10 === 0) options.progress?.(`${done} file letti, ${result.documents} documenti`);
  };
  const running = new Set<Promise<void>>();
  for await (const source of findSources(parts, options, result)) {
    const job: Promise<void> = take(source, stored).finally(() => running.delete(job));
    stored = job;
    running.add(job);
    if (running.size >= 2) await Promise.race(running);
  }
  await Promise.all(running);
  result.skipped.sort((a, b) => (a.source < b.source ? -1 : 1));
  return result;
}

/** What the reader says is for the editor; anything else is a surprise, told without its inside. */
function reasonOf(parts: IngestParts, error: unknown): string {
  if (error instanceof Unreadable) return error.message;
  parts.onSurprise(error);
  return FAILED;
}

async function store(
  parts: IngestParts,
  options: IngestOptions,
  source: Source,
  read: ReadDocument,
  result: IngestResult,
): Promise<string> {
  const prepared = await prepareRead(parts, options.given, source, read);
  const published = await parts.publish(prepared, options.draft ? { draft: true } : {});
  if (published.withdrawn) {
    const reason =
      published.withdrawn === 'same'
        ? 'è stata ritirata e resta ritirata: si rimette in vigore dalla redazione'
        : 'era stata ritirata: il testo cambiato aspetta come bozza nella redazione';
    result.skipped.push({ source: source.name, reason });
    return prepared.meta.id;
  }
  result.documents++;
  result.sections += new Set(prepared.sections.map((section) => section.headings.join('\n'))).size;
  result.passages += published.passages;
  return prepared.meta.id;
}

async function* findSources(parts: IngestParts, options: IngestOptions, result: IngestResult): AsyncGenerator<Source> {
  const naming = createNaming(parts.database);
  for (const source of options.sources) {
    if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) {
      for await (const place of walk(path.resolve(source), result.skipped)) {
        try {
          const bytes = await readFile(place);
          yield { name: place, file: path.basename(place), id: naming.file(place), bytes, sidecar: await readSidecar(place), url: null };
        } catch (error) {
          const isSystem = error instanceof Error && 'code' in error;
          result.skipped.push({ source: place, reason: isSystem ? `non si può leggere (${String(error.code)})` : reasonOf(parts, error) });
        }
      }
      continue;
    }
    const crawling = {
      database: parts.database,
      isCurrent: (documentId: string) => isCurrent(parts.database, documentId, options),
      ...(parts.allow ? { allow: parts.allow } : {}),
      ...(options.wholeSite ? { wholeSite: true } : {}),
      ...(options.progress ? { progress: options.progress } : {}),
    };
    // Loaded only when somebody crawls: its libraries cost memory and start time.
    const { crawl } = await import('./crawl.ts');
    for await (const page of crawl(source, crawling)) {
      if ('failed' in page) result.skipped.push({ source: page.url, reason: page.failed });
      else if ('unchanged' in page) await countStored(parts.database, page.documentId, result);
      else
        yield {
          name: page.url,
          file: page.name,
          id: await naming.address(page.url),
          bytes: page.bytes,
          sidecar: {},
          url: page.url,
          stored: page.stored,
        };
    }
  }
}

/** An unchanged page need not be read again when what is in force of it is what this run asks for. */
async function isCurrent(database: Database, documentId: string, { given, draft }: IngestOptions): Promise<boolean> {
  if (draft) return false;
  const latest = await database.read
    .selectFrom('document_version')
    .select(['office', 'lang', 'valid_from', 'valid_until'])
    .where('document_id', '=', documentId)
    .where('status', '=', 'published')
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return (
    latest !== undefined &&
    latest.office === (given.office ?? latest.office) &&
    latest.lang === (given.lang ?? latest.lang) &&
    latest.valid_from === (given.validFrom ?? latest.valid_from) &&
    latest.valid_until === (given.validUntil ?? latest.valid_until)
  );
}

async function countStored(database: Database, documentId: string, result: IngestResult): Promise<void> {
  result.documents++;
  for await (const passages of publishedPassages(database, documentId)) {
    result.passages += passages.length;
    result.sections += new Set(passages.map((passage) => passage.headings.join('\n'))).size;
  }
}

async function* walk(place: string, skipped: IngestResult['skipped']): AsyncGenerator<string> {
  const found = await stat(place).catch(() => null);
  if (!found) {
    skipped.push({ source: place, reason: 'non esiste' });
  } else if (found.isDirectory()) {
    // A link to a folder may lead back to where we are.
    for (const entry of (await readdir(place, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1)))
      if (!entry.name.startsWith('.') && entry.name !== 'metadata.json' && !(entry.isSymbolicLink() && (await isFolder(place, entry.name))))
        yield* walk(path.join(place, entry.name), skipped);
  } else if (found.size > LARGEST_FILE_MB * 2 ** 20) {
    skipped.push({ source: place, reason: `pesa ${Math.round(found.size / 2 ** 20)} MB, il limite è ${LARGEST_FILE_MB} MB` });
  } else yield place;
}

async function isFolder(place: string, name: string): Promise<boolean> {
  return (await stat(path.join(place, name)).catch(() => null))?.isDirectory() ?? false;
}

/** `metadata.json` of the folder: file name → metadata, for formats that cannot carry their own. Throws Unreadable. */
async function readSidecar(file: string): Promise<Metadata> {
  const text = await readFile(path.join(path.dirname(file), 'metadata.json'), 'utf8').catch(() => '{}');
  let all: Record<string, unknown>;
  try {
    all = JSON.parse(text) as Record<string, unknown>;
  } catch {
    throw new Unreadable('il file metadata.json della cartella non è JSON');
  }
  return checkMetadata((all[path.basename(file)] ?? {}) as Record<string, unknown>);
}
