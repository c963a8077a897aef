import { expect, test } from 'vitest';
import { createConnectors } from './connectors.ts';

test('a tool that is away, or breaks, is unreachable and the others are told; it is not asked again at every probe', async () => {
  const clock = { now: 0 };
  let asked = 0;
  let up = true;
  const connectors = createConnectors(
    [
      {
        socket: 'bookings',
        name: 'caldav',
        async health() {
          asked++;
          return up ? { state: 'up', detail: '2 calendari' } : { state: 'down', detail: 'non risponde' };
        },
        capabilities: () => new Set(['slots', 'cancel']),
      },
      { socket: 'cases', name: 'rt', health: () => Promise.reject(new Error('rotto')) },
    ],
    () => clock.now,
  );
  expect(await connectors.states()).toEqual([
    { socket: 'bookings', plug: 'caldav', state: 'up', detail: '2 calendari', capabilities: ['cancel', 'slots'] },
    { socket: 'cases', plug: 'rt', state: 'down', detail: 'Error: rotto', capabilities: [] },
  ]);
  const probe = () => Promise.all(connectors.dependencies.map(async ({ name, state }) => [name, await state()]));
  expect(await probe()).toEqual([
    ['bookings', 'ok'],
    ['cases', 'unreachable'],
  ]);
  expect(asked).toBe(1);
  up = false;
  clock.now = 20_000;
  expect((await probe())[0]).toEqual(['bookings', 'unreachable']);
  expect(asked).toBe(2);
});
