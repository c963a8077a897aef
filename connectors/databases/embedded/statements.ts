/** One SQLite connection with its prepared statements kept: preparing costs more than running on the hot path. */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

const KEPT = 500;
/** Pages of the log before they are copied into the file (16 MB): what many turns write to the same page is copied once. SQLite's own 1000 are copied after a hundred turns. */
const LOG_PAGES = 4_000;
/** KiB of pages a connection keeps. Twice as many cost more than they save: a commit after which pages have changed places walks all that are kept. */
const CACHE_KB = 8_000;

/** What came of a statement: its rows, or how many it changed and the id of the last. */
export interface Ran {
  rows: unknown[];
  changes: number;
  id: number | bigint;
  returns: boolean;
}

export interface Connection {
  raw: DatabaseSync;
  rows(sql: string, parameters: readonly unknown[]): Ran;
  /** The statement kept for as long as the connection is. What it gives takes its parameters over: the array is rewritten. */
  keep(sql: string): (parameters: unknown[]) => Ran;
  exec(sql: string): void;
  close(): void;
}

interface Prepared {
  statement: StatementSync;
  returns: boolean;
}

/** SQLite knows neither undefined nor booleans. */
const toSqlite = (value: unknown): SQLInputValue => {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.toISOString();
  return value as SQLInputValue;
};

export function openConnection(file: string, readOnly: boolean): Connection {
  const raw = new DatabaseSync(file, { readOnly, timeout: 5000, enableForeignKeyConstraints: true });
  if (!readOnly) raw.exec('pragma journal_mode = wal');
  raw.exec(
    `pragma synchronous = full; pragma cache_size = -${CACHE_KB}; pragma temp_store = memory; pragma wal_autocheckpoint = ${LOG_PAGES}`,
  );

  const kept = new Map<string, Prepared>();
  const makeReady = (sql: string): Prepared => {
    const statement = raw.prepare(sql);
    return { statement, returns: statement.columns().length > 0 };
  };
  const prepare = (sql: string): Prepared => {
    const known = kept.get(sql);
    if (known) return known;
    const prepared = makeReady(sql);
    kept.set(sql, prepared);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return prepared;
  };

  return {
    raw,
    rows: (sql, parameters) => run(prepare(sql), [...parameters]),
    keep(sql) {
      const prepared = makeReady(sql);
      return (parameters) => run(prepared, parameters);
    },
    exec: (sql) => raw.exec(sql),
    close: () => raw.close(),
  };
}

function run({ statement, returns }: Prepared, parameters: unknown[]): Ran {
  for (let i = 0; i < parameters.length; i++) parameters[i] = toSqlite(parameters[i]);
  const values = parameters as SQLInputValue[];
  if (returns) return { rows: statement.all(...values), changes: 0, id: 0, returns };
  const { changes, lastInsertRowid } = statement.run(...values);
  return { rows: [], changes: Number(changes), id: lastInsertRowid, returns };
}
