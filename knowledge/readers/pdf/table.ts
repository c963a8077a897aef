/** A table: lines in columns. The first line holds the headings; a line near the one above goes on with its cells. */
import { cleanLine, rowText } from '../../ingest/text.ts';
import type { Fragment, Line } from './lines.ts';

const LEAST_LINES = 3;
/** Nearer than this many heights, a line with fewer cells continues the row above. */
const CONTINUES = 1.45;

interface Row {
  cells: string[];
  line: Line;
}

/** Rows as readable text and the index of the first line after the table; null where no table begins. */
export function tableAt(lines: Line[], start: number, bodyHeight: number): { rows: string[]; end: number } | null {
  const head = lines[start] as Line;
  if (head.cells.length < 2 || head.height > bodyHeight * 1.2) return null;
  const columns = columnsOf(lines, start);
  if (!columns) return null;
  const rows: Row[] = [];
  let end = start;
  for (; end < lines.length; end++) {
    const line = lines[end] as Line;
    if (line.height > bodyHeight * 1.12) break;
    const placed = place(line, columns);
    const above = rows.at(-1);
    const near = above && above.line.page === line.page && lastLine(lines, end).y - line.y < CONTINUES * line.height;
    if (!placed) break;
    const filled = placed.filter(Boolean).length;
    if (above && near && (filled < columns.length || rows.length === 1)) {
      for (const [i, text] of placed.entries()) if (text) above.cells[i] = cleanLine(`${above.cells[i]} ${text}`);
    } else if (filled >= 2 || (above && near)) rows.push({ cells: placed, line });
    else break;
  }
  if (rows.length < LEAST_LINES - 1 || end - start < LEAST_LINES) return null;
  const keys = (rows[0] as Row).cells;
  const body = rows.slice(1).filter((row) => row.cells.join('|') !== keys.join('|'));
  return { rows: body.map((row) => rowText(keys, row.cells)), end };
}

function lastLine(lines: Line[], at: number): Line {
  return lines[at - 1] as Line;
}

/** Left edges of the columns: those of the first line, when following lines keep to them. */
function columnsOf(lines: Line[], start: number): number[] | null {
  const head = lines[start] as Line;
  const columns = head.cells.map((cell) => cell.x);
  let fitting = 0;
  for (let i = start + 1; i < Math.min(lines.length, start + 6); i++) {
    const line = lines[i] as Line;
    if (line.cells.length >= 2 && place(line, columns)) fitting++;
  }
  return fitting >= 1 ? columns : null;
}

/** The line's pieces under the columns; null when its first piece stands where no column is. */
function place(line: Line, columns: number[]): string[] | null {
  const placed = columns.map(() => '');
  let current = -1;
  let end = 0;
  for (const fragment of line.fragments) {
    const column = nearest(fragment, columns);
    // A piece in the middle of a cell goes on with it, unless a wide gap says that it is a cell of no column.
    if (column >= 0) current = column;
    else if (current < 0 || fragment.x - end > fragment.height * 2) return null;
    placed[current] = cleanLine(`${placed[current]} ${fragment.text}`);
    end = fragment.x + fragment.width;
  }
  return placed;
}

function nearest(fragment: Fragment, columns: number[]): number {
  let best = -1;
  let distance = fragment.height * 0.6;
  for (const [i, x] of columns.entries()) {
    const gap = Math.abs(fragment.x - x);
    if (gap < distance) {
      best = i;
      distance = gap;
    }
  }
  return best;
}
