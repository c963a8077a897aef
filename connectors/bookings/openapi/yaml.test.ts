/** YAML as operators' documents are written in it, and everything that is refused with its line and column. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fixture } from '../fixtures/openapi-world.ts';
import { readYaml, YamlMistake } from './yaml.ts';

/** As a person would write the same values. */
const inYaml = (value: unknown, indent = ''): string => {
  if (Array.isArray(value)) return value.length === 0 ? ' []' : value.map((one) => `\n${indent}-${inYaml(one, `${indent}  `)}`).join('');
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return ' {}';
    return entries
      .map(([key, one]) => `\n${indent}${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)}:${inYaml(one, `${indent}  `)}`)
      .join('');
  }
  return ` ${typeof value === 'string' && /^[a-z][a-z ]*$/i.test(value) && !/^(?:true|false|null)$/i.test(value) ? value : JSON.stringify(value)}`;
};

test.each(['easyappointments.openapi.json', 'easyappointments.mapping.json'])('%s says the same in YAML', (name) => {
  const json: unknown = JSON.parse(readFileSync(fixture(name), 'utf8'));
  expect(readYaml(`# ${name}\n---${inYaml(json)}\n`)).toEqual(json);
  // JSON is YAML.
  expect(readYaml(JSON.stringify(json, null, 2))).toEqual(json);
});

test.each<[string, unknown]>([
  ['', null],
  ['# niente\n---\n', null],
  ['a: 1\nb: [x, "y", 2, {c: null}, {d}]\n', { a: 1, b: ['x', 'y', 2, { c: null }, { d: null }] }],
  ['list:\n- a\n- b: 1\n  c: 2\n-\n  - x\n- - y\nafter: ~', { list: ['a', { b: 1, c: 2 }, ['x'], ['y']], after: null }],
  ["'200':\n  description: 'l''orario'  # detto\n", { 200: { description: "l'orario" } }],
  ['url: https://a.example/b#c\ntime: 10:30\n', { url: 'https://a.example/b#c', time: '10:30' }],
  ['yes: no\non: off\nn: 0x1F\nf: 1.5e3\nv: 3.0.1\nt: true', { yes: 'no', on: 'off', n: 31, f: 1500, v: '3.0.1', t: true }],
  ['text: |\n  uno\n    due\n\n  tre\n\nnext: >-\n  uno\n  due\n\n  tre\n', { text: 'uno\n  due\n\ntre\n', next: 'uno due\ntre' }],
  ['a: |+\n  x\n\nb: |2-\n    y\n', { a: 'x\n\n', b: '  y' }],
  ['a: uno\n  due\n\n  tre\nb: "uno\n  due\\\n  tre \\u00e8\\n"', { a: 'uno due\ntre', b: 'uno duetre è\n' }],
  ['base: &b\n  x: [1]\nother: *b\nlist: [*b, &c 2, *c]', { base: { x: [1] }, other: { x: [1] }, list: [{ x: [1] }, 2, 2] }],
  ['\ufeff%YAML 1.2\r\n---\r\na:\r\n  b: 1\r\n...\r\n', { a: { b: 1 } }],
  ['{"a":1,"b":[true,\n  # commento\n  null]}', { a: 1, b: [true, null] }],
])('%j', (text, value) => {
  expect(readYaml(text)).toEqual(value);
});

test('a key that names a prototype is a key', () => {
  const read = readYaml('__proto__:\n  admin: true\n') as object;
  expect(Object.keys(read)).toEqual(['__proto__']);
  expect((read as { admin?: boolean }).admin).toBeUndefined();
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

const BOMB = `a: &a [${'x, '.repeat(20)}x]\n${[...'bcdefgh'].map((name, index) => `${name}: &${name} [${`*${'abcdefg'[index]}, `.repeat(20)}1]`).join('\n')}\n`;

test.each<[string, string, number, number, RegExp]>([
  ['a tab', 'a:\n\tb: 1', 2, 1, /tab/],
  ['a key twice', 'a: 1\nb: 2\na: 3', 3, 1, /second time/],
  ['a colon within words', 'a: uno: due', 1, 7, /quotes/],
  ['indented too far', 'a: 1\nb:\n  c: 1\n   d: 2', 4, 5, /quotes|neighbours|colon/],
  ['indented too little', 'a:\n    b: 1\n  c: 2', 3, 3, /neighbours/],
  ['a quotation left open', 'a: "uno\nb: 2\n', 1, 4, /not closed/],
  ['a bracket left open', 'a: [1,\n  2', 1, 4, /not closed/],
  ['a bracket closed wrongly', 'a: [1, 2}', 1, 9, /expected/],
  ['no comma', 'a: [1 [2]]', 1, 7, /expected/],
  ['words after a quotation', 'a: "x" y', 1, 8, /nothing more/],
  ['an escape that is none', 'a: "\\q"', 1, 5, /no escape/],
  ['half an escape', 'a: "\\u00"', 1, 5, /hexadecimal/],
  ['a tag', 'a: !!python/object:os.system x', 1, 4, /tags/],
  ['a merge key', 'a: &a {x: 1}\nb:\n  <<: *a', 3, 3, /merge/],
  ['a key with "?"', '? a\n: b', 1, 1, /\?/],
  ['a key with "?" in braces', 'a: {? b : 1}', 1, 5, /\?/],
  ['an alias of nothing', 'a: *b', 1, 4, /nothing above/],
  ['an alias within itself', 'a: &a\n  b: *a', 2, 6, /within what it names/],
  ['a bomb of aliases', BOMB, 5, 12, /aliases counted: refused/],
  ['a second document', 'a: 1\n---\nb: 2', 2, 1, /second document/],
  ['a reserved sign', 'a: @b', 1, 4, /quotes/],
  ['nested without end', '['.repeat(200_000), 1, 101, /deep/],
  ['lists without end', '- '.repeat(200_000), 1, 201, /deep/],
])('%s is refused where it stands', (_, text, line, column, words) => {
  let mistake: unknown;
  try {
    readYaml(text);
  } catch (error) {
    mistake = error;
  }
  expect(mistake).toBeInstanceOf(YamlMistake);
  const { line: inLine, column: inColumn, message } = mistake as YamlMistake;
  expect([inLine, inColumn, message]).toEqual([line, column, expect.stringMatching(words)]);
  expect(message).toContain(`line ${line}, column ${column}: `);
});

test.each([
  ['one quotation over many lines', `a: "${'x  \n '.repeat(100_000)}"\n`],
  ['many quotations over two lines', `${`- "a\n  b"\n`.repeat(100_000)}`],
  ['spaces within words', `[a${' '.repeat(300_000)}b]`],
  ['spaces at the end of a quoted line', `a: "${' '.repeat(300_000)}x\n y"\n`],
])('%s is read within seconds', { timeout: 20_000 }, (_, text) => {
  expect(readYaml(text)).toBeDefined();
});
