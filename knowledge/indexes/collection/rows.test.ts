/** Numbers that stay while few passages change. */
import { expect, test } from 'vitest';
import { createRows } from './rows.ts';

function open(count: number, steadyFrom: number) {
  const living = new Set<{ row: number }>();
  const rows = createRows(living, steadyFrom);
  const add = () => {
    const entry = { row: -1 };
    living.add(entry);
    rows.added(entry);
    return entry;
  };
  const remove = (entry: { row: number }) => {
    living.delete(entry);
    rows.removed(entry);
  };
  return { living, rows, add, remove, first: Array.from({ length: count }, add) };
}

test('a small collection is numbered anew with each change, and not without one', () => {
  const { rows, remove, first } = open(10, 11);
  const before = rows.current();
  expect([before.settled, first.map(({ row }) => row)]).toEqual([10, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]);
  expect(rows.current().epoch).toBe(before.epoch);
  remove(first[4] as { row: number });
  const after = rows.current();
  expect(after.epoch).not.toBe(before.epoch);
  expect([after.settled, after.gone.size, first[9]?.row, first[4]?.row]).toEqual([9, 0, 8, -1]);
});

test('in a large one what comes is appended and what leaves leaves its number, until too many have', () => {
  const { living, rows, add, remove, first } = open(100, 50);
  const before = rows.current();
  const come = add();
  remove(first[7] as { row: number });
  const after = rows.current();
  expect([after.epoch, after.settled, come.row, after.entries[100] === come]).toEqual([before.epoch, 100, 100, true]);
  expect([[...after.gone], first[8]?.row]).toEqual([[7], 8]);
  remove(come);
  expect([...rows.current().gone]).toEqual([7, 100]);
  for (let i = 0; i < 1_997; i++) add();
  expect(rows.current().epoch).toBe(before.epoch);
  add();
  const anew = rows.current();
  expect(anew.epoch).toBe(before.epoch + 1);
  expect(anew.entries).toEqual([...living]);
  expect([anew.settled, anew.gone.size]).toEqual([living.size, 0]);
});
