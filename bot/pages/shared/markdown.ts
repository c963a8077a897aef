/**
 * Our own strict Markdown: a closed set of tags, every character of the source escaped, no HTML passes, no image is ever asked for.
 * Blocks here, words inside a line in markdown-line.ts. Cost grows with the length of the text.
 */
import { type LineOptions, renderLine } from './markdown-line.ts';

export interface MarkdownOptions extends LineOptions {
  /** Level of `#`; deeper marks go one lower, never below h6. */
  headingLevel?: number;
}

const listItem = /^\s{0,6}(?:([-*+•])|(\d{1,3})[.)])\s+(.*)$/;
const heading = /^(#{1,6})\s+(.*?)\s*#*$/;
const tableRule = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
const definition = /^\[(\d{1,3})\]:\s+\S+.*$/;

/** Markdown → HTML made of p br strong em ul ol li a code h3–h6 table thead tbody tr th td. */
export function renderMarkdown(source: string, options: MarkdownOptions = {}): string {
  const lines = source
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .filter((line) => !definition.test(line));
  const line = (text: string) => renderLine(text, options);
  let out = '';
  let at = 0;
  while (at < lines.length) {
    const text = lines[at] ?? '';
    if (text.trim() === '') {
      at++;
      continue;
    }
    const title = heading.exec(text);
    if (title) {
      const level = Math.min(6, (options.headingLevel ?? 3) + (title[1]?.length ?? 1) - 1);
      out += `<h${level}>${line(title[2] ?? '')}</h${level}>`;
      at++;
    } else if (text.includes('|') && tableRule.test(lines[at + 1] ?? '')) {
      const end = endOf(lines, at + 2, (row) => row.includes('|'));
      out += table(text, lines.slice(at + 2, end), line);
      at = end;
    } else if (listItem.test(text)) {
      const ordered = listItem.exec(text)?.[2] !== undefined;
      const end = endOf(lines, at, (row) => isItem(row, ordered) || (/^\s{2,}\S/.test(row) && !listItem.test(row)));
      out += list(lines.slice(at, end), ordered, line);
      at = end;
    } else {
      const end = endOf(lines, at + 1, (row) => row.trim() !== '' && !listItem.test(row) && !heading.test(row));
      out += `<p>${lines
        .slice(at, end)
        .map((row) => line(row.trim()))
        .join('<br>')}</p>`;
      at = end;
    }
  }
  return out;
}

/** The same words without any mark-up, for the saved conversation and short previews. */
export function plainText(source: string): string {
  return source
    .split('\n')
    .filter((line) => !definition.test(line))
    .join('\n')
    .replace(/!?\[([^\]\n]*)\]\(([^)\s]*)[^)]*\)/g, '$1')
    .replace(/(\*\*|__|`)/g, '')
    .replace(/^#{1,6}\s+/gm, '')
    .trim();
}

function endOf(lines: string[], from: number, belongs: (line: string) => boolean): number {
  let at = from;
  while (at < lines.length && belongs(lines[at] ?? '')) at++;
  return at;
}

function isItem(line: string, ordered: boolean): boolean {
  const match = listItem.exec(line);
  return match !== null && (match[2] !== undefined) === ordered;
}

function list(lines: string[], ordered: boolean, line: (text: string) => string): string {
  const items: string[][] = [];
  let first = 1;
  for (const text of lines) {
    const match = listItem.exec(text);
    if (match) {
      if (items.length === 0 && match[2]) first = Number(match[2]);
      items.push([match[3] ?? '']);
    } else items.at(-1)?.push(text.trim());
  }
  const tag = ordered ? 'ol' : 'ul';
  const start = ordered && first !== 1 ? ` start="${first}"` : '';
  return `<${tag}${start}>${items.map((parts) => `<li>${parts.map(line).join('<br>')}</li>`).join('')}</${tag}>`;
}

function table(head: string, rows: string[], line: (text: string) => string): string {
  const cells = (row: string) =>
    row
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => line(cell.trim()));
  const names = cells(head);
  const body = rows
    .map(
      (row) =>
        `<tr>${cells(row)
          .slice(0, names.length)
          .map((cell) => `<td>${cell}</td>`)
          .join('')}</tr>`,
    )
    .join('');
  return `<table><thead><tr>${names.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead><tbody>${body}</tbody></table>`;
}
