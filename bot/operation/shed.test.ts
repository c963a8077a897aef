import { expect, test } from 'vitest';
import type { Composer } from '../../knowledge/composers/contract.ts';
import { passes } from '../http/passes.ts';
import { createShedding, TooBusy } from './shed.ts';

test('first the model is spared, then messages are refused with a fault that passes; it ends by itself, told once each time', async () => {
  let waiting = 0;
  const told: string[] = [];
  const shedding = createShedding({ waiting: () => waiting, changed: (load) => told.push(load), busy: 10, full: 100 });
  const quoted = { sentences: [] };
  const better = { sentences: [] };
  const composer = shedding.sparing({ compose: async () => quoted, reword: async () => better } as unknown as Composer);
  const reword = () => composer.reword?.({} as never, [], quoted as never);
  expect(await reword()).toBe(better);
  waiting = 10;
  expect(await reword()).toBe(quoted);
  shedding.admit();
  waiting = 100;
  expect(() => shedding.admit()).toThrow(TooBusy);
  expect(passes(new TooBusy())).toBe(true);
  waiting = 60;
  expect(() => shedding.admit()).toThrow(TooBusy);
  waiting = 49;
  shedding.admit();
  waiting = 4;
  expect(await reword()).toBe(better);
  expect(told).toEqual(['busy', 'full', 'busy', 'normal']);
});

test('a composer without a model stays as it is', () => {
  const composer: Composer = { compose: async () => ({ sentences: [] }) as never };
  const shedding = createShedding({ waiting: () => 1_000, changed() {} });
  expect(shedding.sparing(composer)).toBe(composer);
});

test('between a model that is spared and messages that are refused, only what is at hand is answered', () => {
  let waiting = 0;
  const told: string[] = [];
  const shedding = createShedding({ waiting: () => waiting, changed: (load) => told.push(load), busy: 10, crowded: 50, full: 100 });
  for (waiting of [9, 10, 50, 99, 100, 50, 49, 25, 24, 5, 4]) shedding.load();
  expect(told).toEqual(['busy', 'crowded', 'full', 'crowded', 'busy', 'normal']);
});

test('what the driver says of a connection that broke in a transaction passes', () => {
  // Neither has a code: the first is what is thrown when the transaction is undone over a connection that is gone.
  for (const words of [
    'Client has encountered a connection error and is not queryable',
    'Connection terminated unexpectedly',
    'Query read timeout',
  ])
    expect(passes(new Error(words))).toBe(true);
  expect(passes(new Error('The conversation does not exist'))).toBe(false);
});
