/** The switches over REST: everybody of the staff sees them, supervisors and administrators turn them. */
import { z } from 'zod';
import { Refusal, type Role, type Route, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import { ALL, MODES, type Switches } from './switches.ts';

const READERS: Role[] = ['agent', 'editor', 'supervisor', 'administrator'];
const turning = z.object({
  topic: z.string().trim().max(200).default(ALL),
  channel: z.string().trim().max(40).default(ALL),
  mode: z.enum(MODES),
  banner: z.string().trim().max(500).default(''),
});

export function switchRoutes(parts: { switches: Switches; offices(): { name: string }[]; channels: string[] }): Route[] {
  const state = () => ({ switches: parts.switches.list(), topics: parts.offices().map(({ name }) => name), channels: parts.channels });
  return [
    {
      method: 'get',
      path: '/api/switches',
      permission: READERS,
      summary:
        'What the assistant may do, by topic and channel (empty = all): full, approve (an agent reads answers first), people, closed',
      handle: async () => ({ status: 200, body: state() }),
    },
    {
      method: 'put',
      path: '/api/switches',
      permission: ['supervisor', 'administrator'],
      summary: 'Turn a switch; it counts for the next message, in every process, and is audited with its banner',
      body: turning,
      async handle({ body, staff }) {
        const switched = body as z.infer<typeof turning>;
        if (switched.topic !== ALL && !parts.offices().some(({ name }) => name === switched.topic))
          throw new Refusal(400, 'BadArgument', `L’ufficio «${switched.topic}» non c’è.`);
        if (switched.channel !== ALL && !parts.channels.includes(switched.channel))
          throw new Refusal(400, 'BadArgument', `Il canale «${switched.channel}» non è attivo.`);
        const { id } = staff as Staff;
        const { mode, banner, topic, channel } = switched;
        await parts.switches.set(switched, id, (tx) =>
          appendAudit(tx, { actor: id, action: 'switch.set', subject: `${topic || '*'} / ${channel || '*'}`, detail: { mode, banner } }),
        );
        return { status: 200, body: state() };
      },
    },
  ];
}
