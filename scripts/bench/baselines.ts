/** Peers to measure against in the same run, over the same passages and questions. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadCommand } from '../../bot/control.ts';
import { openMiniSearch } from '../../eval/baselines/minisearch.ts';
import type { Passage } from '../../knowledge/answering/question.ts';
import { createRandomEmbedder } from './random-embedder.ts';

export interface Baseline {
  name: string;
  fill(passages: Passage[]): Promise<void>;
  search(text: string): Promise<unknown>;
  close?(): Promise<void>;
}

export async function openBaseline(name: string): Promise<Baseline> {
  if (name === 'minisearch') return miniSearch();
  if (name === 'lancedb') return lanceDb();
  throw new BadCommand(`--baseline ${name}: the known baselines are lancedb and minisearch`);
}

/** Words alone, with our tokens. */
function miniSearch(): Baseline {
  let search: ReturnType<typeof openMiniSearch> | null = null;
  return {
    name: 'minisearch',
    async fill(passages) {
      search = openMiniSearch(passages);
    },
    search: async (text) => search?.({ id: '', lang: 'it', text, relevant: [], history: [] }),
  };
}

const LANCEDB = '@lancedb/lancedb';
const DIMENSION = 384;
const PROPOSED = 50;

/** As much of LanceDB as is used. */
interface Lance {
  connect(folder: string): Promise<{ createTable(name: string, rows: Record<string, unknown>[]): Promise<LanceTable> }>;
  Index: { fts(options: object): unknown; hnswSq(options: object): unknown };
}
interface LanceTable {
  add(rows: Record<string, unknown>[]): Promise<unknown>;
  createIndex(column: string, options: { config: unknown }): Promise<void>;
  query(): LanceQuery;
}
interface LanceQuery {
  fullTextSearch(text: string, options: { columns: string[] }): LanceQuery;
  nearestTo(vector: number[]): LanceQuery;
  where(predicate: string): LanceQuery;
  select(columns: string[]): LanceQuery;
  limit(n: number): LanceQuery;
  toArray(): Promise<{ id: string }[]>;
}

/** Its full text in Italian and its graph of quantised vectors, each asked for fifty, fused by rank: hybrid, so to be compared with our `hybrid`. */
async function lanceDb(): Promise<Baseline> {
  const lance = (await import(LANCEDB).catch(() => null)) as Lance | null;
  if (!lance)
    throw new BadCommand(
      `--baseline lancedb needs the package ${LANCEDB} (some 230 MB), which is not installed: npm install --no-save ${LANCEDB}`,
    );
  const embedder = createRandomEmbedder(DIMENSION);
  const vectorOf = async (text: string) => [...((await embedder.embed([text], 'query'))[0] as Float32Array)];
  const folder = mkdtempSync(join(tmpdir(), 'sportello-lancedb-'));
  let table: LanceTable | null = null;
  return {
    name: 'lancedb',
    async fill(passages) {
      const database = await lance.connect(folder);
      for (let from = 0; from < passages.length; from += 5000) {
        const rows = await Promise.all(
          passages.slice(from, from + 5000).map(async ({ id, title, headings, text, audience }) => {
            const whole = `${title} ${headings.join(' ')} ${text}`;
            return { id, text: whole, audience, vector: await vectorOf(whole) };
          }),
        );
        if (table) await table.add(rows);
        else table = await database.createTable('passages', rows);
      }
      await table?.createIndex('text', {
        config: lance.Index.fts({ language: 'Italian', stem: true, removeStopWords: true, asciiFolding: true, lowercase: true }),
      });
      await table?.createIndex('vector', { config: lance.Index.hnswSq({ distanceType: 'cosine' }) });
    },
    async search(text) {
      if (!table) return [];
      const only = (query: LanceQuery, score: string) =>
        query.where("audience = 'citizen'").select(['id', score]).limit(PROPOSED).toArray();
      const found = await Promise.all([
        only(table.query().fullTextSearch(text, { columns: ['text'] }), '_score'),
        only(table.query().nearestTo(await vectorOf(text)), '_distance'),
      ]);
      const fused = new Map<string, number>();
      for (const list of found) for (const [place, { id }] of list.entries()) fused.set(id, (fused.get(id) ?? 0) + 1 / (61 + place));
      return [...fused].sort((a, b) => b[1] - a[1]).slice(0, 10);
    },
    async close() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
