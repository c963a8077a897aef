import { expect, test } from 'vitest';
import { createGate, createLanes } from './gate.ts';

test('the first begin one in each round of the event loop, the others some at a time, all in order', async () => {
  const turn = createGate(4, 3);
  const rounds: string[] = [];
  let round = '';
  for (let i = 0; i < 9; i++) void turn().then(() => (round += i));
  while (rounds.join('').length < 9) {
    await new Promise((next) => setImmediate(next));
    rounds.push(round);
    round = '';
  }
  expect(rounds.filter(Boolean)).toEqual(['0', '1', '2', '3456', '78']);
});

test('where a crowd waits more begin at a time, until it is none', async () => {
  const turn = createGate(2, 0, 3);
  const rounds: string[] = [];
  let round = '';
  for (let i = 0; i < 10; i++) void turn().then(() => (round += i));
  while (rounds.join('').length < 10) {
    await new Promise((next) => setImmediate(next));
    rounds.push(round);
    round = '';
  }
  expect(rounds.filter(Boolean)).toEqual(['012', '345', '67', '89']);
});

test('of a crowd half begins at a time: fewer as it shrinks, never more than are allowed', async () => {
  const turn = createGate(2, 0, 8);
  const rounds: number[] = [];
  let begun = 0;
  for (let i = 0; i < 30; i++) void turn().then(() => begun++);
  while (rounds.reduce((sum, one) => sum + one, 0) < 30) {
    begun = 0;
    await new Promise((next) => setImmediate(next));
    rounds.push(begun);
  }
  expect(rounds.filter(Boolean)).toEqual([8, 8, 7, 3, 2, 2]);
});

test('of each name so many are in at a time, the others in order; names do not wait for each other', async () => {
  const { enter } = createLanes(2);
  const log: string[] = [];
  const come = async (name: string, who: string) => {
    const leave = await enter(name);
    log.push(who);
    return leave;
  };
  const [first, second] = await Promise.all([come('a', '1'), come('a', '2')]);
  const [third, fourth, other] = [come('a', '3'), come('a', '4'), come('b', 'b')];
  (await other)();
  expect(log).toEqual(['1', '2', 'b']);
  second();
  const leaveThird = await third;
  expect(log).toEqual(['1', '2', 'b', '3']);
  first();
  leaveThird();
  (await fourth)();
  expect(log).toEqual(['1', '2', 'b', '3', '4']);
  (await come('a', '5'))();
});
