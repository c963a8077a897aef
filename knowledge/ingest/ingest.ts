/** Files, folders and addresses → stored versions. Running it again changes only what changed; what cannot be read is named with its reason. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../../connectors/databases/contract.ts';
import type { PreparedDocument } from '../documents/document.ts';
import type { Published } from '../documents/publish.ts';
import { type ReadDocument, Unreadable } from '../readers/contract.ts';
import type { Converter } from './convert.ts';
import { crawl } from './crawl.ts';
import { checkMetadata, completeMetadata, type Metadata, metadataSchema, slug } from './metadata.ts';
import { placeGiven, splitDocument } from './split.ts';

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

interface Source {
  /** Path or address, as stored with the document. */
  name: string;
  bytes: Uint8Array;
  sidecar: Metadata;
  url: string | null;
}

/** Two files are converted at a time; each document is stored in a transaction of its own, so that a broken file loses nothing of the others. */
export async function ingest(parts: IngestParts, options: IngestOptions): Promise<IngestResult> {
  const result: IngestResult = { documents: 0, sections: 0, passages: 0, skipped: [] };
  let done = 0;
  const take = async (source: Source) => {
    try {
      for (const document of await parts.converter.convert(source.bytes, source.name))
        await store(parts, options, source, document, result);
    } catch (error) {
      // What the reader says is for the editor; anything else is a surprise, told without its inside.
      if (!(error instanceof Unreadable || error instanceof Error)) throw error;
      result.skipped.push({ source: source.name, reason: error.message });
    }
    if (++done % 10 === 0) options.progress?.(`${done} file letti, ${result.documents} documenti`);
  };
  const running = new Set<Promise<void>>();
  for await (const source of findSources(parts, options, result.skipped)) {
    const job: Promise<void> = take(source).finally(() => running.delete(job));
    running.add(job);
    if (running.size >= 2) await Promise.race(running);
  }
  await Promise.all(running);
  result.skipped.sort((a, b) => (a.source < b.source ? -1 : 1));
  return result;
}

async function store(parts: IngestParts, options: IngestOptions, source: Source, read: ReadDocument, result: IngestResult): Promise<void> {
  const own = { ...checkMetadata(read.meta), ...source.sidecar };
  const { text, sections } = read.given ? placeGiven(read.given) : splitDocument(read.blocks);
  if (sections.length === 0) throw new Unreadable('non contiene testo da cui rispondere');
  const title = read.title ?? path.basename(source.name).replace(/\.\w+$/, '');
  const lang = read.lang && /^[a-z]{2}$/.test(read.lang) ? read.lang : parts.guessLanguage(text.slice(0, 2_000));
  const id = source.url ? slug(new URL(source.url).pathname || 'home') : slug(path.basename(source.name).replace(/\.\w+$/, ''));
  const meta = completeMetadata({
    given: options.given,
    own: source.url && !own.url ? { ...own, url: source.url } : own,
    title,
    id,
    lang,
    today: new Date().toISOString().slice(0, 10),
  });
  // The day of reading is not a change of the document: an unchanged file must keep its hash.
  const stored = await keepUpdatedOn(parts.database, meta.id, own.updatedOn ?? options.given.updatedOn, meta);
  const published = await parts.publish({ meta: stored, source: source.name, text, sections }, options.draft ? { draft: true } : {});
  result.documents++;
  result.sections += new Set(sections.map((section) => section.headings.join('\n'))).size;
  result.passages += published.passages;
}

async function keepUpdatedOn<T extends { updatedOn: string; validFrom: string | null }>(
  database: Database,
  id: string,
  told: string | undefined,
  meta: T,
): Promise<T> {
  if (told) return meta;
  const latest = await database.read
    .selectFrom('document_version')
    .select('updated_on')
    .where('document_id', '=', id)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return latest ? { ...meta, updatedOn: latest.updated_on } : meta;
}

async function* findSources(parts: IngestParts, options: IngestOptions, skipped: IngestResult['skipped']): AsyncGenerator<Source> {
  for (const source of options.sources) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) {
      const crawling = {
        database: parts.database,
        ...(parts.allow ? { allow: parts.allow } : {}),
        ...(options.wholeSite ? { wholeSite: true } : {}),
        ...(options.progress ? { progress: options.progress } : {}),
      };
      for await (const page of crawl(source, crawling)) {
        if ('failed' in page) skipped.push({ source: page.url, reason: page.failed });
        else if ('bytes' in page) yield { name: page.name, bytes: page.bytes, sidecar: {}, url: page.url };
      }
    } else yield* walk(path.resolve(source), skipped);
  }
}

async function* walk(place: string, skipped: IngestResult['skipped']): AsyncGenerator<Source> {
  const found = await stat(place).catch(() => null);
  if (!found) {
    skipped.push({ source: place, reason: 'non esiste' });
    return;
  }
  if (found.isDirectory()) {
    for (const entry of (await readdir(place)).sort())
      if (!entry.startsWith('.') && entry !== 'metadata.json') yield* walk(path.join(place, entry), skipped);
    return;
  }
  try {
    yield { name: place, bytes: await readFile(place), sidecar: await readSidecar(place), url: null };
  } catch (error) {
    skipped.push({ source: place, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** `metadata.json` of the folder: file name → metadata, for formats that cannot carry their own. */
async function readSidecar(file: string): Promise<Metadata> {
  const text = await readFile(path.join(path.dirname(file), 'metadata.json'), 'utf8').catch(() => '{}');
  const entry = (JSON.parse(text) as Record<string, unknown>)[path.basename(file)];
  return entry === undefined ? {} : metadataSchema.parse(entry);
}
