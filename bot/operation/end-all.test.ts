import { expect, test } from 'vitest';
import { endAll } from './end-all.ts';

test('one part that cannot end keeps none of the others from ending, in their order', async () => {
  const ended: string[] = [];
  const warned: unknown[] = [];
  await endAll({ warn: (fields) => warned.push(fields) }, [
    () => Promise.reject(new Error('the database is away')),
    async () => void ended.push('first'),
    () => {
      throw new Error('at once');
    },
    () => void ended.push('second'),
  ]);
  expect(ended).toEqual(['first', 'second']);
  expect(warned).toHaveLength(2);
});
