/** Who is at the desk: heard of a few times a minute, with the pause and the number of conversations they chose. */
import type { Database } from '../../connectors/databases/contract.ts';
import type { Staff } from '../http/route.ts';

const CAPACITY = 4;
/** Well under GONE_MS. */
const HEARD_MS = 10_000;

export interface Chosen {
  paused?: boolean;
  /** Conversations at once. */
  capacity?: number;
  /** Single letters are keys on the desk's page. */
  letters?: boolean;
}

/** As they chose, or as it is for whoever chose nothing. */
export async function chosenBy(database: Database, userId: string): Promise<Required<Chosen>> {
  const row = await database.read
    .selectFrom('desk_presence')
    .select(['paused', 'capacity', 'letters'])
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return { paused: row?.paused === 1, capacity: row?.capacity ?? CAPACITY, letters: row?.letters !== 0 };
}

/** `at`: now, ISO. */
export function createPresence(database: Database, at: () => string): (staff: Staff, presence?: Chosen) => Promise<void> {
  /** Agent → when presence was last written by this process. */
  const heard = new Map<string, number>();
  return async (staff: Staff, presence: Chosen = {}) => {
    const seen = at();
    // Presence is told a few times a minute; every request of an agent would otherwise wait for a write of its own.
    const last = heard.get(staff.id);
    if (Object.keys(presence).length === 0 && last !== undefined && Date.parse(seen) - last < HEARD_MS) return;
    const told = {
      ...(presence.paused === undefined ? {} : { paused: presence.paused ? 1 : 0 }),
      ...(presence.capacity === undefined ? {} : { capacity: presence.capacity }),
      ...(presence.letters === undefined ? {} : { letters: presence.letters ? 1 : 0 }),
    };
    await database.write((tx) =>
      tx
        .insertInto('desk_presence')
        .values({ user_id: staff.id, name: staff.name, office: staff.office, seen_at: seen, paused: 0, capacity: CAPACITY, ...told })
        .onConflict((conflict) =>
          conflict.column('user_id').doUpdateSet({ name: staff.name, office: staff.office, seen_at: seen, ...told }),
        )
        .execute(),
    );
    heard.set(staff.id, Date.parse(seen));
  };
}
