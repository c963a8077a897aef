/** A ticket's life → a case as citizens are told. */
import type { CaseFileTable } from '../../databases/schema/cases.ts';
import type { Case, CaseStatus, Step } from '../contract.ts';
import { ENDED, toCase } from '../embedded/rows.ts';
import { type Suspension, termOf } from '../embedded/term.ts';
import type { TicketState } from './wire.ts';

/** RT's default life cycle; a status that a body invented is work in progress. */
const STATUSES: Record<string, CaseStatus> = {
  new: 'received',
  open: 'in_progress',
  stalled: 'waiting',
  resolved: 'closed',
  rejected: 'refused',
  deleted: 'withdrawn',
};
const statusOf = (status: string): CaseStatus => STATUSES[status] ?? 'in_progress';

/** `dayOf`: epoch milliseconds → day in the office's zone. */
export function asCase(row: CaseFileTable, ticket: TicketState, today: string, dayOf: (at: number) => string): Case {
  const own = toCase(row, today);
  const on = (time: string) => (Number.isNaN(Date.parse(time)) ? null : dayOf(Date.parse(time)));
  const status = statusOf(ticket.status);
  const steps = ticket.changes.flatMap(({ to, at }): Step[] => {
    const day = on(at);
    return day ? [{ status: statusOf(to), on: day }] : [];
  });
  const ended = ENDED.includes(status);
  const { dueOn, suspendedSince } = termOf(row.received_on, row.days, waits(steps), today);
  return {
    ...own,
    status,
    takenInChargeOn: steps.find((step) => step.status === 'in_progress')?.on ?? on(ticket.started),
    concludedOn: ended ? (steps.at(-1)?.on ?? on(ticket.resolved)) : null,
    dueOn: ended ? null : dueOn,
    suspendedSince: ended ? null : suspendedSince,
    history: [...own.history, ...steps],
  };
}

/** A stalled ticket waits for documents. */
function waits(steps: Step[]): Suspension[] {
  const found: Suspension[] = [];
  for (const { status, on } of steps) {
    const open = found.at(-1);
    if (status === 'waiting' && (!open || open.to !== null)) found.push({ from: on, to: null, reason: 'documents' });
    else if (status !== 'waiting' && open?.to === null) open.to = on;
  }
  return found;
}
