/** Bounded: what once went wrong, honest seeds, and a few hundred spoilt inputs for each parser. The full run is `npm run -s fuzz`. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createRandom } from './random.ts';
import * as seeds from './seeds.ts';
import { inputOf, mayThrow, targets } from './targets.ts';

const SEED = 20_261_126;
/** Fewer where one costs milliseconds: all together stay under twenty seconds of processor. */
const FEW: Record<string, number> = { docx: 100, odt: 100, pdf: 100, html: 150, dates: 200 };
const HERE = path.join(import.meta.dirname, 'corpus');

async function surprise(take: () => Promise<unknown>): Promise<string | null> {
  try {
    await take();
    return null;
  } catch (error) {
    return mayThrow(error) ? null : String(error);
  }
}

test.each(targets.map((target) => [target.name, target] as const))(
  '%s: spoilt input is read or refused in words',
  { timeout: 60_000 },
  async (name, target) => {
    const found: string[] = [];
    for (let index = 0; index < (FEW[name] ?? 400); index++) {
      const said = await surprise(() => target.take(inputOf(target, SEED, index)));
      if (said) found.push(`input ${index} of seed ${SEED}: ${said}`);
    }
    expect(found).toEqual([]);
  },
);

const kept = readdirSync(HERE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.join(entry.parentPath, entry.name));
test.each(kept.map((file) => [path.relative(HERE, file), file] as const))(
  'corpus/%s, which once went wrong, is read or refused in words',
  async (name, file) => {
    const target = targets.find((one) => one.name === name.split(path.sep)[0]);
    expect(await surprise(() => target?.take(readFileSync(file)) ?? Promise.reject(new Error('no such target')))).toBeNull();
  },
);

test('unspoilt, every seed is read: what is refused is refused for what was done to it', async () => {
  const honest: Record<string, Uint8Array> = {
    html: seeds.HTML,
    md: seeds.MARKDOWN,
    txt: seeds.TEXT,
    jsonl: seeds.JSONL,
    docx: seeds.DOCX,
    odt: seeds.ODT,
    pdf: seeds.PDF,
  };
  for (const [name, input] of Object.entries(honest))
    await expect(targets.find((one) => one.name === name)?.take(input), name).resolves.toBeUndefined();
});

test('any input of a run can be made again by its number alone, and the numbers differ', () => {
  for (const target of targets) {
    const [one, again, next] = [inputOf(target, SEED, 7), inputOf(target, SEED, 7), inputOf(target, SEED, 8)];
    expect(again, target.name).toEqual(one);
    expect(next, target.name).not.toEqual(one);
  }
  expect(createRandom(1)(1_000)).toBe(createRandom(1)(1_000));
});
