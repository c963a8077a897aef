/** The queue as all open desks read it: one reading, one text, until something has changed. Fifty desks that look again at once cost little more than one. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Staff } from '../http/route.ts';
import { type Handoff, listHandoffs, type View } from './handoffs.ts';
import type { Live } from './live.ts';

/** Even where no hint comes (another process, a command) a list is no older than this. */
const LONGEST_MS = 1_000;

export interface Listed {
  ids: string[];
  /** JSON of the requests. */
  text: string;
}

export function createLists(parts: { database: Database; live: Pick<Live, 'version'>; now?: () => number }) {
  const { database, live } = parts;
  const now = parts.now ?? Date.now;
  const kept = new Map<string, { version: number; until: number; list: Promise<Listed> }>();

  const read = async (staff: Staff, view: View): Promise<Listed> => {
    const handoffs = await listHandoffs(database, staff, view);
    return { ids: handoffs.map(({ id }: Handoff) => id), text: JSON.stringify(handoffs) };
  };

  /** The same for every staff user of one office, but for what a colleague of another office has passed on to them: that one reads alone. */
  return async function list(staff: Staff, view: View): Promise<Listed> {
    if (view === 'mine' || (staff.office && (await hasOthers(database, staff)))) return read(staff, view);
    const key = `${view} ${staff.office ?? ''}`;
    const version = live.version();
    const known = kept.get(key);
    if (known && known.version === version && now() < known.until) return known.list;
    const list = read(staff, view);
    kept.set(key, { version, until: now() + LONGEST_MS, list });
    list.catch(() => kept.delete(key));
    return list;
  };
}

/** Requests of other offices that this agent has. */
async function hasOthers(database: Database, { id, office }: Staff): Promise<boolean> {
  const row = await database.read
    .selectFrom('handoff')
    .select('id')
    .where('agent_id', '=', id)
    .where('office', '!=', office)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
