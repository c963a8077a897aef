/** Vectors in the database, by model and by what was embedded. An unchanged paragraph of a new version costs no call. */
import { createHash } from 'node:crypto';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Passage } from '../answering/question.ts';

const AT_ONCE = 200;

/** What stands for a passage: where it stands, then what it says. */
export function textToEmbed({ title, headings, text }: Passage): string {
  return [[title, ...headings].filter(Boolean).join(' › '), text].filter(Boolean).join('\n');
}

export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Stored vectors of a model for these texts, by hash; those of another length are left out. */
export async function readVectors(
  database: Database,
  { model, dimension }: { model: string; dimension: number },
  hashes: string[],
): Promise<Map<string, Int8Array>> {
  const found = new Map<string, Int8Array>();
  for (let from = 0; from < hashes.length; from += AT_ONCE) {
    const rows = await database.read
      .selectFrom('passage_vector')
      .select(['text_hash', 'vector'])
      .where('model', '=', model)
      .where('text_hash', 'in', hashes.slice(from, from + AT_ONCE))
      .execute();
    // A copy: drivers hand out views into larger buffers, which would stay alive.
    for (const { text_hash, vector } of rows)
      if (vector.length === dimension) found.set(text_hash, new Int8Array(Uint8Array.from(vector).buffer));
  }
  return found;
}

/** One transaction. */
export async function storeVectors(
  database: Database,
  model: string,
  vectors: ReadonlyMap<string, Int8Array>,
  now = new Date(),
): Promise<void> {
  const rows = [...vectors].map(([text_hash, vector]) => ({
    model,
    text_hash,
    vector: Buffer.from(vector.buffer, vector.byteOffset, vector.length),
    created_at: now.toISOString(),
  }));
  await database.write(async (tx) => {
    for (let from = 0; from < rows.length; from += AT_ONCE)
      await tx
        .insertInto('passage_vector')
        .values(rows.slice(from, from + AT_ONCE))
        .onConflict((conflict) => conflict.columns(['model', 'text_hash']).doUpdateSet((row) => ({ vector: row.ref('excluded.vector') })))
        .execute();
  });
}

const LOOKED_AT = 5_000;

/** Forgets other models' vectors, and those of texts that are no longer among `kept`. Resolves with how many. */
export async function pruneVectors(database: Database, model: string, kept: ReadonlySet<string>): Promise<number> {
  const gone: string[] = [];
  for (let after = ''; ; ) {
    const rows = await database.read
      .selectFrom('passage_vector')
      .select('text_hash')
      .where('model', '=', model)
      .where('text_hash', '>', after)
      .orderBy('text_hash')
      .limit(LOOKED_AT)
      .execute();
    for (const { text_hash } of rows) if (!kept.has(text_hash)) gone.push(text_hash);
    if (rows.length < LOOKED_AT) break;
    after = (rows.at(-1) as { text_hash: string }).text_hash;
  }
  let others = 0;
  await database.write(async (tx) => {
    const result = await tx.deleteFrom('passage_vector').where('model', '!=', model).executeTakeFirst();
    others = Number(result.numDeletedRows);
    for (let from = 0; from < gone.length; from += AT_ONCE)
      await tx
        .deleteFrom('passage_vector')
        .where('model', '=', model)
        .where('text_hash', 'in', gone.slice(from, from + AT_ONCE))
        .execute();
  });
  return others + gone.length;
}
