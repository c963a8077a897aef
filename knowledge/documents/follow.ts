/**
 * Several processes on one database: each keeps its index equal to what is published, whoever published it. A hint makes it look at once, a look
 * from time to time finds what a lost hint would have told. One process alone has nothing to follow.
 */
import { sql } from 'kysely';
import type { Database } from '../../connectors/databases/contract.ts';

const TOPIC = 'knowledge';
const LOOK_MS = 15_000;
/** In the place of what is in force of a document: equal to nothing, also not to a document that is gone. */
const UNREAD = 'unread';

export interface Follower {
  /** Call before the index reads a document: what is there is known from now on. Without `documentId`, everything. */
  note(documentId?: string): Promise<void>;
  /** The index could not read a document after all: the next look reads it again. */
  forget(documentId: string): void;
  /** Tells the other processes to look. */
  announce(): void;
  /** Everything has been read once: from now on it looks, at once if it was told of a change meanwhile. */
  begin(): void;
  /** Looks now; resolves when the index holds what the database did. */
  look(): Promise<void>;
  stop(): void;
}

export interface FollowerParts {
  database: Database;
  /** Reads a document into the index again; it calls `note` first. */
  indexAgain(documentId: string): Promise<void>;
  /** Reads the small things again: offices, calibration, curated answers. */
  readSmall(): Promise<void>;
  onSurprise(error: unknown): void;
  lookMs?: number;
}

export function createFollower({ database, indexAgain, readSmall, onSurprise, lookMs = LOOK_MS }: FollowerParts): Follower {
  if (database.engine === 'embedded') return { async note() {}, forget() {}, announce() {}, begin() {}, async look() {}, stop() {} };
  let known = new Map<string, string>();
  let sum = '';
  let doubts = 0;
  let running: Promise<void> | undefined;
  let again = false;

  async function note(documentId?: string): Promise<void> {
    const found = await inForce(database, documentId);
    if (documentId === undefined) known = found;
    else if (found.has(documentId)) known.set(documentId, found.get(documentId)!);
    else known.delete(documentId);
  }

  async function run(): Promise<void> {
    do {
      again = false;
      await readSmall();
      const next = await checkSum(database);
      if (next === sum) continue;
      const before = doubts;
      const found = await inForce(database);
      for (const id of new Set([...known.keys(), ...found.keys()])) if (known.get(id) !== found.get(id)) await indexAgain(id);
      if (doubts === before) sum = next;
    } while (again);
  }

  function look(): Promise<void> {
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
    return running;
  }

  /** A change that somebody told of while the first reading went on: there is nothing yet that could be read again. */
  let early = false;
  let begun = false;
  const lookQuietly = () => {
    if (begun) void look().catch(onSurprise);
    else early = true;
  };
  const stopListening = database.listen(TOPIC, lookQuietly);
  const looking = setInterval(lookQuietly, lookMs);
  looking.unref();
  return {
    note,
    forget(documentId) {
      known.set(documentId, UNREAD);
      sum = '';
      doubts++;
    },
    announce: () => database.notify(TOPIC, ''),
    begin() {
      begun = true;
      if (early) lookQuietly();
    },
    look,
    stop() {
      clearInterval(looking);
      stopListening();
    },
  };
}

/** A few figures that no publication, withdrawal or new validity leaves as they were. */
async function checkSum(database: Database): Promise<string> {
  const figures = await sql<Record<string, unknown>>`select count(*) as n, sum(version) as versions, max(published_at) as newest,
    max(created_at) as made, count(valid_until) as ends, max(valid_until) as last, max(valid_from) as first
    from document_version where status = 'published'`.execute(database.read);
  return JSON.stringify(figures.rows[0]);
}

/** Document → what is in force of it, as one text to compare. */
async function inForce(database: Database, documentId?: string): Promise<Map<string, string>> {
  let query = database.read
    .selectFrom('document_version')
    .select(['document_id', 'version', 'valid_from', 'valid_until', 'published_at'])
    .where('status', '=', 'published');
  if (documentId !== undefined) query = query.where('document_id', '=', documentId);
  const found = new Map<string, string>();
  for (const { document_id, ...row } of await query.orderBy('document_id').orderBy('version').execute())
    found.set(document_id, `${found.get(document_id) ?? ''}${Object.values(row).join(' ')};`);
  return found;
}
