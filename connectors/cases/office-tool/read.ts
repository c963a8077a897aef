/** An entry's life in the office's own tool → a case as citizens are told. */
import type { CaseFileTable } from '../../databases/schema/cases.ts';
import type { Case, CaseStatus, Step } from '../contract.ts';
import { ENDED, toCase } from '../embedded/rows.ts';
import { type Suspension, termOf } from '../embedded/term.ts';

/** Times are ISO UTC; '' = never. */
export interface EntryState {
  status: CaseStatus;
  started: string;
  resolved: string;
  /** Changes of status, oldest first. */
  changes: { to: CaseStatus; at: string; note?: string }[];
  protocol?: string | null;
}

/** `dayOf`: epoch milliseconds → day in the office's zone. */
export function asCase(row: CaseFileTable, entry: EntryState, today: string, dayOf: (at: number) => string): Case {
  const own = toCase(row, today);
  const on = (time: string) => (Number.isNaN(Date.parse(time)) ? null : dayOf(Date.parse(time)));
  const { status } = entry;
  const steps = entry.changes.flatMap(({ to, at, note }): Step[] => {
    const day = on(at);
    return day ? [{ status: to, on: day, ...(note && { note }) }] : [];
  });
  const ended = ENDED.includes(status);
  const { dueOn, suspendedSince } = termOf(row.received_on, row.days, waits(steps), today);
  return {
    ...own,
    status,
    protocol: entry.protocol ?? own.protocol,
    takenInChargeOn: steps.find((step) => step.status === 'in_progress')?.on ?? on(entry.started),
    concludedOn: ended ? (steps.at(-1)?.on ?? on(entry.resolved)) : null,
    dueOn: ended ? null : dueOn,
    suspendedSince: ended ? null : suspendedSince,
    history: [...own.history, ...steps],
  };
}

/** An entry that stands still waits for documents. */
function waits(steps: Step[]): Suspension[] {
  const found: Suspension[] = [];
  for (const { status, on } of steps) {
    const open = found.at(-1);
    if (status === 'waiting' && (!open || open.to !== null)) found.push({ from: on, to: null, reason: 'documents' });
    else if (status !== 'waiting' && open?.to === null) open.to = on;
  }
  return found;
}
