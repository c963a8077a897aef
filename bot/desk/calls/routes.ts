/** Call-backs at the desk: take one, say what came of it, choose another time. */
import { z } from 'zod';
import { type Route, Refusal } from '../../http/route.ts';
import { AT_THE_DESK, type Door } from '../door.ts';
import type { AgentCalls } from './agent-calls.ts';
import type { Calls } from './calls.ts';

const MOST = 200;
const calling = z.discriminatedUnion('result', [
  z.object({ result: z.literal('taken') }),
  z.object({
    result: z.literal('made'),
    outcome: z.enum(['solved', 'unsolved', 'appointment', 'elsewhere']).default('solved'),
    topic: z.string().trim().max(120).nullish(),
  }),
  z.object({ result: z.literal('missed') }),
  z.object({ result: z.literal('moved'), start: z.string().min(1).max(100) }),
]);

export interface CallRouteParts {
  door: Door;
  calls: Pick<Calls, 'slots'>;
  agentCalls: AgentCalls;
}

export function callRoutes({ door, calls, agentCalls }: CallRouteParts): Route[] {
  return [
    {
      method: 'post',
      path: '/api/handoffs/:id/call',
      permission: AT_THE_DESK,
      summary:
        'A call-back: taken (409 when a colleague has it), made (the request is closed), missed (called again once from an hour on, then closed as unsolved), moved (start: a time of call-times). The citizen reads what came of it in the chat',
      body: calling,
      async handle(request) {
        const { staff, handoff } = await door.the(request);
        const body = request.body as z.infer<typeof calling>;
        if (body.result === 'taken') await agentCalls.take(handoff, staff);
        if (body.result === 'made') await agentCalls.made(handoff, staff, { outcome: body.outcome, topic: body.topic ?? null });
        if (body.result === 'missed') await agentCalls.missed(handoff, staff);
        if (body.result === 'moved') await agentCalls.moved(handoff, staff, body.start);
        return door.now(staff, handoff);
      },
    },
    {
      method: 'get',
      path: '/api/handoffs/:id/call-times',
      permission: AT_THE_DESK,
      summary: `Free times of whoever calls back for this request’s office, at most ${MOST}`,
      async handle(request) {
        const { handoff } = await door.the(request);
        if (handoff.callAt === null) throw new Refusal(409, 'NoCall', 'Qui non c’è una richiamata in programma.');
        const free = await calls.slots(handoff.office);
        return { status: 200, body: { times: free.slice(0, MOST).map(({ start, end, seatsLeft }) => ({ start, end, seatsLeft })) } };
      },
    },
  ];
}
