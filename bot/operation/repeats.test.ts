import { expect, test } from 'vitest';
import { createRepeats } from './repeats.ts';

test('work that fails, also at once, is told and done again', async () => {
  const warned: string[] = [];
  const repeats = createRepeats({ warn: (_fields, message) => warned.push(message) });
  let times = 0;
  repeats.every(10, 'it could not be done', () => {
    times++;
    if (times === 1) throw new Error('before there is a promise');
    return times === 2 ? Promise.reject(new Error('the database is away')) : Promise.resolve();
  });
  await expect.poll(() => times).toBeGreaterThan(3);
  expect(warned).toEqual(['it could not be done', 'it could not be done']);
  repeats.stop();
});
