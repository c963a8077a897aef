/** REST doors that exist from the first day for the pages to come: what could not be delivered. */
import type { Line } from '../conversation/line.ts';
import type { Route } from './route.ts';

export function createRestResources({ line }: { line: Line }): Route[] {
  return [
    {
      method: 'get',
      path: '/api/dead-letters',
      permission: ['agent', 'supervisor', 'administrator'],
      summary: 'Messages and replies that failed for good',
      handle: async () => ({ status: 200, body: { deadLetters: await line.listDeadLetters() } }),
    },
  ];
}
