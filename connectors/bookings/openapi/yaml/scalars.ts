/** Values of YAML that hold no others: quoted, in blocks, and plain words, which are numbers, true, false and null where they look like it (core schema of 1.2). */
import { type Cursor, columnOf, ended, fail, lineEnd } from './cursor.ts';

const ESCAPES: Record<string, string> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b', ' ': ' ', '"': '"', '/': '/', '\\': '\\' },
  ...{ N: '\x85', _: '\xa0', L: '\u2028', P: '\u2029', '\t': '\t' },
};
const WIDTH: Record<string, number> = { x: 2, u: 4, U: 8 };

export function plainValue(word: string): unknown {
  if (/^(?:|~|null|Null|NULL)$/.test(word)) return null;
  if (/^(?:true|True|TRUE)$/.test(word)) return true;
  if (/^(?:false|False|FALSE)$/.test(word)) return false;
  if (/^0o[0-7]+$|^0x[0-9a-fA-F]+$/.test(word)) return Number(word);
  if (/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(word)) return Number(word);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  return /^\.(?:nan|NaN|NAN)$/.test(word) ? Number.NaN : word;
}

/** At a quotation mark; past the closing one afterwards. */
export function quoted(cursor: Cursor): string {
  const { text } = cursor;
  const start = cursor.at;
  const mark = text[start];
  let said = '';
  /** Spaces that end a line are no part of it; an escape is none of them. */
  let blanks = '';
  for (cursor.at++; ; ) {
    const sign = text[cursor.at];
    if (sign === undefined) fail(cursor, 'a quotation that is not closed', start);
    if (sign === '\n') {
      blanks = '';
      said += fold(cursor);
      continue;
    }
    if (sign === ' ' || sign === '\t') {
      blanks += sign;
      cursor.at++;
      continue;
    }
    said += blanks;
    blanks = '';
    if (sign === mark) {
      cursor.at++;
      if (mark === '"' || text[cursor.at] !== "'") return said;
      said += "'";
      cursor.at++;
    } else if (sign === '\\' && mark === '"') said += escaped(cursor);
    else {
      said += sign;
      cursor.at++;
    }
  }
}

/** Past the closing mark of a quotation that begins here and ends before `end`; null = it goes on. */
export function quoteEnd({ text, at }: Cursor, end: number): number | null {
  const mark = text[at];
  for (let next = at + 1; next < end; next++) {
    if (mark === '"' && text[next] === '\\') next++;
    else if (text[next] === mark && mark === "'" && text[next + 1] === "'") next++;
    else if (text[next] === mark) return next + 1;
  }
  return null;
}

/** Ends of lines within words: one is a space, each further one a newline. */
function fold(cursor: Cursor): string {
  let lines = 0;
  while (/[ \t\n]/.test(cursor.text[cursor.at] ?? '')) {
    if (cursor.text[cursor.at] === '\n') lines++;
    cursor.at++;
  }
  return lines === 1 ? ' ' : '\n'.repeat(lines - 1);
}

function escaped(cursor: Cursor): string {
  const { text } = cursor;
  const from = cursor.at;
  const sign = text[from + 1] ?? '';
  cursor.at += 2;
  if (sign === '\n') {
    while (/[ \t]/.test(text[cursor.at] ?? '')) cursor.at++;
    return '';
  }
  const width = WIDTH[sign];
  if (width === undefined) return ESCAPES[sign] ?? fail(cursor, `"\\${sign}" is no escape`, from);
  const digits = text.slice(cursor.at, cursor.at + width);
  const code = Number.parseInt(digits, 16);
  if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length < width || code > 0x10ffff)
    fail(cursor, `"\\${sign}" wants ${width} hexadecimal digits`, from);
  cursor.at += width;
  return String.fromCodePoint(code);
}

/** At `|` or `>`; at the end of its last line afterwards. `parent`: column of what holds it. */
export function blockWords(cursor: Cursor, parent: number): string {
  const { text } = cursor;
  const start = cursor.at;
  const end = lineEnd(cursor, start);
  const head = /^([|>])(?:([+-])([1-9])?|([1-9])([+-])?)?[ \t]*(?:[ \t]#.*)?$/.exec(text.slice(start, end));
  if (!head) fail(cursor, 'after "|" or ">" only "+", "-" and a digit may stand on the line', start);
  const chomp = head[2] ?? head[5];
  const digit = head[3] ?? head[4];
  let indent = digit ? Math.max(parent, 0) + Number(digit) : -1;
  const lines: string[] = [];
  cursor.at = end;
  while (cursor.at < text.length) {
    const from = cursor.at + 1;
    const to = lineEnd(cursor, from);
    const line = text.slice(from, to);
    const spaces = line.length - line.replace(/^ +/, '').length;
    const empty = spaces === line.length;
    if (!empty && indent < 0) indent = spaces;
    if (!empty && (spaces < indent || indent <= parent)) break;
    if (from > text.length) break;
    lines.push(empty && (indent < 0 || spaces <= indent) ? '' : line.slice(indent));
    cursor.at = to;
  }
  let last = lines.length;
  while (last > 0 && lines[last - 1] === '') last--;
  const kept = lines.slice(0, last);
  const body = head[1] === '|' ? kept.join('\n') : folded(kept);
  if (chomp === '-') return body;
  if (chomp === '+')
    return (
      body + '\n'.repeat(lines.length - last + (last > 0 && text[cursor.at] === undefined && !text.endsWith('\n') ? 0 : last > 0 ? 1 : 0))
    );
  return body === '' ? '' : `${body}\n`;
}

/** Lines of one paragraph are joined; what is indented further stays as it is. */
function folded(lines: string[]): string {
  let said = lines[0] ?? '';
  let empty = 0;
  const deeper = (line: string) => /^[ \t]/.test(line);
  let before = lines[0] ?? '';
  for (const line of lines.slice(1)) {
    if (line === '') {
      empty++;
      continue;
    }
    const kept = deeper(line) || deeper(before);
    said += kept || before === '' ? '\n'.repeat(empty + 1) : empty > 0 ? '\n'.repeat(empty) : ' ';
    said += line;
    before = line;
    empty = 0;
  }
  return said;
}

/** Plain words in a block, over several lines where they are indented further than `parent`. At their end afterwards. */
export function plainWords(cursor: Cursor, parent: number): string {
  const { text } = cursor;
  let said = oneLine(cursor);
  for (;;) {
    const back = cursor.at;
    let newlines = 0;
    while (/[ \t\n]/.test(text[cursor.at] ?? '')) {
      if (text[cursor.at] === '\n') newlines++;
      cursor.at++;
    }
    if (newlines === 0 || ended(cursor) || columnOf(cursor) <= parent || text[cursor.at] === '#') {
      cursor.at = back;
      return said;
    }
    said += newlines === 1 ? ' ' : '\n'.repeat(newlines - 1);
    said += oneLine(cursor);
  }
}

function oneLine(cursor: Cursor): string {
  const { text } = cursor;
  const end = lineEnd(cursor, cursor.at);
  const comment = text.slice(cursor.at, end).search(/[ \t]#/);
  const until = comment < 0 ? end : cursor.at + comment;
  const line = text.slice(cursor.at, until);
  const colon = line.search(/:(?:[ \t]|$)/);
  if (colon >= 0) fail(cursor, 'a colon and a space within words: put the words in quotes', cursor.at + colon);
  cursor.at = until;
  return line.trimEnd();
}
