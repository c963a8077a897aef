/** What agents do: claim, say, note, transfer, give back, close. Each is one transaction with its message on the line; of two who claim, one gets it. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { Line } from '../conversation/line.ts';
import { Refusal, type Staff } from '../http/route.ts';
import type { ReplyCitation } from '../message.ts';
import { appendAudit } from '../privacy/audit.ts';
import type { DeskAct, Proposal } from './act.ts';
import { createActing } from './acting.ts';
import { endCall } from './calls/calls.ts';
import type { Asking } from './consent.ts';
import { publicNameOf } from './act.ts';
import type { Handoff } from './handoffs.ts';
import { type Chosen, createPresence } from './presence.ts';
import { GONE_MS } from './queue.ts';

export interface DeskParts {
  database: Database;
  line: Pick<Line, 'accept' | 'conversations'>;
  now?: () => number;
}

export interface Said {
  text: string;
  citations: ReplyCitation[];
  /** The client's own id of the message: sent twice, it is said once. */
  key: string;
  origin: string;
  /** Rows that belong to it (a file). */
  also?: (tx: Writer) => Promise<void>;
}

export interface Desk {
  /** Throws Refusal 409 when somebody has it already, or it is closed. */
  claim(handoff: Handoff, staff: Staff): Promise<void>;
  /** Resolves with the id of the message once it is durable. Throws Refusal 409 unless this agent has it. */
  say(handoff: Handoff, staff: Staff, said: Said): Promise<string>;
  /** An answer that came later, by another way (a ticket): told once for each key, whoever has the conversation. */
  answer(handoff: Handoff, staff: Staff, said: Pick<Said, 'text' | 'key'>): Promise<void>;
  /** Lets the answer that waits go out; a request made only for that is done with it. Throws Refusal 409 when somebody was faster. */
  approve(handoff: Handoff, staff: Staff, said: Pick<Said, 'text' | 'citations' | 'origin'>): Promise<void>;
  /** Puts a form before the citizen. Throws Refusal 409 unless this agent has the conversation. */
  propose(handoff: Handoff, staff: Staff, proposal: Proposal, origin: string): Promise<void>;
  /** Asks for the citizen's yes to something. Throws Refusal 409 unless this agent has the conversation. */
  ask(handoff: Handoff, staff: Staff, asking: Asking, origin?: string): Promise<void>;
  /** `whisper`: a supervisor's word to whoever has the conversation. */
  /** `mentioned`: ids of colleagues it is meant for. */
  note(handoff: Handoff, staff: Staff, text: string, kind?: 'note' | 'whisper', mentioned?: string[]): Promise<string>;
  /** To a colleague, who has it at once, or to an office, where it waits again. */
  transfer(handoff: Handoff, staff: Staff, to: { agent: { id: string; name: string } } | { office: string }): Promise<void>;
  close(handoff: Handoff, staff: Staff, with_: { outcome: string; topic: string | null }): Promise<void>;
  reopen(handoff: Handoff, staff: Staff): Promise<void>;
  /** Conversations of agents who are gone wait again; resolves with how many. */
  sweep(): Promise<number>;
  /** An agent's desk is open. */
  here(staff: Staff, presence?: Chosen): Promise<void>;
}

export function createDesk(parts: DeskParts): Desk {
  const { database, line } = parts;
  const at = () => new Date((parts.now ?? Date.now)()).toISOString();

  const act = createActing(line, at);

  const taken = () =>
    new Refusal(409, 'AlreadyTaken', 'Un’altra persona ha già preso in carico questa conversazione, o la richiesta è chiusa.');
  const notYours = () => new Refusal(409, 'NotClaimed', 'Prima prendi in carico la conversazione.');
  const audit = (tx: Writer, staff: Staff, action: string, handoff: Handoff, detail: Record<string, unknown> = {}) =>
    appendAudit(tx, { actor: staff.id, action: `handoff.${action}`, subject: handoff.id, detail });

  /** True when exactly this request was open and is this agent's now. */
  async function take(tx: Writer, handoff: Handoff, staff: Staff, from: string[], onlyOwn: boolean): Promise<boolean> {
    const now = at();
    const result = await tx
      .updateTable('handoff')
      .set({
        state: 'accepted',
        agent_id: staff.id,
        agent_name: publicNameOf(staff.name),
        claimed_at: now,
        closed_at: null,
        updated_at: now,
      })
      .where('id', '=', handoff.id)
      .where('state', 'in', from)
      .$if(onlyOwn, (query) => query.where('agent_id', '=', staff.id))
      .executeTakeFirst();
    return Number(result.numUpdatedRows) === 1;
  }

  /** Only whoever has the conversation speaks in it. */
  async function speaks(tx: Writer, handoff: Handoff, staff: Staff): Promise<void> {
    const now = at();
    const result = await tx
      .updateTable('handoff')
      .set((eb) => ({ updated_at: now, first_reply_at: eb.fn.coalesce('first_reply_at', eb.val(now)) }))
      .where('id', '=', handoff.id)
      .where('state', '=', 'accepted')
      .where('agent_id', '=', staff.id)
      .executeTakeFirst();
    // An agent who was away comes back to what nobody has taken meanwhile.
    if (Number(result.numUpdatedRows) === 0 && !(await take(tx, handoff, staff, ['queued'], true))) throw notYours();
  }

  return {
    async claim(handoff, staff) {
      await act(handoff, `claim:${randomUUID()}`, { act: 'joined', name: publicNameOf(staff.name) }, async (tx) => {
        if (!(await take(tx, handoff, staff, ['requested', 'queued'], false))) throw taken();
        await audit(tx, staff, 'claim', handoff);
      });
    },
    async say(handoff, staff, said) {
      const value: DeskAct = { act: 'said', name: publicNameOf(staff.name), text: said.text, citations: said.citations };
      return act(
        handoff,
        `say:${staff.id}:${said.key}`,
        value,
        async (tx) => {
          await speaks(tx, handoff, staff);
          await said.also?.(tx);
        },
        said.origin,
      );
    },
    async answer(handoff, staff, { text, key }) {
      const value: DeskAct = { act: 'answered', name: publicNameOf(staff.name), number: handoff.number, text };
      await act(handoff, `say:${staff.id}:${key}`, value, async (tx) => {
        const now = at();
        await tx
          .updateTable('handoff')
          .set((eb) => ({ updated_at: now, first_reply_at: eb.fn.coalesce('first_reply_at', eb.val(now)) }))
          .where('id', '=', handoff.id)
          .execute();
      });
    },
    async approve(handoff, staff, { text, citations, origin }) {
      const answerId = handoff.proposedAnswer;
      if (!answerId) throw new Refusal(409, 'NothingProposed', 'Qui non c’è una risposta da approvare.');
      const value: DeskAct = { act: 'approved', name: publicNameOf(staff.name), text, citations };
      const change = async (tx: Writer): Promise<void> => {
        const now = at();
        const done = handoff.reason === 'approval' && handoff.state === 'queued';
        const result = await tx
          .updateTable('handoff')
          .set((eb) => ({
            proposed_answer: null,
            updated_at: now,
            first_reply_at: eb.fn.coalesce('first_reply_at', eb.val(now)),
            ...(done
              ? {
                  state: 'completed',
                  outcome: 'solved',
                  agent_id: staff.id,
                  agent_name: publicNameOf(staff.name),
                  claimed_at: now,
                  closed_at: now,
                }
              : {}),
          }))
          .where('id', '=', handoff.id)
          .where('proposed_answer', '=', answerId)
          .where((eb) => eb.or([eb('state', '=', 'queued'), eb.and([eb('state', '=', 'accepted'), eb('agent_id', '=', staff.id)])]))
          .executeTakeFirst();
        if (Number(result.numUpdatedRows) === 0) throw taken();
        await audit(tx, staff, 'approve', handoff, { answer: answerId });
      };
      await act(handoff, `approve:${staff.id}:${answerId}`, value, change, origin);
    },
    async propose(handoff, staff, proposal, origin) {
      const value: DeskAct = { act: 'proposed', name: publicNameOf(staff.name), proposal };
      await act(
        handoff,
        `propose:${randomUUID()}`,
        value,
        async (tx) => {
          await speaks(tx, handoff, staff);
          await audit(tx, staff, 'propose', handoff, { form: proposal.form });
        },
        origin,
      );
    },
    async ask(handoff, staff, asking, origin = '') {
      const value: DeskAct = { act: 'asked', name: publicNameOf(staff.name), handoffId: handoff.id, asking };
      const change = async (tx: Writer): Promise<void> => {
        await speaks(tx, handoff, staff);
        await audit(tx, staff, 'ask', handoff, { what: asking.what });
      };
      await act(handoff, `ask:${randomUUID()}`, value, change, origin);
    },
    async note(handoff, staff, text, kind = 'note', mentioned = []) {
      const id = randomUUID();
      await database.write((tx) =>
        tx
          .insertInto('handoff_note')
          .values({ id, handoff_id: handoff.id, author: staff.name, text, kind, mentions: JSON.stringify(mentioned), created_at: at() })
          .execute(),
      );
      return id;
    },
    async transfer(handoff, staff, to) {
      const name = 'agent' in to ? publicNameOf(to.agent.name) : to.office;
      await act(handoff, `transfer:${randomUUID()}`, { act: 'transferred', name: publicNameOf(staff.name), to: name }, async (tx) => {
        const now = at();
        const change =
          'agent' in to
            ? { state: 'accepted', agent_id: to.agent.id, agent_name: name, claimed_at: now }
            : { state: 'queued', office: to.office, agent_id: null, agent_name: null, claimed_at: null };
        const result = await tx
          .updateTable('handoff')
          .set({ ...change, updated_at: now })
          .where('id', '=', handoff.id)
          .where('state', '=', 'accepted')
          .$if(staff.role === 'agent', (query) => query.where('agent_id', '=', staff.id))
          .executeTakeFirst();
        if (Number(result.numUpdatedRows) === 0) throw notYours();
        await audit(tx, staff, 'transfer', handoff, 'agent' in to ? { agent: to.agent.id } : { office: to.office });
      });
    },
    async close(handoff, staff, { outcome, topic }) {
      const name = publicNameOf(handoff.agent?.name || staff.name);
      const talked = handoff.state === 'accepted';
      const value: DeskAct = outcome === 'returned' ? { act: 'returned', name } : { act: 'closed', name };
      const change = async (tx: Writer): Promise<void> => {
        const now = at();
        const result = await tx
          .updateTable('handoff')
          .set({ state: 'completed', outcome, topic, closed_at: now, updated_at: now })
          .where('id', '=', handoff.id)
          .where((eb) => eb.or([eb('state', '=', 'accepted'), eb('state', '=', 'requested')]))
          .$if(staff.role === 'agent' && talked, (query) => query.where('agent_id', '=', staff.id))
          .executeTakeFirst();
        if (Number(result.numUpdatedRows) === 0) throw notYours();
        await endCall(tx, handoff.id, 'done');
        await audit(tx, staff, 'close', handoff, { outcome });
      };
      // A request that was answered by telephone or mail is closed without a word in the chat.
      if (talked) await act(handoff, `close:${randomUUID()}`, value, change);
      else await database.write(change);
    },
    async reopen(handoff, staff) {
      await act(handoff, `reopen:${randomUUID()}`, { act: 'joined', name: publicNameOf(staff.name) }, async (tx) => {
        if (!(await take(tx, handoff, staff, ['completed'], false))) throw taken();
        await audit(tx, staff, 'reopen', handoff);
      });
    },
    async sweep() {
      const rows = await database.read
        .selectFrom('handoff')
        .innerJoin('desk_presence', 'desk_presence.user_id', 'handoff.agent_id')
        .select(['handoff.id', 'handoff.conversation_id', 'handoff.agent_id', 'handoff.agent_name'])
        .where('handoff.state', '=', 'accepted')
        .where('desk_presence.seen_at', '<', new Date((parts.now ?? Date.now)() - GONE_MS).toISOString())
        .execute();
      let requeued = 0;
      for (const row of rows) {
        const handoff = { id: row.id, conversationId: row.conversation_id } as Handoff;
        const value: DeskAct = { act: 'requeued', name: row.agent_name ?? '', handoffId: row.id };
        const gone = new Error('not gone any more');
        await act(handoff, `requeue:${randomUUID()}`, value, async (tx) => {
          const result = await tx
            .updateTable('handoff')
            .set({ state: 'queued', updated_at: at() })
            .where('id', '=', row.id)
            .where('state', '=', 'accepted')
            .where('agent_id', '=', row.agent_id)
            .executeTakeFirst();
          if (Number(result.numUpdatedRows) === 0) throw gone;
        }).then(
          () => requeued++,
          (error: unknown) => {
            if (error !== gone) throw error;
          },
        );
      }
      return requeued;
    },
    here: createPresence(database, at),
  };
}
