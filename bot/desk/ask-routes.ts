/** What an agent asks of the citizen: a contact, a permission, a yes to pass the conversation to another body. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Route } from '../http/route.ts';
import { type Asking, asking } from './consent.ts';
import type { Desk } from './desk.ts';
import { AT_THE_DESK, type Door } from './door.ts';

export function askRoutes({ door, desk }: { database: Database; door: Door; desk: Pick<Desk, 'ask'> }): Route[] {
  return [
    {
      method: 'post',
      path: '/api/handoffs/:id/ask',
      permission: AT_THE_DESK,
      summary:
        'Ask the citizen for a contact, a permission, or a yes to pass the conversation to another body; nothing is done before the yes, which is noted',
      body: asking,
      async handle(request) {
        const { staff, handoff } = await door.the(request);
        await desk.ask(handoff, staff, request.body as Asking);
        return door.now(staff, handoff, 202);
      },
    },
  ];
}
