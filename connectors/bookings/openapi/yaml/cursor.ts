/** Where a reader of YAML stands in its text, and how it says what is wrong there. */

/** `line` and `column` count from one. */
export class YamlMistake extends Error {
  line: number;
  column: number;
  constructor(what: string, line: number, column: number) {
    super(`line ${line}, column ${column}: ${what}`);
    this.line = line;
    this.column = column;
  }
}

export interface Cursor {
  readonly text: string;
  at: number;
}

export function fail({ text, at }: Cursor, what: string, where: number = at): never {
  const before = text.slice(0, where);
  throw new YamlMistake(what, before.split('\n').length, where - before.lastIndexOf('\n'));
}

/** Signs before this one on its line. */
export const columnOf = ({ text, at }: Cursor): number => at - (text.lastIndexOf('\n', at - 1) + 1);

/** Where the line ends, its newline not counted. */
export function lineEnd({ text }: Cursor, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const blank = (sign: string | undefined): boolean => sign === undefined || sign === ' ' || sign === '\t' || sign === '\n';

/** The sign stands alone: what follows is space, or nothing. */
export const alone = ({ text }: Cursor, at: number): boolean => blank(text[at + 1]);

/** `---` or `...` at the beginning of a line. */
export const marker = ({ text, at }: Cursor): boolean =>
  (at === 0 || text[at - 1] === '\n') && /^(?:---|\.\.\.)$/.test(text.slice(at, at + 3)) && blank(text[at + 3]);

export const ended = (cursor: Cursor): boolean => cursor.at >= cursor.text.length || marker(cursor);

/** Past spaces, comments and ends of lines. True when a new line was begun. */
export function gap(cursor: Cursor): boolean {
  const { text } = cursor;
  let fresh = cursor.at === 0 || text[cursor.at - 1] === '\n';
  let crossed = fresh;
  for (;;) {
    const from = cursor.at;
    while (text[cursor.at] === ' ' || text[cursor.at] === '\t') cursor.at++;
    const sign = text[cursor.at];
    if (sign === '#' && (fresh || cursor.at > from)) cursor.at = lineEnd(cursor, cursor.at);
    else if (sign !== '\n') {
      if (fresh && sign !== undefined && text.slice(from, cursor.at).includes('\t'))
        fail(cursor, 'a tab in the indentation: use spaces', from);
      return crossed;
    }
    if (text[cursor.at] !== '\n') return crossed;
    cursor.at++;
    fresh = true;
    crossed = true;
  }
}
