/** Back-up and restore: one zip with the database's copy, the uploads and a manifest of checksums. Nothing is unpacked over what is there before it is proved whole. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Zip, ZipPassThrough } from 'fflate';
import { openPromise } from 'yauzl';
import { z } from 'zod';
import type { Database } from '../../connectors/databases/contract.ts';
import { postgresProgram } from '../../connectors/databases/postgres/dump.ts';
import { BadCommand } from '../control.ts';

const DATABASE_ENTRY = 'database';
const manifestSchema = z.object({
  madeOn: z.string(),
  engine: z.enum(['embedded', 'postgres']),
  version: z.string(),
  /** Entry → SHA-256. */
  files: z.record(z.string(), z.string()).refine((files) => Object.hasOwn(files, DATABASE_ENTRY)),
});
type Manifest = z.infer<typeof manifestSchema>;

const DATABASE_FILE = 'sportello.sqlite';

/** Writes the archive beside `file` and moves it there when whole. Throws BadCommand when the file exists. */
export async function backUpTo(parts: {
  database: Database;
  dataDir: string;
  file: string;
  version: string;
  progress: (line: string) => void;
}): Promise<{ file: string; bytes: number; files: number }> {
  const { database, dataDir, file } = parts;
  if (existsSync(file)) throw new BadCommand(`${file} exists already: choose another name`);
  mkdirSync(path.dirname(file), { recursive: true });
  const work = mkdtempSync(path.join(dataDir, 'back-up-'));
  try {
    parts.progress('copying the database');
    const copy = path.join(work, DATABASE_ENTRY);
    await database.backUp(copy);
    const entries: [string, string][] = [[DATABASE_ENTRY, copy], ...listUploads(dataDir)];
    parts.progress(`packing ${entries.length} files`);
    const draft = `${file}.part`;
    const manifest: Manifest = { madeOn: new Date().toISOString(), engine: database.engine, version: parts.version, files: {} };
    const bytes = await pack(entries, manifest, draft);
    renameSync(draft, file);
    return { file, bytes, files: entries.length };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function listUploads(dataDir: string): [string, string][] {
  const folder = path.join(dataDir, 'uploads');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((full) => [`uploads/${path.relative(folder, full).split(path.sep).join('/')}`, full]);
}

async function pack(entries: [string, string][], manifest: Manifest, draft: string): Promise<number> {
  const out = createWriteStream(draft);
  let bytes = 0;
  let failed: Error | null = null;
  const zip = new Zip((error, piece, last) => {
    if (error) failed = error;
    else {
      bytes += piece.length;
      out.write(piece);
    }
    if (last) out.end();
  });
  for (const [name, full] of entries) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    const sum = createHash('sha256');
    for await (const piece of createReadStream(full, { highWaterMark: 1 << 20 })) {
      sum.update(piece as Buffer);
      entry.push(piece as Buffer);
      if (out.writableNeedDrain) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
    }
    entry.push(new Uint8Array(0), true);
    manifest.files[name] = sum.digest('hex');
  }
  const last = new ZipPassThrough('manifest.json');
  zip.add(last);
  last.push(Buffer.from(JSON.stringify(manifest)), true);
  zip.end();
  await new Promise<void>((resolve, reject) => out.once('close', () => resolve()).once('error', reject));
  if (failed) throw failed;
  return bytes;
}

/** Unpacks beside DATA_DIR's files, checks every sum, then puts them in place. Throws BadCommand in words. */
export async function restoreArchive(parts: {
  file: string;
  dataDir: string;
  databaseUrl: string;
  force: boolean;
}): Promise<{ files: number; madeOn: string }> {
  const { file, dataDir, databaseUrl, force } = parts;
  if (!existsSync(file)) throw new BadCommand(`${file} does not exist`);
  const target = path.join(dataDir, DATABASE_FILE);
  if (!force && (databaseUrl || existsSync(target)))
    throw new BadCommand(`${databaseUrl ? 'DATABASE_URL' : dataDir} may hold data already: add --force to replace it`);
  const work = mkdtempSync(path.join(dataDir, 'restore-'));
  try {
    const manifest = await unpack(file, work);
    const wanted = databaseUrl ? 'postgres' : 'embedded';
    if (manifest.engine !== wanted)
      throw new BadCommand(
        `this back-up is of the ${manifest.engine} database and the settings name the ${wanted} one: set or clear DATABASE_URL`,
      );
    if (databaseUrl) loadDump(databaseUrl, path.join(work, DATABASE_ENTRY));
    else putInPlace(path.join(work, DATABASE_ENTRY), target);
    rmSync(path.join(dataDir, 'uploads'), { recursive: true, force: true });
    if (existsSync(path.join(work, 'uploads'))) renameSync(path.join(work, 'uploads'), path.join(dataDir, 'uploads'));
    return { files: Object.keys(manifest.files).length, madeOn: manifest.madeOn };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function unpack(file: string, work: string): Promise<Manifest> {
  const sums: Record<string, string> = {};
  let zip: Awaited<ReturnType<typeof openPromise>>;
  try {
    zip = await openPromise(file);
  } catch {
    throw new BadCommand(`${file} is not a back-up of Sportello`);
  }
  try {
    for await (const entry of zip.eachEntry()) {
      const full = path.join(work, entry.fileName);
      if (!full.startsWith(work + path.sep)) throw new BadCommand(`${file} holds an entry outside its folder: ${entry.fileName}`);
      mkdirSync(path.dirname(full), { recursive: true });
      const sum = createHash('sha256');
      const stream = await zip.openReadStreamPromise(entry);
      stream.on('data', (piece: Buffer) => sum.update(piece));
      await pipeline(stream, createWriteStream(full));
      sums[entry.fileName] = sum.digest('hex');
    }
  } finally {
    zip.close();
  }
  const manifestFile = path.join(work, 'manifest.json');
  if (!existsSync(manifestFile)) throw new BadCommand(`${file} has no manifest: it is not a back-up of Sportello, or it was cut off`);
  const manifest = readManifest(manifestFile);
  if (!manifest) throw new BadCommand(`${file}: the manifest cannot be read; nothing was restored`);
  const strange = Object.keys(sums).find((name) => name !== 'manifest.json' && !Object.hasOwn(manifest.files, name));
  if (strange) throw new BadCommand(`${file}: "${strange}" is not in the manifest; nothing was restored`);
  for (const [name, sum] of Object.entries(manifest.files))
    if (sums[name] !== sum) throw new BadCommand(`${file}: "${name}" is missing or does not match its checksum; nothing was restored`);
  return manifest;
}

function readManifest(file: string): Manifest | null {
  try {
    const result = manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

/** The write-ahead log belongs to the database it was written for: it must not meet the restored one. */
function putInPlace(copy: string, target: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(target + suffix, { force: true });
  renameSync(copy, target);
}

function loadDump(url: string, dump: string): void {
  const result = spawnSync(
    postgresProgram('pg_restore'),
    ['--clean', '--if-exists', '--no-owner', '--exit-on-error', '--single-transaction', '--dbname', url, dump],
    { encoding: 'utf8' },
  );
  if (result.error) throw new BadCommand('pg_restore was not found: install the package postgresql-client');
  if (result.status !== 0) throw new BadCommand(`pg_restore ended with ${result.status}: ${result.stderr.trim().slice(-300)}`);
}
