/** The bot's whole knowledge as one portable file: documents with every version, tests, curated answers, gaps, offices, what was fitted on them. */
import { createHash } from 'node:crypto';
import { Zip, ZipDeflate } from 'fflate';
import type { Database } from '../../../connectors/databases/contract.ts';
import { csvOf } from './csv.ts';
import { ARCHIVED, ARCHIVED_TABLES, type ArchivedTable, LEARNED_OF_COLLECTION, SHEETS } from './tables.ts';

export const FORMAT = 'sportello-knowledge';
export const FORMAT_VERSION = 1;
const ROWS_AT_ONCE = 200;

export interface Exported {
  bytes: Uint8Array;
  /** Table → rows. */
  rows: Record<string, number>;
}

/** A zip of `tables/*.jsonl`, sheets and `manifest.json` with the SHA-256 of each. Held in memory; some seconds at 10,000 passages, others work in between. */
export async function exportKnowledge(database: Database, version: string, now = new Date()): Promise<Exported> {
  const pieces: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    if (error) failure = error;
    else pieces.push(piece);
  });
  const files: Record<string, string> = {};
  const rows: Record<string, number> = {};
  const add = async (name: string, parts: Iterable<string>): Promise<void> => {
    const hash = createHash('sha256');
    const entry = new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    for (const part of parts) {
      const bytes = new TextEncoder().encode(part);
      hash.update(bytes);
      entry.push(bytes, false);
      await new Promise((resolve) => setImmediate(resolve));
    }
    entry.push(new Uint8Array(0), true);
    files[name] = hash.digest('hex');
  };
  const sheets = Object.entries(SHEETS);
  for (const table of ARCHIVED_TABLES) {
    const all = await rowsOf(database, table);
    rows[table] = all.length;
    await add(`tables/${table}.jsonl`, linesOf(all));
    for (const [name, { columns }] of sheets.filter(([, sheet]) => sheet.table === table)) await add(name, [csvOf(columns, all)]);
  }
  const manifest = { format: FORMAT, formatVersion: FORMAT_VERSION, madeOn: now.toISOString(), software: version, rows, files };
  await add('manifest.json', [JSON.stringify(manifest, null, 2)]);
  zip.end();
  if (failure) throw failure;
  return { bytes: Buffer.concat(pieces), rows };
}

function* linesOf(rows: object[]): Generator<string> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    yield rows
      .slice(from, from + ROWS_AT_ONCE)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join('');
}

/** Only the columns that travel. */
async function rowsOf(database: Database, table: ArchivedTable): Promise<Record<string, unknown>[]> {
  const columns = Object.keys(ARCHIVED[table].shape);
  const found = await database.read
    .selectFrom(table)
    .select(columns as never)
    .orderBy(columns[0] as never)
    .orderBy((columns[1] ?? columns[0]) as never)
    .execute();
  const rows = found as Record<string, unknown>[];
  return table === 'learned' ? rows.filter(({ name }) => LEARNED_OF_COLLECTION(String(name))) : rows;
}
