/** Lines that belong to the paper and not to the text: running heads, page numbers, tables of contents. */
import type { ReadDocument } from '../contract.ts';
import type { Line } from './lines.ts';

const SHARE_OF_PAGES = 0.6;
const MARGIN = 0.07;
const CONTENTS = /^(?:indice|sommario|contenuti|contents|table of contents|inhaltsverzeichnis)$/i;

const masked = (line: Line) => line.text.replace(/\d+/g, '#').toLowerCase();

/** Drops what stands near the upper or lower edge of more than 60 % of the pages, digits apart. */
export function dropRunningHeads(pages: Line[][]): { pages: Line[][]; dropped: ReadDocument['dropped'] } {
  const inMargin = (line: Line) => line.place > 1 - MARGIN || line.place < MARGIN;
  const counts = new Map<string, number>();
  for (const page of pages) for (const text of new Set(page.filter(inMargin).map(masked))) counts.set(text, (counts.get(text) ?? 0) + 1);
  const least = Math.max(2, SHARE_OF_PAGES * pages.length);
  const isRunning = (line: Line) =>
    inMargin(line) &&
    ((counts.get(masked(line)) ?? 0) >= least || /^(?:pag(?:ina|\.)?\s*)?\d+(?:\s*(?:di|\/|of|von)\s*\d+)?$/i.test(line.text));
  const dropped = [...counts].filter(([, count]) => count >= least).map(([text]) => ({ reason: 'running-head' as const, text }));
  return { pages: pages.map((page) => page.filter((line) => !isRunning(line))), dropped };
}

/** Drops a table of contents: lines with dot leaders or a page number at the end, or titles that come again further on. */
export function dropContents(lines: Line[]): { lines: Line[]; dropped: ReadDocument['dropped'] } {
  const norm = (text: string) =>
    text
      .replace(/[.\s·…]+\d*$/, '')
      .replace(/\W+/g, ' ')
      .trim()
      .toLowerCase();
  const last = new Map<string, number>();
  for (const [i, line] of lines.entries()) last.set(norm(line.text), i);
  const start = lines.findIndex((line) => CONTENTS.test(line.text.trim()));
  const dropped: ReadDocument['dropped'] = [];
  const kept: Line[] = [];
  let inside = false;
  for (const [i, line] of lines.entries()) {
    if (i === start) inside = true;
    const leader = /(?:\.\s?){4,}\s*\d*$/.test(line.text);
    const again = (last.get(norm(line.text)) ?? i) > i;
    // A long title of the contents runs over two lines: the piece is found again as the start or end of a later line.
    if (inside && i !== start && !leader && !again && !/\s\d+$/.test(line.text) && !continuesTitle(lines, i, norm)) inside = false;
    if (leader || inside) dropped.push({ reason: 'contents', text: line.text });
    else kept.push(line);
  }
  return { lines: kept, dropped };
}

function continuesTitle(lines: Line[], i: number, norm: (text: string) => string): boolean {
  const text = norm(lines[i]?.text ?? '');
  const joined = norm(`${lines[i]?.text ?? ''} ${lines[i + 1]?.text ?? ''}`);
  return (
    text.length > 3 &&
    lines
      .slice(i + 2)
      .some(
        (line) =>
          line.height > 0 &&
          (norm(line.text) === joined ||
            (norm(line.text).startsWith(text) && norm(line.text).length < text.length + 40 && /^(?:art|titolo|capo|allegato)/.test(text))),
      )
  );
}
