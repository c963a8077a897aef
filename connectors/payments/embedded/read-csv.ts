/** Reads a CSV as offices export them: `;`, `,` or tab, quotes, a byte order mark, Windows or UTF-8 text. */

export interface CsvLine {
  /** As an editor counts them, from 1. */
  line: number;
  cells: string[];
}

/** Bytes that are no UTF-8 are taken for Windows-1252, as Italian spreadsheets write it. */
export function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** Lines with something in them; the separator is the one the first line has most of. */
export function readCsv(text: string): CsvLine[] {
  const plain = text.replace(/^\uFEFF/, '');
  const first = plain.slice(0, plain.search(/\r?\n|$/));
  const separator = [';', '\t', ','].toSorted((a, b) => first.split(b).length - first.split(a).length)[0] ?? ';';
  const lines: CsvLine[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let line = 1;
  let began = 1;
  const end = () => {
    cells.push(cell.trim());
    cell = '';
  };
  const endLine = () => {
    end();
    if (cells.some(Boolean)) lines.push({ line: began, cells });
    cells = [];
  };
  for (let i = 0; i < plain.length; i++) {
    const sign = plain[i];
    if (sign === '\n') line++;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (plain[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      quoted = true;
      cell = '';
    } else if (sign === separator) end();
    else if (sign === '\n') {
      endLine();
      began = line;
    } else if (sign !== '\r') cell += sign;
  }
  endLine();
  return lines;
}
