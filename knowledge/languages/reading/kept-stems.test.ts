import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { forgetStems, keepStems, keptStem } from './kept-stems.ts';
import { snowball } from './stem.ts';

let folder: string;
const fileOf = () => path.join(folder, readdirSync(folder).find((name) => name.startsWith('stems-')) ?? '');
const never = (word: string): string => {
  throw new Error(`${word} was stemmed again`);
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sportello-stems-'));
});
afterEach(() => {
  forgetStems();
  rmSync(folder, { recursive: true, force: true });
});

/** A first start that met these words. */
function firstStart(...words: string[]): string[] {
  const stem = snowball('italian');
  const kept = keepStems(folder);
  const stems = words.map(stem);
  kept.write();
  forgetStems();
  return stems;
}

test('a later start finds the stems of the one before, the same to the letter', () => {
  const words = ['certificati', 'è', 'residenza', 'nascita', '__proto__'];
  const plain = words.map(snowball('italian'));
  expect(firstStart(...words)).toEqual(plain);
  const kept = keepStems(folder);
  expect(kept.size()).toBe(words.length);
  expect(words.map((word) => keptStem('italian', word, never))).toEqual(plain);
});

test('what comes after writing is not kept: by then citizens write', () => {
  const stem = snowball('italian');
  const kept = keepStems(folder);
  stem('residenza');
  kept.write();
  expect(stem('codicefiscale')).toBe('codicefiscal');
  kept.write();
  expect(readFileSync(fileOf(), 'utf8')).not.toContain('codice');
  expect(keepStems(folder).size()).toBe(1);
});

test('each algorithm has its own words', () => {
  firstStart('case');
  keepStems(folder);
  expect(keptStem('french', 'case', () => 'cas')).toBe('cas');
  expect(keptStem('italian', 'case', never)).toBe('cas');
});

test.each([
  ['cut short', (text: string) => text.slice(0, -10)],
  ['changed by hand', (text: string) => text.replace('certif', 'patent')],
  ['empty', () => ''],
])('a file that is %s is not believed', (_, damage) => {
  firstStart('certificati', 'residenza');
  const file = fileOf();
  writeFileSync(file, damage(readFileSync(file, 'utf8')));
  expect(keepStems(folder).size()).toBe(0);
  expect(snowball('italian')('certificati')).toBe('certific');
});

test('the file is of this stemmer and of what we make of its stems: an upgrade that changes either reads none of it', () => {
  firstStart('certificati');
  const ours = createHash('sha256')
    .update(readFileSync(new URL('./stem.ts', import.meta.url)))
    .digest('hex');
  expect(path.basename(fileOf())).toContain(ours.slice(0, 12));
});

test('a folder that cannot be written costs nothing but the time', () => {
  writeFileSync(path.join(folder, 'file'), '');
  const kept = keepStems(path.join(folder, 'file'));
  snowball('italian')('certificati');
  expect(() => kept.write()).not.toThrow();
});
