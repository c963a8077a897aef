/** A call-back as agents do it: one takes it, calls, and says what came of it; the citizen reads that in the chat. */
import { randomUUID } from 'node:crypto';
import type { Database, Writer } from '../../../connectors/databases/contract.ts';
import type { Line } from '../../conversation/line.ts';
import { Refusal, type Staff } from '../../http/route.ts';
import { appendAudit } from '../../privacy/audit.ts';
import { type DeskAct, publicNameOf } from '../act.ts';
import { createActing } from '../acting.ts';
import type { Handoff } from '../handoffs.ts';
import { type CallBack, type Calls, endCall } from './calls.ts';

/** Whoever took a call and did nothing for so long has forgotten it: another may. */
const FORGOTTEN_MS = 15 * 60_000;
/** Calls in vain before it is given up. */
const TRIES = 2;
/** Nobody is called again sooner. */
const AGAIN_MS = 60 * 60_000;

export interface AgentCalls {
  /** Throws Refusal 409 when a colleague has it, or there is no call. */
  take(handoff: Handoff, staff: Staff): Promise<void>;
  /** They have spoken: the request is closed. Like the following: Refusal 409 unless this agent took the call. */
  made(handoff: Handoff, staff: Staff, with_: { outcome: string; topic: string | null }): Promise<void>;
  /** Nobody answered: called again at the next free time from an hour on, and given up after the second time. */
  missed(handoff: Handoff, staff: Staff): Promise<void>;
  /** Throws Refusal 409 when that time is taken. */
  moved(handoff: Handoff, staff: Staff, slot: string): Promise<void>;
}

export function createAgentCalls(parts: {
  database: Database;
  line: Pick<Line, 'accept' | 'conversations'>;
  calls: Pick<Calls, 'of' | 'move' | 'slots'>;
  now?: () => number;
}): AgentCalls {
  const { database, calls, now = Date.now } = parts;
  const at = (ms = 0) => new Date(now() + ms).toISOString();
  const act = createActing(parts.line, at);
  const notYours = () => new Refusal(409, 'NotTaken', 'Prima prendi in carico la chiamata: un collega può averla già presa.');
  const audit = (tx: Writer, staff: Staff, what: string, handoff: Handoff) =>
    appendAudit(tx, { actor: staff.id, action: `handoff.call.${what}`, subject: handoff.id, detail: {} });

  async function standing(handoff: Handoff): Promise<CallBack> {
    const call = await calls.of({ handoff: handoff.id });
    if (!call) throw new Refusal(409, 'NoCall', 'Qui non c’è una richiamata in programma.');
    return call;
  }

  async function own(tx: Writer, handoff: Handoff, staff: Staff, set: Record<string, string | null>): Promise<void> {
    const result = await tx
      .updateTable('handoff')
      .set({ updated_at: at(), ...set })
      .where('id', '=', handoff.id)
      .where('state', 'in', ['requested', 'accepted'])
      .where('agent_id', '=', staff.id)
      .executeTakeFirst();
    if (Number(result.numUpdatedRows) === 0) throw notYours();
  }

  const told = (call: CallBack, staff: Staff, result: Extract<DeskAct, { act: 'called' }>['result'], start: string | null): DeskAct => ({
    act: 'called',
    name: publicNameOf(staff.name),
    result,
    number: call.number,
    phone: call.phone,
    start,
  });

  return {
    async take(handoff, staff) {
      await standing(handoff);
      await database.write(async (tx) => {
        const result = await tx
          .updateTable('handoff')
          .set({ agent_id: staff.id, agent_name: publicNameOf(staff.name), claimed_at: at(), updated_at: at() })
          .where('id', '=', handoff.id)
          .where('state', '=', 'requested')
          .where((eb) => eb.or([eb('agent_id', 'is', null), eb('agent_id', '=', staff.id), eb('updated_at', '<', at(-FORGOTTEN_MS))]))
          .executeTakeFirst();
        if (Number(result.numUpdatedRows) === 0) throw notYours();
        await audit(tx, staff, 'take', handoff);
      });
    },
    async made(handoff, staff, { outcome, topic }) {
      const call = await standing(handoff);
      await act(handoff, `call:${call.id}`, told(call, staff, 'made', null), async (tx) => {
        await own(tx, handoff, staff, {
          state: 'completed',
          outcome,
          topic,
          closed_at: at(),
          first_reply_at: handoff.firstReplyAt ?? at(),
        });
        await endCall(tx, handoff.id, 'done');
        await audit(tx, staff, 'made', handoff);
      });
    },
    async missed(handoff, staff) {
      const call = await standing(handoff);
      const soonest = at(AGAIN_MS);
      const next =
        call.tries + 1 < TRIES
          ? (await calls.slots(handoff.office)).find(({ start }) => new Date(start).toISOString() >= soonest)
          : undefined;
      const value = told(call, staff, next ? 'missed' : 'given-up', next?.start ?? null);
      await act(handoff, `missed:${call.id}:${call.tries}`, value, async (tx) => {
        await own(tx, handoff, staff, next ? {} : { state: 'completed', outcome: 'unsolved', closed_at: at() });
        await tx
          .updateTable('call_back')
          .set({ tries: call.tries + 1 })
          .where('id', '=', call.id)
          .execute();
        if (!next) await endCall(tx, handoff.id, 'missed');
        else if (!(await calls.move(tx, handoff.id, next.id))) throw takenNow();
        await audit(tx, staff, 'missed', handoff);
      });
    },
    async moved(handoff, staff, slot) {
      const call = await standing(handoff);
      const wanted = (await calls.slots(handoff.office)).find(({ id, start }) => id === slot || start === slot);
      if (!wanted) throw takenNow();
      await act(handoff, `moved:${call.id}:${randomUUID()}`, told(call, staff, 'moved', wanted.start), async (tx) => {
        await own(tx, handoff, staff, {});
        if (!(await calls.move(tx, handoff.id, wanted.id))) throw takenNow();
        await audit(tx, staff, 'moved', handoff);
      });
    },
  };
}

const takenNow = () => new Refusal(409, 'SlotTaken', 'Quell’orario non è più libero: scegline un altro.');
