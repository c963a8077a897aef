/** Who saw whose data: each first look of a staff user at a request is a row of the audit, and the rows can be asked for by citizen. */
import type { Database } from '../../connectors/databases/contract.ts';
import { appendAudit } from './audit.ts';
import { shadowOf } from './erase.ts';

const REMEMBERED = 10_000;

export interface Looks {
  /** The whole conversation was opened. */
  opened(staffId: string, handoffId: string): Promise<void>;
  /** Requests, with the contacts left, were shown in a list. One row names all that are new to this user. */
  listed(staffId: string, handoffIds: string[]): Promise<void>;
}

/** First looks are remembered per process: after a restart a look is told again, never lost. */
export function createLooks(database: Database): Looks {
  const seen = new Set<string>();
  const isNew = (key: string) => !seen.has(key);
  function remember(keys: string[]): void {
    for (const key of keys) {
      if (seen.size >= REMEMBERED) seen.delete(seen.values().next().value as string);
      seen.add(key);
    }
  }
  return {
    async opened(staffId, handoffId) {
      const key = `${staffId} ${handoffId}`;
      if (!isNew(key)) return;
      await database.write((tx) => appendAudit(tx, { actor: staffId, action: 'handoff.view', subject: handoffId, detail: {} }));
      remember([key]);
    },
    async listed(staffId, handoffIds) {
      const fresh = handoffIds.filter((id) => isNew(`list ${staffId} ${id}`));
      if (fresh.length === 0) return;
      await database.write((tx) =>
        appendAudit(tx, { actor: staffId, action: 'handoff.list', subject: 'desk', detail: { handoffs: fresh } }),
      );
      remember(fresh.map((id) => `list ${staffId} ${id}`));
    },
  };
}

export interface Look {
  at: string;
  /** Name of the staff user, or `operator` for the command line. */
  who: string;
  action: string;
  subject: string;
}

/** Every audited look at one citizen's data, oldest first. Reads the audit once; cost grows with its length. */
export async function whoSaw(database: Database, citizenId: string): Promise<{ looks: Look[] }> {
  const handoffs = await database.read
    .selectFrom('handoff')
    .innerJoin('conversation', 'conversation.id', 'handoff.conversation_id')
    .select('handoff.id')
    .where('conversation.citizen_id', '=', citizenId)
    .execute();
  const own = new Set(handoffs.map(({ id }) => id));
  const shadow = shadowOf(citizenId);
  const rows = await database.read
    .selectFrom('audit')
    .select(['at', 'actor', 'action', 'subject', 'detail'])
    .where('action', 'in', ['handoff.view', 'handoff.list', 'citizen.timeline', 'citizen.export', 'citizen.erase'])
    .orderBy('id')
    .execute();
  const names = new Map((await database.read.selectFrom('staff_user').select(['id', 'name']).execute()).map(({ id, name }) => [id, name]));
  const looks = rows.flatMap(({ at, actor, action, subject, detail }): Look[] => {
    const listed = action === 'handoff.list' ? (JSON.parse(detail) as { handoffs: string[] }).handoffs.filter((id) => own.has(id)) : [];
    const subjects = own.has(subject) || subject === shadow ? [subject] : listed;
    return subjects.map((one) => ({ at, who: names.get(actor) ?? actor, action, subject: one }));
  });
  return { looks };
}
