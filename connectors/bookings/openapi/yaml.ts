/**
 * Reads YAML 1.2 as far as OpenAPI documents and mappings are written in it: one document of mappings, lists, quoted, plain and block words, flow collections,
 * anchors. Not read, and said so: tags, keys that are no words, merge keys. Numbers, true, false and null as in the core schema; keys are always words.
 */
import { alone, type Cursor, columnOf, ended, fail, gap, lineEnd, marker } from './yaml/cursor.ts';
import { blockWords, plainValue, plainWords, quoted, quoteEnd } from './yaml/scalars.ts';

export { YamlMistake } from './yaml/cursor.ts';

const LONGEST = 10_000_000;
const DEEPEST = 100;
/** Values in all, those that aliases repeat counted each time: a few lines of aliases can stand for millions. */
const MOST_VALUES = 500_000;

/** Throws YamlMistake with line and column. Cost grows with the text, and with what aliases repeat up to a bound. */
export function readYaml(given: string): unknown {
  const text = given.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const cursor: Cursor = { text, at: 0 };
  const anchors = new Map<string, { value: unknown; values: number } | null>();
  let values = 0;

  if (text.length > LONGEST) fail(cursor, `longer than ${LONGEST} signs`);
  begin();
  gap(cursor);
  const read = blockNode(-1, 0, false);
  gap(cursor);
  if (!ended(cursor)) fail(cursor, 'not expected here: is it indented like its neighbours?');
  if (text.slice(cursor.at, cursor.at + 3) === '---') fail(cursor, 'a second document: only one is read');
  return read;

  /** Directives and the first marker. */
  function begin(): void {
    gap(cursor);
    while (text[cursor.at] === '%' && columnOf(cursor) === 0) {
      cursor.at = lineEnd(cursor, cursor.at);
      gap(cursor);
    }
    if (marker(cursor) && text[cursor.at] === '-') cursor.at += 3;
  }

  function count(more: number, where: number): void {
    values += more;
    if (values > MOST_VALUES) fail(cursor, `more than ${MOST_VALUES} values, those repeated by aliases counted: refused`, where);
  }

  function deeper(depth: number): number {
    return depth < DEEPEST ? depth + 1 : fail(cursor, `nested more than ${DEEPEST} deep`);
  }

  /** After a gap. `listHere`: a list may stand as far left as the key that holds it. */
  function blockNode(parent: number, depth: number, listHere: boolean): unknown {
    if (ended(cursor)) return null;
    const column = columnOf(cursor);
    if (column <= parent && !(listHere && column === parent && dash())) return null;
    return nodeHere(parent, depth);
  }

  function nodeHere(parent: number, depth: number): unknown {
    if (dash()) return list(columnOf(cursor), deeper(depth));
    if (keyEnd() !== null) return mapping(columnOf(cursor), deeper(depth));
    return inline(parent, depth, false);
  }

  function dash(): boolean {
    return text[cursor.at] === '-' && alone(cursor, cursor.at);
  }

  function list(column: number, depth: number): unknown[] {
    const items: unknown[] = [];
    while (!ended(cursor) && dash() && columnOf(cursor) === column) {
      cursor.at++;
      items.push(valueAfter(column, depth, 'item'));
      gap(cursor);
    }
    aligned(column);
    return items;
  }

  function mapping(column: number, depth: number): Record<string, unknown> {
    const found = new Map<string, unknown>();
    while (!ended(cursor) && columnOf(cursor) === column) {
      const start = cursor.at;
      const end = keyEnd();
      if (end === null) fail(cursor, 'a key with its colon is expected here');
      keep(found, keyIn(end), start, () => {
        cursor.at = end + 1;
        return valueAfter(column, depth, 'key');
      });
      gap(cursor);
    }
    aligned(column);
    return Object.fromEntries(found);
  }

  function keep(found: Map<string, unknown>, key: string, start: number, value: () => unknown): void {
    if (key === '<<') fail(cursor, 'merge keys ("<<") are not read: write the values out', start);
    if (found.has(key)) fail(cursor, `"${key.slice(0, 60)}" stands here a second time`, start);
    found.set(key, value());
  }

  function aligned(column: number): void {
    if (!ended(cursor) && columnOf(cursor) > column) fail(cursor, 'indented further than its neighbours');
  }

  function noQuestion(): void {
    if (text[cursor.at] === '?' && alone(cursor, cursor.at)) fail(cursor, 'keys written with "?" are not read');
  }

  /** Where the colon of a key stands that begins here; null = no key. */
  function keyEnd(): number | null {
    const sign = text[cursor.at] ?? '';
    noQuestion();
    const end = lineEnd(cursor, cursor.at);
    if (sign === '"' || sign === "'") {
      const closed = quoteEnd(cursor, end);
      const after = closed === null ? null : /^[ \t]*:(?=[ \t]|$)/.exec(text.slice(closed, end));
      return closed !== null && after ? closed + after[0].length - 1 : null;
    }
    if (',[]{}#&*!|>%@`'.includes(sign) || ('-?:'.includes(sign) && alone(cursor, cursor.at))) return null;
    for (let at = cursor.at; at < end; at++) {
      if (text[at] === '#' && /[ \t]/.test(text[at - 1] ?? '')) return null;
      if (text[at] === ':' && alone(cursor, at)) return at;
    }
    return null;
  }

  function keyIn(end: number): string {
    return '"\''.includes(text[cursor.at] ?? ' ') ? quoted(cursor) : text.slice(cursor.at, end).trimEnd();
  }

  /** After a dash or a colon: on the same line, or below. */
  function valueAfter(parent: number, depth: number, of: 'item' | 'key'): unknown {
    if (gap(cursor) || ended(cursor)) return blockNode(parent, depth, of === 'key');
    return of === 'item' ? nodeHere(parent, depth) : inline(parent, depth, true);
  }

  /** A value that is no block of lists or mappings on this line. */
  function inline(parent: number, depth: number, listHere: boolean): unknown {
    const start = cursor.at;
    const sign = text[start] ?? '';
    if (sign === '&') return anchored(() => (gap(cursor) ? blockNode(parent, depth, listHere) : inline(parent, depth, listHere)));
    count(1, start);
    if (sign === '|' || sign === '>') return blockWords(cursor, parent);
    if ('"\'[{*'.includes(sign) && sign !== '') {
      const value = flow(depth);
      restOfLine();
      return value;
    }
    if (sign === '!') fail(cursor, 'tags ("!…") are not read');
    if ('@`%,]}'.includes(sign)) fail(cursor, `a value cannot begin with "${sign}": put it in quotes`);
    return plainValue(plainWords(cursor, parent));
  }

  function restOfLine(): void {
    const at = cursor.at;
    if (!gap(cursor) && !ended(cursor)) fail(cursor, 'nothing more is expected on this line');
    cursor.at = at;
  }

  function nameAfter(): string {
    const name = /^[^\s,[\]{}]+/.exec(text.slice(cursor.at + 1, cursor.at + 101))?.[0];
    if (!name) fail(cursor, 'a name is expected after "&" or "*"');
    cursor.at += 1 + name.length;
    return name;
  }

  function anchored(value: () => unknown): unknown {
    const name = nameAfter();
    anchors.set(name, null);
    const before = values;
    const read = value();
    anchors.set(name, { value: read, values: values - before });
    return read;
  }

  function alias(): unknown {
    const start = cursor.at;
    const name = nameAfter();
    const known = anchors.get(name);
    if (known === undefined) fail(cursor, `"*${name}" names nothing above`, start);
    if (known === null) fail(cursor, `"*${name}" stands within what it names`, start);
    count(known.values, start);
    return known.value;
  }

  /** Quoted words, an alias, or a collection in brackets. */
  function flow(depth: number): unknown {
    const sign = text[cursor.at] ?? '';
    if (sign === '*') return alias();
    if (sign === '"' || sign === "'") return quoted(cursor);
    if (sign === '[') return flowItems(']', deeper(depth));
    if (sign === '{') return flowItems('}', deeper(depth));
    if (sign === '!') fail(cursor, 'tags ("!…") are not read');
    return flowWords();
  }

  function flowItems(close: ']' | '}', depth: number): unknown {
    const start = cursor.at;
    const items: unknown[] = [];
    const found = new Map<string, unknown>();
    cursor.at++;
    for (;;) {
      gap(cursor);
      if (cursor.at >= text.length) fail(cursor, `"${text[start]}" is not closed`, start);
      if (text[cursor.at] === close) break;
      const at = cursor.at;
      noQuestion();
      if (close === '}') keep(found, flowKey(), at, () => flowValue(depth));
      else items.push(flowNode(depth));
      gap(cursor);
      if (text[cursor.at] === ',') cursor.at++;
      else if (cursor.at < text.length && text[cursor.at] !== close) fail(cursor, `"," or "${close}" is expected here`);
    }
    cursor.at++;
    return close === ']' ? items : Object.fromEntries(found);
  }

  function flowNode(depth: number): unknown {
    if (text[cursor.at] === '&')
      return anchored(() => {
        gap(cursor);
        return flowNode(depth);
      });
    count(1, cursor.at);
    return flow(depth);
  }

  function flowKey(): string {
    const key = '"\''.includes(text[cursor.at] ?? ' ') ? quoted(cursor) : String(flowText());
    gap(cursor);
    return key;
  }

  function flowValue(depth: number): unknown {
    if (text[cursor.at] !== ':') return null;
    cursor.at++;
    gap(cursor);
    return ',}'.includes(text[cursor.at] ?? ' ') ? null : flowNode(depth);
  }

  function flowWords(): unknown {
    const at = cursor.at;
    const said = flowText();
    if (text[cursor.at] === ':') fail(cursor, 'a key within "[…]": put it in "{…}"', at);
    return plainValue(said);
  }

  function flowText(): string {
    const from = cursor.at;
    while (cursor.at < text.length) {
      const sign = text[cursor.at] ?? '';
      if (',[]{}'.includes(sign) || (sign === '#' && /\s/.test(text[cursor.at - 1] ?? ''))) break;
      if (sign === ':' && (alone(cursor, cursor.at) || ',[]{}'.includes(text[cursor.at + 1] ?? ' '))) break;
      cursor.at++;
    }
    if (cursor.at === from) fail(cursor, 'a value is expected here');
    return text
      .slice(from, cursor.at)
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .join(' ');
  }
}
