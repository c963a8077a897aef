/** Kysely over one node:sqlite connection. It never opens transactions itself: grouping them is group-commit.ts' work. */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Connection, Ran } from './statements.ts';

class PlainAdapter extends SqliteAdapter {
  // Statements run synchronously, so Kysely's own queue for the connection would only add promises.
  override get supportsMultipleConnections(): boolean {
    return true;
  }
}

/** The outcome as Kysely wants it. */
export function outcomeOf<R>(result: Ran): QueryResult<R> {
  if (result.returns) return { rows: result.rows as R[] };
  const { changes, id } = result;
  return { rows: [], numAffectedRows: changes === 1 ? 1n : BigInt(changes), insertId: BigInt(id) };
}

export function dialectOver(connection: Connection): Dialect {
  const session: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      return outcomeOf<R>(connection.rows(query.sql, query.parameters));
    },
    async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
      yield { rows: connection.rows(query.sql, query.parameters).rows as R[] };
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
    destroy: async () => connection.close(),
  };
  return {
    createAdapter: () => new PlainAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}
