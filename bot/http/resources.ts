/** REST doors that exist from the first day for the pages to come: what could not be answered, what could not be delivered. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Line } from '../conversation/line.ts';
import type { Route } from './route.ts';

const MOST = 200;

export function createRestResources(parts: { database: Database; line: Line }): Route[] {
  const { database, line } = parts;
  return [
    {
      method: 'get',
      path: '/api/gaps',
      permission: ['editor', 'supervisor', 'administrator'],
      summary: 'Open questions that no document answers, newest first',
      async handle() {
        const rows = await database.read
          .selectFrom('gap')
          .selectAll()
          .where('status', '=', 'open')
          .orderBy('created_at', 'desc')
          .limit(MOST)
          .execute();
        return {
          status: 200,
          body: {
            gaps: rows.map((row) => ({
              id: row.id,
              question: row.question,
              lang: row.lang,
              reason: row.reason,
              answerId: row.answer_id,
              createdAt: row.created_at,
            })),
          },
        };
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
