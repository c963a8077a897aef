/** Pages whose last day, or whose day to be read again, is near: what an owner is told before it is too late. */
import type { Database } from '../../connectors/databases/contract.ts';

export interface Deadline {
  documentId: string;
  version: number;
  title: string;
  office: string;
  owner: string | null;
  /** `expires`: after that day it answers no more; `review`: the day by which somebody reads it again. */
  kind: 'expires' | 'review';
  /** `YYYY-MM-DD`. */
  on: string;
}

/** Days before: time enough to write, to have it read and to publish. */
export const EXPIRES_SOON_DAYS = 30;
const REVIEW_SOON_DAYS = 14;

/** Of versions in force, the nearest first. A version that another one follows without a gap does not leave citizens alone: it is not told. */
export async function comingDeadlines(database: Database, today: string): Promise<Deadline[]> {
  const rows = await database.read
    .selectFrom('document_version')
    .select(['document_id', 'version', 'title', 'office', 'owner', 'valid_from', 'valid_until', 'review_by'])
    .where('status', '=', 'published')
    .execute();
  const until = (days: number) => shift(today, days);
  const found = rows.flatMap(
    ({ document_id: documentId, version, title, office, owner, valid_from, valid_until, review_by }): Deadline[] => {
      if ((valid_from ?? '') > today || (valid_until ?? '9') < today) return [];
      const page = { documentId, version, title, office, owner };
      const next = valid_until && shift(valid_until, 1);
      const followed = rows.some(
        (other) =>
          other.document_id === documentId &&
          other.version !== version &&
          next !== null &&
          (other.valid_from ?? '') <= next &&
          (other.valid_until ?? '9') >= next,
      );
      return [
        ...(valid_until !== null && valid_until <= until(EXPIRES_SOON_DAYS) && !followed
          ? [{ ...page, kind: 'expires' as const, on: valid_until }]
          : []),
        ...(review_by !== null && review_by <= until(REVIEW_SOON_DAYS) ? [{ ...page, kind: 'review' as const, on: review_by }] : []),
      ];
    },
  );
  return found.sort((a, b) => a.on.localeCompare(b.on) || a.title.localeCompare(b.title, 'it'));
}

function shift(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}
