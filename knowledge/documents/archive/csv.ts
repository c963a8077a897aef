/** Rows as a sheet that spreadsheets open: commas, quoted cells, a byte order mark. */

/** A cell that a spreadsheet would take for a formula is told as text. */
export function csvOf(columns: string[], rows: Record<string, unknown>[]): string {
  const line = (cells: unknown[]) => `${cells.map(cellOf).join(',')}\r\n`;
  return `\uFEFF${line(columns)}${rows.map((row) => line(columns.map((column) => row[column]))).join('')}`;
}

function cellOf(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
