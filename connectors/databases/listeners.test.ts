import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createListeners } from './listeners.ts';

test('one that stumbles over a hint is told of, and the others hear it', async () => {
  const listeners = createListeners();
  const heard: string[] = [];
  listeners.listen('desk', (payload) => void JSON.parse(payload));
  listeners.listen('desk', (payload) => heard.push(payload));
  const warned = once(process, 'warning');
  // What every listener gets when the connection for hints was lost.
  listeners.tellAll('');
  const [warning] = (await warned) as [Error];
  expect(warning.message).toMatch(/^a hint of desk could not be heard/);
  expect(heard).toEqual(['']);
});
