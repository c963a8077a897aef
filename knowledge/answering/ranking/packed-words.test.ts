import { describe, expect, test } from 'vitest';
import type { Entry } from '../../indexes/collection.ts';
import { readClosely } from './closeness.ts';
import { LENGTHS, packedWords, placeIn } from './packed-words.ts';

/** A passage whose section and text stand in the middle of a longer list, as in the arena. */
function entryOf(title: number[], section: number[], text: number[]): Entry {
  const before = [9, 9, 9];
  const list = Uint32Array.from([...before, ...section, ...text, 7, 7]);
  const span = { list, section: before.length, text: before.length + section.length, end: before.length + section.length + text.length };
  return { title: Uint32Array.from(title), span: () => span } as unknown as Entry;
}

const word = (at: number, slot: number) => ({ at, text: '', slots: [slot], corrected: false, emphasis: 1 });

describe('words of passages that are read closely', () => {
  test('are as close together packed as where the collection has them', () => {
    const entries = [entryOf([1, 2], [3], [4, 1, 5, 2]), entryOf([], [], [2, 5, 5, 1]), entryOf([3], [1], []), entryOf([6], [6], [6])];
    const words = [word(0, 1), word(1, 2), word(2, 3)];
    const idf = [1.5, 2, 0.7];
    const copy = ({ proximity, coverage, titleCoverage, held }: ReturnType<typeof readClosely>) => ({
      columns: [proximity, coverage, titleCoverage].map((column) => Array.from(column.subarray(0, entries.length))),
      held: Array.from(held.subarray(0, entries.length * words.length)),
    });
    const plain = copy(readClosely(entries, words, idf, 10));
    const from = { packed: packedWords(8), rows: Int32Array.of(5, 0, 7, -1) };
    expect(copy(readClosely(entries, words, idf, 10, from))).toEqual(plain);
    expect(copy(readClosely(entries, words, idf, 10, from))).toEqual(plain);
    expect(plain.columns[0]?.slice(0, 2)).not.toEqual([0, 0]);
  });

  test('begin anew when there is no more room, and are read again', () => {
    const packed = packedWords(20);
    const entries = Array.from({ length: 20 }, (_, row) => entryOf([row], [], new Array<number>(30_000).fill(row)));
    for (const [row, entry] of entries.entries()) {
      const at = placeIn(packed, row, entry, 100);
      expect(Array.from(packed.list.subarray(at, at + LENGTHS + 2))).toEqual([1, 0, 30_000, row, row]);
    }
    expect(packed.list.length).toBeLessThanOrEqual(1 << 18);
    const again = placeIn(packed, 0, entries[0] as Entry, 100);
    expect(packed.list[again + LENGTHS]).toBe(0);
    expect(packed.list[placeIn(packed, 19, entries[19] as Entry, 100) + LENGTHS]).toBe(19);
  });

  test('stay where they are when they cannot be written in two bytes', () => {
    const packed = packedWords(2);
    expect(placeIn(packed, 0, entryOf([70_000], [], [1]), 70_001)).toBe(-1);
    expect(placeIn(packed, 1, entryOf([], [], new Array<number>(70_000).fill(1)), 10)).toBe(-1);
    expect(packed.used).toBe(0);
  });
});
