/**
 * The queue as all open desks read it: one reading, one text of each request, until something has changed. Fifty desks that look again at once cost
 * little more than one, and whoever says what they have already gets only what differs.
 */
import { randomUUID } from 'node:crypto';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Staff } from '../http/route.ts';
import { listHandoffs, type View } from './handoffs.ts';
import type { Live } from './live.ts';

/** Even where no hint comes (another process, a command) a list is no older than this. */
const LONGEST_MS = 1_000;
/** Lists that a desk may still have; of an older one everything is sent. */
const REMEMBERED = 64;

export interface Listed {
  /** Name of this reading. */
  list: string;
  /** JSON of each request by id, in the list's order. */
  items: Map<string, string>;
}

/** The fields of an answer, as JSON without braces: all requests, or the order and those that differ from what the desk has. */
export function differing({ list, items }: Listed, known: Listed | undefined): string {
  if (!known) return `"list":"${list}","handoffs":[${[...items.values()].join(',')}]`;
  const changed = [...items].filter(([id, text]) => known.items.get(id) !== text).map(([, text]) => text);
  return `"list":"${list}","since":"${known.list}","order":${JSON.stringify([...items.keys()])},"handoffs":[${changed.join(',')}]`;
}

export function createLists(parts: { database: Database; live: Pick<Live, 'version'>; now?: () => number }) {
  const { database, live } = parts;
  const now = parts.now ?? Date.now;
  const kept = new Map<string, { version: number; until: number; list: Promise<Listed> }>();
  const recent = new Map<string, Listed>();

  const read = async (staff: Staff, view: View): Promise<Listed> => {
    const handoffs = await listHandoffs(database, staff, view, now());
    const listed = { list: randomUUID(), items: new Map(handoffs.map((one) => [one.id, JSON.stringify(one)])) };
    recent.set(listed.list, listed);
    for (const old of recent.keys()) {
      if (recent.size <= REMEMBERED) break;
      recent.delete(old);
    }
    return listed;
  };

  /** The same for every staff user of one office, but for what a colleague of another office has passed on to them: that one reads alone. */
  async function list(staff: Staff, view: View): Promise<Listed> {
    if (view === 'mine' || (staff.office && (await hasOthers(database, staff)))) return read(staff, view);
    const key = `${view} ${staff.office ?? ''}`;
    const version = live.version();
    const known = kept.get(key);
    if (known && known.version === version && now() < known.until) return known.list;
    const list = read(staff, view);
    kept.set(key, { version, until: now() + LONGEST_MS, list });
    list.catch(() => kept.delete(key));
    return list;
  }
  return { list, known: (name: string): Listed | undefined => recent.get(name) };
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
