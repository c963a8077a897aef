/** What the two engines say differently when figures are counted. */
import { type RawBuilder, sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';

export type Engine = Database['engine'];

/** Seconds from one time to another, both ISO text columns; null when one is. */
export const secondsBetween = (engine: Engine, from: string, to: string): RawBuilder<number | null> =>
  engine === 'postgres'
    ? sql`extract(epoch from (${sql.ref(to)}::timestamptz - ${sql.ref(from)}::timestamptz))::float8`
    : sql`(julianday(${sql.ref(to)}) - julianday(${sql.ref(from)})) * 86400.0`;

/** A text column's time moved by days, as ISO text that compares with the others. */
export const daysAfter = (engine: Engine, column: string, days: number): RawBuilder<string> =>
  engine === 'postgres'
    ? sql`to_char((${sql.ref(column)}::timestamptz at time zone 'UTC') + make_interval(days => ${sql.lit(days)}), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : sql`strftime('%Y-%m-%dT%H:%M:%fZ', ${sql.ref(column)}, ${sql.lit(`+${days} days`)})`;

/** Id (or title) of the document that an answer cites first; null when none, or when the retention has emptied it. */
export const firstCited = (engine: Engine, column: string, field: 'documentId' | 'title'): RawBuilder<string | null> =>
  engine === 'postgres'
    ? sql`(${sql.ref(column)}::json -> 'citations' -> 0 ->> ${sql.lit(field)})`
    : sql`json_extract(${sql.ref(column)}, ${sql.lit(`$.citations[0].${field}`)})`;

/** PostgreSQL counts in strings. */
export const number = (value: unknown): number => Number(value ?? 0);
export const rounded = (value: unknown, digits = 0): number | null =>
  value === null || value === undefined ? null : Number(Number(value).toFixed(digits));
export const share = (part: number, of: number): number | null => (of === 0 ? null : Number((part / of).toFixed(3)));
