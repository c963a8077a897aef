/** Statements of the hot path: built and compiled once for each engine, afterwards only bound. Building a query costs more than running it on SQLite. */
import type { Compilable, CompiledQuery, QueryResult } from 'kysely';
import type { Writer } from './contract.ts';

interface Compiled {
  query: CompiledQuery;
  places: Place[];
}

/** Of a parameter: the name of the value it takes, or the constant it always has (name null). */
interface Place {
  name: string | null;
  constant: unknown;
}

const MARK = '\u0000value:';

/** Takes the parameters over. */
type Run = (parameters: unknown[]) => QueryResult<unknown> | Promise<QueryResult<unknown>>;
type Keep = (sql: string) => Run;
const direct = new WeakMap<Writer, Keep>();
const sparing = new WeakSet<Writer>();

/**
 * Statements of this writer need no connection to be waited for: Kysely's promises around each of them cost more than it does. `keep` is asked once for
 * each statement, by the writer that lives as long as the process for good.
 */
export function runDirectly(writer: Writer, keep: Keep, options: { readsAfterwards?: boolean } = {}): void {
  direct.set(writer, keep);
  if (options.readsAfterwards) sparing.add(writer);
}

/**
 * Whether a statement is better told to give back nothing, and what it wrote read by another: with RETURNING SQLite opens a table for what it gives and
 * copies every page it writes to, in case it must undo the half of it. Elsewhere each statement is a way there and back.
 */
export const readsAfterwards = (writer: Writer): boolean => sparing.has(writer);

/** What follows a statement: at once where the engine answered at once. */
export function after<Given, Next>(given: Given | Promise<Given>, next: (given: Given) => Next | Promise<Next>): Next | Promise<Next> {
  return given instanceof Promise ? given.then(next) : next(given);
}

/**
 * `build` is called once for each engine and sees a stand-in for every value: it must put it into the query untouched and decide nothing by it.
 * The function it gives runs the query with real values; where the engine answers at once it gives the result itself and throws: a promise around each
 * would cost as much as the binding, and on the hot path only a promise is awaited.
 */
export function prepare<Values extends object, Row = unknown>(
  build: (db: Writer, value: <Name extends keyof Values & string>(name: Name) => Values[Name]) => Compilable<Row>,
): (tx: Writer, values: Values) => QueryResult<Row> | Promise<QueryResult<Row>> {
  const engines = new Map<unknown, Compiled>();

  function compile(tx: Writer): Compiled {
    const query = build(tx, (name) => (MARK + name) as never).compile();
    const places = query.parameters.map((parameter) =>
      typeof parameter === 'string' && parameter.startsWith(MARK)
        ? { name: parameter.slice(MARK.length), constant: null }
        : { name: null, constant: parameter },
    );
    return { query, places };
  }

  // The last writer and its statement: the embedded engine has one for the life of the process.
  let last: { tx: Writer; compiled: Compiled; run: Run | undefined } | undefined;

  function look(tx: Writer) {
    const engine = tx.getExecutor().adapter.constructor;
    const compiled = engines.get(engine) ?? compile(tx);
    engines.set(engine, compiled);
    const run = direct.get(tx)?.(compiled.query.sql);
    const found = { tx, compiled, run };
    if (run) last = found;
    return found;
  }

  return (tx, values) => {
    const { compiled, run } = last?.tx === tx ? last : look(tx);
    const { places, query } = compiled;
    const parameters: unknown[] = new Array(places.length);
    for (let i = 0; i < places.length; i++) {
      const { name, constant } = places[i] as Place;
      parameters[i] = name === null ? constant : values[name as keyof Values];
    }
    if (run) return run(parameters) as QueryResult<Row> | Promise<QueryResult<Row>>;
    return tx.executeQuery<Row>({ ...query, parameters } as CompiledQuery<Row>);
  };
}
