/** RT's default life cycle; a status that a body invented is work in progress. */
import type { CaseStatus } from '../contract.ts';

const STATUSES: Record<string, CaseStatus> = {
  new: 'received',
  open: 'in_progress',
  stalled: 'waiting',
  resolved: 'closed',
  rejected: 'refused',
  deleted: 'withdrawn',
};
export const statusOf = (status: string): CaseStatus => STATUSES[status] ?? 'in_progress';
