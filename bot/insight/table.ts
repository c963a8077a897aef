/** A figure as a table: the page draws it, the exports write it. A noun: this file imports nothing. */

export type Cell = string | number | null;

export interface Column {
  /** Name in exports, `attesa_mediana_s`. */
  name: string;
  /** Heading that people read. */
  title: string;
}

export interface FigureTable {
  /** Name in addresses and files, `canali`. */
  name: string;
  title: string;
  /** What is counted and how, in a sentence. */
  about: string;
  columns: Column[];
  rows: Cell[][];
  /** Columns to draw: labels from the first, bars from the second on, side by side or one on the other. Absent = a table alone. */
  plot?: { label: number; bars: number[]; stacked: boolean };
}

export interface Period {
  /** First and last day in the office's zone, both included, `YYYY-MM-DD`. */
  from: string;
  to: string;
  /** The same as instants, ISO UTC, the end excluded: what tables are compared with. */
  start: string;
  end: string;
}

/** RFC 4180, header first, lines end in CRLF. A cell that a spreadsheet would run as a formula is defused. */
export function toCsv({ columns, rows }: Pick<FigureTable, 'columns' | 'rows'>): string {
  return [columns.map(({ name }) => name), ...rows].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function quoted(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
