/** Files of requests on their way to the office's own tool: one row each, written with the case, tried until the tool has them or says no for good. */
import type { CaseUpload, Cases } from '../../connectors/cases/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Result } from '../../connectors/result.ts';
import type { CaseFiles } from './case-files.ts';

/** With waits that double from half a minute to six hours: about four days in all. */
const TRIES = 24;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** Longer than any try takes: another process takes it over then. */
const LEASE_MS = 180_000;
const AT_ONCE = 10;
const LONGEST_TROUBLE = 300;
const OPEN = ['waiting', 'sending'];

export interface Deliveries {
  /** Hands over what is due; resolves with how many arrived. Several processes may call it at once. */
  deliverDue(): Promise<number>;
  /** How many wait and how many were given up, over all cases. */
  counts(): Promise<{ waiting: number; failed: number }>;
  /** Those of a case, given up or waiting, are tried again now; one that is on its way stays so. Resolves with how many. */
  again(of: { year: number; number: number }): Promise<number>;
}

export interface DeliveryParts {
  database: Database;
  cases: Pick<Cases, 'attach'>;
  files: Pick<CaseFiles, 'read'>;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
}

export function createDeliveries({ database, cases, files, log, now = Date.now }: DeliveryParts): Deliveries {
  const stamp = (later = 0) => new Date(now() + later).toISOString();

  /** True for the one that may try it: the row is put off by a lease before anything is sent. */
  async function claim(id: string): Promise<number | null> {
    const row = await database.write((tx) =>
      tx
        .updateTable('case_attachment_delivery')
        .set((eb) => ({ state: 'sending', tries: eb('tries', '+', 1), next_at: stamp(LEASE_MS) }))
        .where('attachment_id', '=', id)
        .where('state', 'in', OPEN)
        .where('next_at', '<=', stamp())
        .returning('tries')
        .executeTakeFirst(),
    );
    return row?.tries ?? null;
  }

  async function tryOne(id: string): Promise<boolean> {
    const tries = await claim(id);
    if (tries === null) return false;
    // A surprise is a failed try like any other: the file stays.
    const result = await handOver(id).catch((error: unknown): Result<void> => ({ kind: 'down', reason: String(error) }));
    if (result.kind === 'ok') {
      await settle(id, { state: 'delivered', trouble: null, done_at: stamp() });
      return true;
    }
    const trouble = reasonOf(result).slice(0, LONGEST_TROUBLE);
    const dead = result.kind === 'invalid' || tries >= TRIES;
    const wait = result.kind === 'retry_after' ? result.seconds * 1000 : Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
    await settle(id, dead ? { state: 'failed', trouble, done_at: stamp() } : { state: 'waiting', trouble, next_at: stamp(wait) }, tries);
    log.warn(
      { id, tries, trouble },
      dead ? 'a file of a request could not be handed over' : 'a file of a request waits for the office’s tool',
    );
    return false;
  }

  async function handOver(id: string): Promise<Result<void>> {
    const { read } = database;
    const row = await read.selectFrom('case_attachment').selectAll().where('id', '=', id).executeTakeFirst();
    const content = row && (await files.read(id));
    if (!row || !content) return { kind: 'invalid', fields: { file: 'il file non c’è più' } };
    if (!cases.attach) return { kind: 'down', reason: 'lo strumento configurato non prende allegati' };
    const { name, content_type: contentType, question } = row;
    const file: CaseUpload = { id, name, contentType, content, question };
    return cases.attach(row.request_key, file);
  }

  /** `tries`: only while no other process has taken it over. */
  const settle = (id: string, values: { state: string; trouble: string | null; next_at?: string; done_at?: string }, tries?: number) =>
    database.write((tx) => {
      const row = tx.updateTable('case_attachment_delivery').set(values).where('attachment_id', '=', id);
      return (tries === undefined ? row : row.where('state', '=', 'sending').where('tries', '=', tries)).execute();
    });

  return {
    async deliverDue() {
      const due = await database.read
        .selectFrom('case_attachment_delivery')
        .select('attachment_id')
        .where('state', 'in', OPEN)
        .where('next_at', '<=', stamp())
        .orderBy('next_at')
        .limit(AT_ONCE)
        .execute();
      let arrived = 0;
      for (const { attachment_id } of due) if (await tryOne(attachment_id)) arrived += 1;
      return arrived;
    },
    async counts() {
      const rows = await database.read
        .selectFrom('case_attachment_delivery')
        .select((eb) => ['state', eb.fn.countAll<number>().as('count')])
        .where('state', '!=', 'delivered')
        .groupBy('state')
        .execute();
      const of = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
      return { waiting: of('waiting') + of('sending'), failed: of('failed') };
    },
    async again({ year, number }) {
      const rows = await database.write((tx) =>
        tx
          .updateTable('case_attachment_delivery')
          .set({ state: 'waiting', tries: 0, next_at: stamp(), done_at: null })
          .where('state', 'in', ['waiting', 'failed'])
          .where('attachment_id', 'in', (eb) =>
            eb.selectFrom('case_attachment').select('id').where('year', '=', year).where('number', '=', number),
          )
          .returning('attachment_id')
          .execute(),
      );
      return rows.length;
    },
  };
}

function reasonOf(result: Exclude<Result<void>, { kind: 'ok' }>): string {
  if (result.kind === 'invalid') return Object.values(result.fields).join(' ');
  return 'reason' in result ? result.reason : result.kind === 'not_found' ? 'la pratica non c’è nello strumento' : result.kind;
}
