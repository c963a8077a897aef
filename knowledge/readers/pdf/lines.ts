/** Fragments of a page → lines of cells, from top to bottom. */

export interface Fragment {
  text: string;
  x: number;
  /** Base line, from the bottom of the page. */
  y: number;
  width: number;
  height: number;
  font: string;
}

export interface Cell {
  x: number;
  end: number;
  text: string;
}

export interface Line {
  page: number;
  y: number;
  height: number;
  font: string;
  cells: Cell[];
  /** The same pieces before they were joined to cells: a table's columns tell better where a cell ends. */
  fragments: Fragment[];
  text: string;
  /** Where on the page, 0 = bottom, 1 = top. */
  place: number;
}

/** A gap wider than this many letter heights starts another cell. */
const CELL_GAP = 1.6;
const SPACE_GAP = 0.12;

export function linesOf(fragments: Fragment[], page: number, pageHeight: number): Line[] {
  const rows: Fragment[][] = [];
  for (const fragment of [...fragments].sort((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && Math.abs(first.y - fragment.y) < 0.45 * Math.max(first.height, fragment.height)) row.push(fragment);
    else rows.push([fragment]);
  }
  return rows.map((row) => lineOf(row, page, pageHeight)).filter((line) => line.text !== '');
}

function lineOf(row: Fragment[], page: number, pageHeight: number): Line {
  row.sort((a, b) => a.x - b.x);
  const cells: Cell[] = [];
  for (const fragment of row) {
    const cell = cells.at(-1);
    const gap = cell ? fragment.x - cell.end : Number.POSITIVE_INFINITY;
    if (!cell || gap > CELL_GAP * fragment.height) cells.push({ x: fragment.x, end: fragment.x + fragment.width, text: fragment.text });
    else {
      const space = gap > SPACE_GAP * fragment.height && !/\s$/.test(cell.text) && !/^\s/.test(fragment.text);
      cell.text += space ? ` ${fragment.text}` : fragment.text;
      cell.end = Math.max(cell.end, fragment.x + fragment.width);
    }
  }
  for (const cell of cells) cell.text = cell.text.replace(/\s+/g, ' ').trim();
  const longest = row.reduce((a, b) => (b.text.length > a.text.length ? b : a));
  const kept = cells.filter((cell) => cell.text !== '');
  const y = row[0]?.y ?? 0;
  return {
    page,
    y,
    height: longest.height,
    font: longest.font,
    cells: kept,
    fragments: row,
    text: kept.map((cell) => cell.text).join(' '),
    place: y / (pageHeight || 1),
  };
}
