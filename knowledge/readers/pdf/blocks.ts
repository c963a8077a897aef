/** Lines → headings, paragraphs, items and table rows. */
import { ARTICLE, cleanLine } from '../../ingest/text.ts';
import type { Block } from '../contract.ts';
import type { Line } from './lines.ts';
import { tableAt } from './table.ts';

/** A heading's letters are this much taller than the body's. */
const TALLER = 1.12;
/** Lines nearer than this many heights belong to one paragraph. */
const LEADING = 1.75;
/** In heights of the body's letters. */
const LEAST_INDENT = 1.4;
const MOST_INDENT = 4;
const MARKER = /^(?:[•▪◦·–-]\s+|\(?\d{1,3}[.)]\s+|[a-z]{1,2}\)\s+)/;

export function linesToBlocks(lines: Line[]): Block[] {
  const body = commonest(lines, (line) => line.height.toFixed(1));
  const bodyHeight = Number(body);
  const bodyFont = commonest(
    lines.filter((line) => line.height.toFixed(1) === body),
    (line) => line.font,
  );
  const sizes = [...new Set(lines.map((line) => Math.round(line.height)).filter((height) => height > bodyHeight * TALLER))].sort(
    (a, b) => b - a,
  );
  const levelOf = (line: Line): number | null => {
    if (line.cells.length > 2 || line.text.length > 160) return null;
    if (line.height > bodyHeight * TALLER) return Math.min(6, 1 + sizes.indexOf(Math.round(line.height)));
    if (ARTICLE.test(line.text) && line.text.length < 110 && /^[A-Z]/.test(line.text) && line.font !== bodyFont) return 5;
    return null;
  };
  const left = Number(
    commonest(
      lines.filter((line) => line.height.toFixed(1) === body),
      (line) => String(Math.round(line.cells[0]?.x ?? 0)),
    ),
  );
  /** A list whose bullets are drawn and not written: lines set in, unless only a paragraph's first line is. */
  const isSetIn = (i: number): boolean => {
    const [line, next] = [lines[i] as Line, lines[i + 1]];
    const by = (line.cells[0]?.x ?? 0) - left;
    if (line.cells.length > 1 || by < LEAST_INDENT * bodyHeight || by > MOST_INDENT * bodyHeight) return false;
    const goesOnAtLeft = next && next.page === line.page && line.y - next.y < LEADING * line.height && (next.cells[0]?.x ?? 0) - left < 2;
    return !goesOnAtLeft;
  };
  const blocks: Block[] = [];
  let previous: Line | null = null;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as Line;
    const level = levelOf(line);
    const near = previous !== null && previous.page === line.page && previous.y - line.y < LEADING * Math.max(previous.height, line.height);
    const last = blocks.at(-1);
    const table = level === null ? tableAt(lines, i, bodyHeight) : null;
    if (table) {
      for (const text of table.rows) blocks.push({ kind: 'row', text, page: line.page });
      i = table.end - 1;
      previous = null;
      continue;
    }
    if (level !== null) {
      if (near && last?.kind === 'heading' && last.level === level && !ARTICLE.test(line.text))
        last.text = cleanLine(`${last.text} ${line.text}`);
      else blocks.push({ kind: 'heading', level, text: cleanLine(line.text), page: line.page });
    } else if (
      MARKER.test(line.text) ||
      last === undefined ||
      last.kind === 'heading' ||
      last.kind === 'row' ||
      startsAnew(previous, line, near, last)
    )
      pushText(blocks, line, isSetIn(i));
    else last.text = joined(last.text, line.text);
    previous = line;
  }
  return blocks;
}

/** A paragraph goes on over the page's end when its sentence does. */
function startsAnew(previous: Line | null, line: Line, near: boolean, last: Block): boolean {
  if (near) return previous !== null && previous.font !== line.font && previous.height !== line.height;
  if (previous !== null && previous.page === line.page) return true;
  return /[.:;!?»]$/.test(last.text) || /^[A-Z]/.test(line.text);
}

function pushText(blocks: Block[], line: Line, setIn: boolean): void {
  const marker = /^(?:[•▪◦·–-])\s+(.*)$/.exec(line.text);
  const text = cleanLine(marker?.[1] ?? line.text);
  // Numbers and letters stay: "2." names the comma, "b)" the letter that people cite.
  const numbered = /^\(?\d{1,3}[.)]\s/.test(text);
  if (marker || (setIn && !numbered) || /^[a-z]{1,2}\)\s/.test(text))
    blocks.push({ kind: 'item', text, depth: 0, ordered: false, page: line.page });
  else blocks.push({ kind: 'paragraph', text, page: line.page });
}

/** A word cut at the line's end is whole again; a real hyphen (before a capital or a digit) stays. */
function joined(text: string, next: string): string {
  return /\p{L}-$/u.test(text) && /^\p{Ll}/u.test(next) ? text.slice(0, -1) + cleanLine(next) : cleanLine(`${text} ${next}`);
}

function commonest(lines: Line[], key: (line: Line) => string): string {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(key(line), (counts.get(key(line)) ?? 0) + line.text.length);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
