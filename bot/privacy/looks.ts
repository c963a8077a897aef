/** Who saw whose data: each first look of a staff user at a request is a row of the audit, and the rows can be asked for by citizen. */
import type { Database } from '../../connectors/databases/contract.ts';
import { type AuditEntry, appendAudit, appendAudits } from './audit.ts';
import { shadowOf } from './erase.ts';

/** Of each staff user, more than they see in a shift: what is forgotten is written again. */
const REMEMBERED = 4_000;

export interface Looks {
  /** The whole conversation was opened. */
  opened(staffId: string, handoffId: string): Promise<void>;
  /** Requests, with the contacts left, were shown in a list. One row names all that are new to this user. */
  listed(staffId: string, handoffIds: string[]): Promise<void>;
}

/** First looks are remembered per process: after a restart a look is told again, never lost. */
export function createLooks(database: Database): Looks {
  const seen = new Map<string, Set<string>>();
  const isNew = (staffId: string, key: string) => !seen.get(staffId)?.has(key);
  function remember(staffId: string, keys: string[]): void {
    const own = seen.get(staffId) ?? new Set();
    seen.set(staffId, own);
    for (const key of keys) {
      if (own.size >= REMEMBERED) own.delete(own.values().next().value as string);
      own.add(key);
    }
  }
  let gathering: { entries: AuditEntry[]; done: Promise<void> } | null = null;
  let writing: Promise<void> = Promise.resolve();

  /** Every open desk looks when something has changed: what comes while one transaction is written goes into the next together. */
  function soon(entry: AuditEntry): Promise<void> {
    if (!gathering) {
      const batch: AuditEntry[] = [];
      const done = writing.then(async () => {
        gathering = null;
        await database.write((tx) => appendAudits(tx, batch));
      });
      gathering = { entries: batch, done };
      writing = done.catch(() => {});
    }
    gathering.entries.push(entry);
    return gathering.done;
  }

  return {
    async opened(staffId, handoffId) {
      const key = `whole ${handoffId}`;
      if (!isNew(staffId, key)) return;
      await database.write((tx) => appendAudit(tx, { actor: staffId, action: 'handoff.view', subject: handoffId, detail: {} }));
      remember(staffId, [key]);
    },
    async listed(staffId, handoffIds) {
      const fresh = handoffIds.filter((id) => isNew(staffId, id));
      // What a second look of the same moment shows must be written too before it is shown.
      if (fresh.length === 0) return gathering?.done ?? writing;
      remember(staffId, fresh);
      try {
        await soon({ actor: staffId, action: 'handoff.list', subject: 'desk', detail: { handoffs: fresh } });
      } catch (error) {
        for (const id of fresh) seen.get(staffId)?.delete(id);
        throw error;
      }
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
