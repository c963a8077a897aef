/** An exported archive into an empty instance: nothing is written before every file is proved whole. */
import { createHash } from 'node:crypto';
import { fromBufferPromise } from 'yauzl';
import { z } from 'zod';
import type { Database, Writer } from '../../../connectors/databases/contract.ts';
import { BadArchive } from './bad-archive.ts';
import { FORMAT, FORMAT_VERSION } from './export.ts';
import { ARCHIVED, ARCHIVED_TABLES, type ArchivedTable } from './tables.ts';

const manifestSchema = z.object({
  format: z.literal(FORMAT),
  formatVersion: z.number().int(),
  madeOn: z.string(),
  files: z.record(z.string(), z.string()),
});

const LARGEST_MB = 500;
const ROWS_AT_ONCE = 50;

export interface Imported {
  madeOn: string;
  rows: Record<string, number>;
  documents: string[];
}

/** One transaction; the index follows after it (knowledge.ts). Throws BadArchive. Cost and memory grow with the archive. */
export async function importKnowledge(
  database: Database,
  bytes: Uint8Array,
  within: (tx: Writer, imported: Imported) => Promise<void>,
): Promise<Imported> {
  const files = await unpack(bytes);
  const manifest = readManifest(files);
  const tables = ARCHIVED_TABLES.map((table) => [table, rowsOf(files, table)] as const);
  const imported: Imported = { madeOn: manifest.madeOn, rows: {}, documents: [] };
  await database.write(async (tx) => {
    const known = await tx.selectFrom('document').select('id').limit(1).executeTakeFirst();
    if (known) throw new BadArchive('qui ci sono già dei documenti: un archivio si importa solo in un’istanza vuota');
    for (const [table, rows] of tables) {
      // What an empty instance brings of its own gives way: offices, rules, a calibration.
      if (['office', 'editor_office'].includes(table) && rows.length > 0) await tx.deleteFrom(table).execute();
      if (table === 'learned') for (const { name } of rows) await tx.deleteFrom('learned').where('name', '=', String(name)).execute();
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
        await tx
          .insertInto(table)
          .values(rows.slice(from, from + ROWS_AT_ONCE) as never)
          .execute();
      imported.rows[table] = rows.length;
      if (table === 'document') imported.documents = rows.map(({ id }) => String(id));
    }
    await within(tx, imported);
  });
  return imported;
}

async function unpack(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  let total = 0;
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true } as never);
    try {
      for await (const entry of zip.eachEntry()) {
        const pieces: Buffer[] = [];
        for await (const piece of await zip.openReadStreamPromise(entry)) {
          pieces.push(piece as Buffer);
          total += (piece as Buffer).length;
          if (total > LARGEST_MB * 2 ** 20) throw new BadArchive(`l’archivio si espande oltre ${LARGEST_MB} MB`);
        }
        files.set(entry.fileName, Buffer.concat(pieces));
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw error instanceof BadArchive ? error : new BadArchive('il file non è un archivio intero');
  }
  return files;
}

function readManifest(files: Map<string, Buffer>): z.infer<typeof manifestSchema> {
  const parsed = manifestSchema.safeParse(jsonOf(files.get('manifest.json')?.toString('utf8') ?? ''));
  if (!parsed.success) throw new BadArchive('il file non è un archivio della conoscenza di Sportello');
  const { data } = parsed;
  if (data.formatVersion > FORMAT_VERSION)
    throw new BadArchive('l’archivio viene da una versione più nuova: aggiorna prima questo programma');
  const unknown = [...files.keys()].find((name) => name !== 'manifest.json' && !Object.hasOwn(data.files, name));
  if (unknown) throw new BadArchive(`«${unknown}» non fa parte dell’archivio`);
  for (const [name, expected] of Object.entries(data.files)) {
    const file = files.get(name);
    if (!file || createHash('sha256').update(file).digest('hex') !== expected)
      throw new BadArchive(`«${name}» manca o non corrisponde al suo codice di controllo: l’archivio è rovinato`);
  }
  return data;
}

function rowsOf(files: Map<string, Buffer>, table: ArchivedTable): Record<string, unknown>[] {
  const lines = (files.get(`tables/${table}.jsonl`)?.toString('utf8') ?? '').split('\n').filter(Boolean);
  return lines.map((line, i) => {
    const row = ARCHIVED[table].safeParse(jsonOf(line));
    if (!row.success) throw new BadArchive(`tables/${table}.jsonl, riga ${i + 1}: ${row.error.issues[0]?.path.join('.')} non va bene`);
    return table === 'curated_answer' ? { ...row.data, hits: 0 } : { ...row.data };
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
