/**
 * Statements that travel as one message there and one back: all of them before a single Sync, so PostgreSQL makes one transaction of them without BEGIN and
 * COMMIT, and answers when it has ended. A Sync after each would make it send each answer by itself, and wake this process for each.
 */
import pg from 'pg';
import type { QueryResult } from 'kysely';
import { numberAsNumber } from './types.ts';

/** What of a statement's answer is always alike: the names of its columns and how their texts are read. */
type Columns = { name: string; read(text: string): unknown }[];

interface Sent {
  text: string;
  /** Absent = it is read anew each time. */
  name: string | undefined;
  values: (string | null)[];
  rows: Record<string, unknown>[];
  changed: number | undefined;
  resolve(result: QueryResult<unknown>): void;
  reject(error: unknown): void;
}

/** By the text of a statement with a name. What was described once is not asked for again: PostgreSQL refuses a prepared statement whose columns changed. */
const known = new Map<string, Columns>();

/** Inside of the driver's connection beside its types. */
type Connection = pg.Connection & {
  parsedStatements: Record<string, string>;
  submittedNamedStatements: Record<string, string>;
  bind(message: { statement: string | undefined; values: (string | null)[] }): void;
  execute(message: null): void;
  parse(message: { text: string; name: string | undefined }): void;
  describe(message: { type: 'P' }): void;
};

const CHANGES = /^(?:INSERT 0|UPDATE|DELETE|MERGE) (\d+)$/;

/** The driver sends only queries of its own kind one after the other without waiting for answers, hence the heritage. */
export class Packet extends pg.Query {
  /** Resolves when nothing more comes of it, whatever became of it. */
  readonly ended: Promise<void>;
  /** PostgreSQL refused it, and has undone it all: it may be sent again. False when nobody knows. */
  isUndone = false;
  /** It had statements to read, and failed: which of them the session knows by now nobody can say. */
  isSpoilt = false;
  #sent: Sent[] = [];
  #answered = 0;
  #reads = false;
  #end!: () => void;

  constructor() {
    super('');
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isEmpty(): boolean {
    return this.#sent.length === 0;
  }

  /** Resolves once the packet is durable. Rejects with what PostgreSQL said of any of its statements, or because the connection was lost. */
  add(text: string, name: string | undefined, values: readonly unknown[]): Promise<QueryResult<unknown>> {
    const asTexts = values.map(asText);
    return new Promise((resolve, reject) => {
      this.#sent.push({ text, name, values: asTexts, rows: [], changed: undefined, resolve, reject });
    });
  }

  override submit = (given: pg.Connection): void => {
    const connection = given as Connection;
    connection.stream.cork();
    for (const { text, name, values } of this.#sent) {
      const isThere = name !== undefined && (connection.parsedStatements[name] ?? connection.submittedNamedStatements[name]) !== undefined;
      if (!isThere) {
        connection.parse({ text, name });
        if (name !== undefined) connection.submittedNamedStatements[name] = text;
        this.#reads = true;
      }
      connection.bind({ statement: name, values });
      if (!known.has(text)) connection.describe({ type: 'P' });
      connection.execute(null);
    }
    connection.sync();
    connection.stream.uncork();
  };

  /** What follows is called by the driver with what PostgreSQL answers, in the order of the statements. */
  handleRowDescription({ fields }: { fields: { name: string; dataTypeID: number }[] }): void {
    const { text } = this.#sent[this.#answered]!;
    known.set(
      text,
      fields.map(({ name, dataTypeID }) => ({ name, read: numberAsNumber.getTypeParser(dataTypeID, 'text') })),
    );
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { text, rows } = this.#sent[this.#answered]!;
    const row: Record<string, unknown> = {};
    for (const [index, { name, read }] of (known.get(text) ?? []).entries()) {
      const field = fields[index] ?? null;
      row[name] = field === null ? null : read(field);
    }
    rows.push(row);
  }

  handleCommandComplete({ text: said }: { text: string }): void {
    const one = this.#sent[this.#answered++]!;
    // One that gives no columns is not described by any row.
    if (!known.has(one.text)) known.set(one.text, []);
    const changed = CHANGES.exec(said)?.[1];
    if (changed !== undefined) one.changed = Number(changed);
  }

  handleEmptyQuery(): void {
    this.#answered++;
  }

  handleReadyForQuery(): void {
    for (const { resolve, rows, changed } of this.#sent)
      resolve(changed === undefined ? { rows } : { rows, numAffectedRows: BigInt(changed) });
    this.#end();
  }

  /** An error of PostgreSQL's undoes everything once it is ready again; when it ends the session instead, or the connection is lost, nobody knows. */
  handleError(error: unknown, connection: pg.Connection): void {
    this.isSpoilt ||= this.#reads;
    if (!(error instanceof pg.DatabaseError)) {
      this.#fail(error);
      return;
    }
    const undone = (): void => {
      connection.off('end', lost);
      this.isUndone = true;
      this.#fail(error);
    };
    const lost = (): void => {
      connection.off('readyForQuery', undone);
      this.#fail(error);
    };
    connection.once('readyForQuery', undone);
    connection.once('end', lost);
  }

  #fail(error: unknown): void {
    for (const { reject } of this.#sent) reject(error);
    this.#end();
  }
}

function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  throw new TypeError(`A statement of a group takes texts and numbers, not ${typeof value}`);
}
