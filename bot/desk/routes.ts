/** The desk's doors: the queue, one conversation with everything known, and what an agent may do with it. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { Refusal, type Route, type Staff } from '../http/route.ts';
import { createLooks } from '../privacy/looks.ts';
import { type AskParts, askRoutes } from './ask-routes.ts';
import { type CallRouteParts, callRoutes } from './calls/routes.ts';
import { type DeskBookingParts, deskBookingRoutes } from './booking-routes.ts';
import type { Desk } from './desk.ts';
import { AT_THE_DESK, createDoor } from './door.ts';
import { createLists, differing } from './lists.ts';
import { findHandoff, readPacket, VIEWS } from './handoffs.ts';
import type { Live } from './live.ts';
import { type Chosen, chosenBy } from './presence.ts';
import { GONE_MS, type Queue } from './queue.ts';
import { suggestionRoutes } from './suggestion-routes.ts';
import { mentionedIn } from './mentions.ts';
import { createSuggestions } from './suggestions.ts';

export interface DeskRouteParts {
  database: Database;
  desk: Desk;
  live: Live;
  queue: Queue;
  knowledge: Pick<Knowledge, 'answerQuestion' | 'offices' | 'curated'>;
  bookings: DeskBookingParts['bookings'];
  calls: CallRouteParts['calls'];
  agentCalls: CallRouteParts['agentCalls'];
  citizens: AskParts['citizens'];
  today(): string;
}

const LONGEST = 4_000;

const saying = z.object({
  text: z.string().trim().min(1).max(LONGEST),
  key: z.string().min(1).max(64).optional(),
  suggestion: z.string().max(64).optional(),
});
const noting = z.object({ text: z.string().trim().min(1).max(LONGEST), whisper: z.boolean().default(false) });
const approving = z.object({ text: z.string().trim().min(1).max(LONGEST).optional() });
const transferring = z.object({ to: z.string().trim().min(1).max(200) });
const closing = z.object({
  outcome: z.enum(['solved', 'unsolved', 'appointment', 'elsewhere', 'returned']).default('solved'),
  topic: z.string().trim().max(120).nullish(),
});
const being = z.object({
  paused: z.boolean().optional(),
  capacity: z.number().int().min(1).max(50).optional(),
  letters: z.boolean().optional(),
});

export function deskRoutes(parts: DeskRouteParts): Route[] {
  const { database, desk, live, queue } = parts;
  const suggestions = createSuggestions();
  const looks = createLooks(database);
  const lists = createLists(parts);

  const door = createDoor(parts);
  const { the, now } = door;

  const write = { method: 'post', permission: AT_THE_DESK } as const;
  return [
    ...askRoutes({ ...parts, door }),
    ...callRoutes({ ...parts, door }),
    ...deskBookingRoutes({ ...parts, door }),
    ...suggestionRoutes({ ...parts, door, suggestions }),
    {
      method: 'get',
      path: '/api/handoffs',
      permission: AT_THE_DESK,
      summary:
        'Requests for a person, oldest first: view=open (default), waiting, mine, calls (planned call-backs, by time), closed. since=<list of an earlier answer>: only the order and what differs. An agent of one office sees those of that office and those of none',
      async handle({ staff, query }) {
        const view = VIEWS.find((one) => one === query.get('view')) ?? 'open';
        const listed = await lists.list(staff as Staff, view);
        await looks.listed((staff as Staff).id, [...listed.items.keys()]);
        const present = await queue.present((staff as Staff).office);
        const headers = { 'content-type': 'application/json' };
        return { status: 200, headers, body: `{${differing(listed, lists.known(query.get('since') ?? ''))},"agentsPresent":${present}}` };
      },
    },
    {
      method: 'get',
      path: '/api/handoffs/:id',
      permission: AT_THE_DESK,
      summary: 'One request with everything known so far: transcript, summary made by rules, notes, colleagues. Each first look is audited',
      async handle(request) {
        const { staff, handoff } = await the(request);
        await looks.opened(staff.id, handoff.id);
        return { status: 200, body: await readPacket(database, handoff, new Date(Date.now() - GONE_MS).toISOString()) };
      },
    },
    {
      ...write,
      path: '/api/handoffs/:id/claim',
      summary: 'Take a waiting request; 409 when somebody has it already',
      async handle(request) {
        const { staff, handoff } = await the(request);
        await desk.claim(handoff, staff);
        return now(staff, handoff);
      },
    },
    {
      ...write,
      path: '/api/handoffs/:id/messages',
      summary:
        'Say something to the citizen; `key` makes a repeated request harmless, `suggestion` adds the citations of a suggested reply',
      body: saying,
      async handle(request) {
        const { staff, handoff } = await the(request);
        const { text, key, suggestion } = request.body as z.infer<typeof saying>;
        const citations = suggestions.cited(handoff.id, suggestion, text);
        const id = await desk.say(handoff, staff, { text, citations, key: key ?? randomUUID(), origin: request.origin });
        // Whoever has the conversation hears of it by the line: no list has changed, but for the promise of a first reply.
        if (!handoff.firstReplyAt) live.changed(handoff.conversationId);
        return { status: 201, body: { ...(await findHandoff(database, staff, handoff.id)), messageId: id } };
      },
    },
    {
      ...write,
      path: '/api/handoffs/:id/notes',
      summary: 'A note among staff; the citizen never sees it. whisper: a supervisor’s word to whoever has the conversation',
      body: noting,
      async handle(request) {
        const { staff, handoff } = await the(request);
        const { text, whisper } = request.body as z.infer<typeof noting>;
        if (whisper && staff.role === 'agent') throw new Refusal(403, 'Forbidden', 'Suggerire in disparte è di chi coordina il servizio.');
        const mentioned = await mentionedIn(database, text);
        const id = await desk.note(handoff, staff, text, whisper ? 'whisper' : 'note', mentioned);
        live.mentioned(handoff.conversationId, mentioned);
        return now(staff, handoff, 201, { noteId: id });
      },
    },
    {
      ...write,
      path: '/api/handoffs/:id/approve',
      summary: 'Let the answer that waits go out to the citizen, as it is or with changed text; what the text no longer marks is not cited',
      body: approving,
      async handle(request) {
        const { staff, handoff } = await the(request);
        const { proposed } = await readPacket(database, handoff, new Date().toISOString());
        if (!proposed) throw new Refusal(409, 'NothingProposed', 'Qui non c’è una risposta da approvare.');
        const text = (request.body as z.infer<typeof approving>).text ?? proposed.text;
        const citations = proposed.citations.filter(({ position }) => text.includes(`[${position}]`));
        await desk.approve(handoff, staff, { text, citations, origin: request.origin });
        return now(staff, handoff);
      },
    },
    {
      ...write,
      path: '/api/handoffs/:id/transfer',
      summary: 'Give the conversation to a colleague (id or name) or to an office (name), where it waits again',
      body: transferring,
      async handle(request) {
        const { staff, handoff } = await the(request);
        const { to } = request.body as z.infer<typeof transferring>;
        const agent = await database.read
          .selectFrom('staff_user')
          .select(['id', 'name'])
          .where((eb) => eb.or([eb('id', '=', to), eb('name', '=', to)]))
          .where('disabled_at', 'is', null)
          .where('role', 'in', AT_THE_DESK)
          .executeTakeFirst();
        const office = parts.knowledge.offices().find(({ name }) => name.toLowerCase() === to.toLowerCase());
        if (!agent && !office) throw new Refusal(400, 'BadArgument', `«${to}» non è un collega né un ufficio: scegli dall’elenco.`);
        await desk.transfer(handoff, staff, agent ? { agent } : { office: (office as { name: string }).name });
        return now(staff, handoff);
      },
    },
    {
      ...write,
      path: '/api/handoffs/:id/close',
      summary: 'End the conversation: solved, unsolved, appointment, elsewhere, or returned to the assistant',
      body: closing,
      async handle(request) {
        const { staff, handoff } = await the(request);
        const { outcome, topic } = request.body as z.infer<typeof closing>;
        await desk.close(handoff, staff, { outcome, topic: topic ?? null });
        return now(staff, handoff);
      },
    },
    {
      ...write,
      path: '/api/handoffs/:id/reopen',
      summary: 'Take up a closed conversation again',
      async handle(request) {
        const { staff, handoff } = await the(request);
        await desk.reopen(handoff, staff);
        return now(staff, handoff);
      },
    },
    {
      ...write,
      path: '/api/desk/here',
      summary: 'My desk is open: pause, how many conversations at once, whether single letters are keys; answers what is chosen',
      body: being,
      async handle({ staff, body }) {
        const { id } = staff as Staff;
        await desk.here(staff as Staff, body as Chosen);
        live.changed();
        return { status: 200, body: { agentsPresent: await queue.present((staff as Staff).office), ...(await chosenBy(database, id)) } };
      },
    },
  ];
}
