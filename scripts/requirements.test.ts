/** docs/requirements.md, held to its word: every number there is, every test it names. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');
const rows = read('docs/requirements.md')
  .split('\n')
  .flatMap((line) => {
    const [, no = '', , file = '', name = ''] = line.split(/\s*\|\s*/);
    return /^[SUD]-\d\d$/.test(no) ? [{ no, file: file.replaceAll('`', ''), name }] : [];
  });

test('every number has a test', () => {
  const upTo = (letter: string, last: number) => Array.from({ length: last }, (_, i) => `${letter}-${String(i + 1).padStart(2, '0')}`);
  const numbers = [...upTo('S', 34), ...upTo('U', 15), ...upTo('D', 9)];
  expect([...new Set(rows.map(({ no }) => no))]).toEqual(numbers);
});

test.each(rows)('$no: $file, $name', ({ file, name }) => {
  expect(existsSync(path.join(root, file)), file).toBe(true);
  // A command or a person's work names no test; the file it names is there.
  if (name.includes('`')) return;
  expect(file).toMatch(/\.test\.ts$/);
  expect(['test(', 'test.'].some((begin) => read(file).includes(begin))).toBe(true);
  expect(read(file), `${file} has no test called like this`).toContain(`'${name}'`);
});

test('every test that docs/security.md names in italics exists; … stands for words left out', () => {
  const names = [...read('docs/security.md').matchAll(/(?<=[\s(;:])_([^_|]{12,})_(?=[;),.:\s|])/g)].map(([, name]) =>
    (name as string).trim(),
  );
  const tests = globSync('{bot,knowledge,connectors,eval,scripts}/**/*.test.ts', { cwd: root }).map(read).join('\n');
  expect(names.length).toBeGreaterThan(20);
  const missing = names.filter((name) => name.split('…').some((part) => !tests.includes(part.trim())));
  expect(missing).toEqual([]);
});
