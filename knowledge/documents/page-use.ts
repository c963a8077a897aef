/** Which pages are of use: quoted in answers, or opened by people who wanted to read on. */
import type { Database } from '../../connectors/databases/contract.ts';

export interface PageReads {
  /** Somebody opened the page; written later, with others. */
  note(documentId: string): void;
  /** Writes what was noted. */
  flush(now?: Date): Promise<void>;
}

const MOST_NOTED = 10_000;

export function createPageReads(database: Database): PageReads {
  let noted = new Map<string, number>();
  return {
    note(documentId) {
      if (noted.has(documentId) || noted.size < MOST_NOTED) noted.set(documentId, (noted.get(documentId) ?? 0) + 1);
    },
    async flush(now = new Date()) {
      if (noted.size === 0) return;
      const written = noted;
      noted = new Map();
      const month = now.toISOString().slice(0, 7);
      try {
        await database.write(async (tx) => {
          for (const [document_id, count] of written)
            await tx
              .insertInto('page_read')
              .values({ document_id, month, count })
              .onConflict((conflict) =>
                conflict.columns(['document_id', 'month']).doUpdateSet((row) => ({ count: row('page_read.count', '+', count) })),
              )
              .execute();
        });
      } catch (error) {
        // For the next time.
        for (const [id, count] of written) noted.set(id, (noted.get(id) ?? 0) + count);
        throw error;
      }
    },
  };
}

export interface PageUse {
  /** Answers of the last 90 days. */
  answers: number;
  cited: Map<string, number>;
  /** Opened in this month and the three before. */
  read: Map<string, number>;
}

const DAYS = 90;
const PAGE = 1_000;

/** Reads the answers of 90 days a thousand at a time. */
export async function pageUse(database: Database, now: Date): Promise<PageUse> {
  const since = new Date(now.getTime() - DAYS * 86_400_000).toISOString();
  const use: PageUse = { answers: 0, cited: new Map(), read: new Map() };
  let before = '9';
  for (;;) {
    const rows = await database.read
      .selectFrom('answer')
      .select(['json', 'created_at'])
      .where('outcome', '=', 'answered')
      .where('created_at', '>=', since)
      .where('created_at', '<', before)
      .orderBy('created_at', 'desc')
      .limit(PAGE)
      .execute();
    for (const { json } of rows) {
      use.answers++;
      for (const id of new Set(
        [...json.matchAll(/"documentId":("(?:[^"\\]|\\.)*")/g)].map(([, name]) => JSON.parse(name as string) as string),
      ))
        use.cited.set(id, (use.cited.get(id) ?? 0) + 1);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    before = last.created_at;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const reads = await database.read.selectFrom('page_read').selectAll().where('month', '>=', since.slice(0, 7)).execute();
  for (const { document_id, count } of reads) use.read.set(document_id, (use.read.get(document_id) ?? 0) + count);
  return use;
}
