/** REST doors that exist from the first day for the pages to come: what waits for a person, what could not be delivered. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Line } from '../conversation/line.ts';
import type { Route } from './route.ts';

const MOST = 200;

export function createRestResources(parts: { database: Database; line: Line }): Route[] {
  const { database, line } = parts;
  return [
    {
      method: 'get',
      path: '/api/handoffs',
      permission: ['agent', 'supervisor', 'administrator'],
      summary: 'Requests for a person, oldest first; an agent of one office sees those of that office and those of none',
      async handle({ staff }) {
        const rows = await database.read
          .selectFrom('handoff')
          .selectAll()
          .where('state', 'in', ['requested', 'queued', 'accepted'])
          .orderBy('created_at')
          .limit(MOST)
          .execute();
        const handoffs = rows
          .map((row) => ({
            id: row.id,
            conversationId: row.conversation_id,
            state: row.state,
            reason: row.reason,
            request: JSON.parse(row.request) as { office?: string | null },
            createdAt: row.created_at,
          }))
          .filter(({ request }) => !staff?.office || !request.office || request.office === staff.office);
        return { status: 200, body: { handoffs } };
      },
    },
    {
      method: 'get',
      path: '/api/dead-letters',
      permission: ['agent', 'supervisor', 'administrator'],
      summary: 'Messages and replies that failed for good',
      handle: async () => ({ status: 200, body: { deadLetters: await line.listDeadLetters() } }),
    },
  ];
}
