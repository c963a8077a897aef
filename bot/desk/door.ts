/** What every door of the desk does first: finds the request, for staff who may see it, and afterwards tells the other desks. */
import type { Database } from '../../connectors/databases/contract.ts';
import { Refusal, type Role, type RouteReply, type RouteRequest, type Staff } from '../http/route.ts';
import type { Desk } from './desk.ts';
import { findHandoff, type Handoff } from './handoffs.ts';
import type { Live } from './live.ts';

export const AT_THE_DESK: Role[] = ['agent', 'supervisor', 'administrator'];

export interface Door {
  /** Throws Refusal 404: not there, or of another office. */
  the(request: RouteRequest): Promise<{ staff: Staff; handoff: Handoff }>;
  /** Every desk looks again, and the caller gets the request as it now is. */
  now(staff: Staff, handoff: Handoff, status?: number, more?: object): Promise<RouteReply>;
}

export function createDoor({ database, desk, live }: { database: Database; desk: Pick<Desk, 'here'>; live: Pick<Live, 'changed'> }): Door {
  return {
    async the(request) {
      const staff = request.staff as Staff;
      const handoff = await findHandoff(database, staff, request.params['id'] ?? '');
      if (!handoff) throw new Refusal(404, 'NotFound', 'Questa richiesta non esiste o è di un altro ufficio.');
      await desk.here(staff);
      return { staff, handoff };
    },
    async now(staff, handoff, status = 200, more = {}) {
      live.changed(handoff.conversationId);
      return { status, body: { ...(await findHandoff(database, staff, handoff.id)), ...more } };
    },
  };
}
