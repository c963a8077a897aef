/** One connection as the writer of a transaction. Statements are prepared by name, so that neither side reads the same text twice. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type pg from 'pg';
import type { Writer } from '../contract.ts';
import { runDirectly } from '../prepared.ts';
import type { Tables } from '../schema.ts';

/** So many texts get a name; what is built anew each time (lists of ids) would fill the memory of every session of the database. */
const NAMED = 200;
const names = new Map<string, string>();

/** Of statements that are compiled once: their texts are few. */
export function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= NAMED) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}

const CHANGES = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);

function asKysely<R>({ command, rowCount, rows }: pg.QueryResult): QueryResult<R> {
  return CHANGES.has(command) ? { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) } : { rows: rows as R[] };
}

/** What can be asked: a connection, or the pool, of which any answers. */
type Asked = Pick<pg.ClientBase, 'query'>;

/** Sends at once, before the caller awaits anything. */
export function runNamed<R>(asked: Asked, text: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
  const name = nameOf(text);
  return asked.query({ text, values: parameters as unknown[], ...(name ? { name } : {}) }).then(asKysely<R>);
}

const writers = new WeakMap<pg.PoolClient, Writer>();

/** The writer of this connection. Transactions are opened and ended by whoever has the connection. */
export function writerOver(client: pg.PoolClient): Writer {
  const known = writers.get(client);
  if (known) return known;
  const writer = new Kysely<Tables>({
    dialect: dialectThat(async (text, parameters) => asKysely(await client.query(text, parameters as unknown[]))),
  });
  runDirectly(writer, (text) => (parameters) => runNamed(client, text, parameters));
  writers.set(client, writer);
  return writer;
}

type Run = (text: string, parameters: readonly unknown[]) => Promise<QueryResult<unknown>>;

/** A writer of which `run` is all that is asked. */
export function writerThat(run: Run): Writer {
  const writer = new Kysely<Tables>({ dialect: dialectThat(run) });
  runDirectly(writer, (text) => (parameters) => run(text, parameters));
  return writer;
}

function dialectThat(run: Run): Dialect {
  const session: DatabaseConnection = {
    executeQuery: async <R>(query: CompiledQuery) => (await run(query.sql, query.parameters)) as QueryResult<R>,
    streamQuery() {
      throw new Error('Rows are not streamed within a transaction');
    },
  };
  const refuse = async () => {
    throw new Error('Use database.write() for transactions');
  };
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => session,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  };
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** An earlier statement failed and `work` said nothing of it: PostgreSQL answers COMMIT with ROLLBACK. */
class Undone extends Error {
  constructor() {
    super('The transaction was undone: a statement in it had failed');
  }
}

/** What the driver has beside its types: its socket, which holds back what is written until it is told to send. */
const socketOf = (client: pg.PoolClient) =>
  (client as unknown as { connection: { stream: NodeJS.WritableStream & { cork(): void; uncork(): void } } }).connection.stream;

/** What `ask` sends before it awaits anything goes out in one packet: each is a call of the system here, and wakes the session there. */
export function inOnePacket<T>(client: pg.PoolClient, ask: () => T): T {
  const socket = socketOf(client);
  socket.cork();
  try {
    return ask();
  } finally {
    socket.uncork();
  }
}

/** BEGIN travels with the first statement (the connection sends without waiting for answers), so it costs no round trip of its own. */
export async function transact<T>(client: pg.PoolClient, work: (tx: Writer) => Promise<T>): Promise<T> {
  try {
    const { begun, working } = inOnePacket(client, () => {
      const begun = client.query('begin');
      // Looked at below; until then it must not end the process.
      begun.catch(() => {});
      return { begun, working: work(writerOver(client)) };
    });
    const value = await working;
    await begun;
    if ((await client.query('commit')).command === 'ROLLBACK') throw new Undone();
    return value;
  } catch (error) {
    // One that cannot be undone any more is no longer between transactions, and is not used again.
    if (!(error instanceof Undone)) await client.query('rollback').catch(() => {});
    throw error;
  }
}

/** No transaction is open and the connection stands: others may use it. */
export const isBetween = (client: pg.PoolClient): boolean => client.getTransactionStatus() === 'I';
