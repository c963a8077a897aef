/** Keeps Qdrant equal to the collection. There is no queue that could be lost: what is to be written is always the difference between the two. */
import type { Collection, Entry } from '../collection.ts';
import { type Points, weighing } from './points.ts';
import { explain, type QdrantServer, type Stored, type Target } from './server.ts';

const BATCH = 100;
/** Points are weighed anew when the collection has grown or shrunk by this factor since: averages have moved. */
const OUTGROWN = 2;
/** With more passages than this on their way, they are no longer worth scoring beside the server's answer. */
const MOST_PENDING = 500;
const LONGEST_PAUSE_MS = 30_000;

export interface Sync {
  /** The server answered last time. */
  reachable(): boolean;
  /** Its answers, with what is still on its way, are complete. */
  up(): boolean;
  /** Told at once of what was put, before the server knows. */
  expect(passageIds: string[]): void;
  /** Entries that the server does not hold yet. */
  pending(): Entry[];
  /** Brings the server to the collection; never rejects. Runs once for all who ask meanwhile. */
  settle(): Promise<void>;
  /** The server failed a question. */
  fail(error: unknown): void;
  stop(): void;
}

export interface SyncParts {
  collection: Collection;
  points: Points;
  server: QdrantServer;
  /** Rejects unless the server answers a question in time. */
  probe(): Promise<void>;
  onSurprise(error: unknown): void;
  retryMs: number;
}

export function createSync({ collection, points, server, probe, onSurprise, retryMs }: SyncParts): Sync {
  const pending = new Set<string>();
  let up = false;
  let told = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  /** What the server holds; null = to be learned, as after any failure. */
  let known: { target: Target; held: Map<string, Stored> } | null = null;
  let pause = retryMs;
  let timer: NodeJS.Timeout | null = null;

  const changes = () => collection.revision() + collection.vectorRevision();

  async function run(): Promise<void> {
    // Changes made in the same breath (a version out, another in) are written as one.
    await null;
    let seen: number;
    try {
      do {
        seen = changes();
        await bringAlong();
      } while (seen !== changes());
    } catch (error) {
      fail(error);
    }
    running = null;
  }

  async function bringAlong(): Promise<void> {
    if (!known) {
      const target = await server.prepare();
      known = { target, held: await server.list(target.name) };
    }
    const { target, held } = known;
    const revision = collection.revision();
    await write(target.name, held);
    if (target.live !== target.name) {
      await server.switchAlias(target);
      target.live = target.name;
    }
    if (!up) await probe();
    if (revision === collection.revision()) pending.clear();
    // A question failed meanwhile: what was learned before it no longer counts.
    if (!known || stopped) return;
    up = true;
    told = false;
    pause = retryMs;
    if (timer) clearTimeout(timer);
    timer = null;
  }

  /** New points first, then the old ones leave: at no moment is a document missing. */
  async function write(name: string, held: Map<string, Stored>): Promise<void> {
    const { changed, wanted, versions } = compare(held);
    if (changed.length > 0) {
      const weighed = weighing(collection);
      for (let from = 0; from < changed.length; from += BATCH) {
        if (stopped) throw new Error('closed while writing');
        const batch = changed.slice(from, from + BATCH).filter((entry) => collection.get(entry.passage.id) === entry);
        if (batch.length === 0) continue;
        await server.upsert(name, points.make(batch, weighed));
        for (const entry of batch) {
          const { id, print } = points.stamp(entry);
          held.set(id, { document: entry.passage.documentId, version: entry.passage.version, print, among: weighed.among });
          if (collection.get(entry.passage.id) === entry) pending.delete(entry.passage.id);
        }
      }
    }
    const gone = [...held].filter(([id]) => !wanted.has(id));
    if (gone.length === 0) return;
    const whole = new Map<string, { document: string; version: number }>();
    const ids: string[] = [];
    for (const [id, { document, version }] of gone) {
      if (versions.has(`${version} ${document}`)) ids.push(id);
      else whole.set(`${version} ${document}`, { document, version });
    }
    await server.delete(name, { ids, versions: [...whole.values()] });
    for (const [id] of gone) held.delete(id);
  }

  /** O(passages). */
  function compare(held: Map<string, Stored>): { changed: Entry[]; wanted: Set<string>; versions: Set<string> } {
    const size = collection.entries.size;
    const changed: Entry[] = [];
    const wanted = new Set<string>();
    const versions = new Set<string>();
    for (const entry of collection.entries) {
      const { id, print } = points.stamp(entry);
      const stored = held.get(id);
      wanted.add(id);
      versions.add(`${entry.passage.version} ${entry.passage.documentId}`);
      if (stored?.print === print) pending.delete(entry.passage.id);
      if (stored?.print !== print || size > OUTGROWN * stored.among || size * OUTGROWN < stored.among) changed.push(entry);
    }
    return { changed, wanted, versions };
  }

  /** Everything is learned anew afterwards: whether the last write arrived is unknown. */
  function fail(error: unknown): void {
    up = false;
    known = null;
    if (stopped) return;
    if (!told) onSurprise(explain(error));
    told = true;
    if (timer) return;
    timer = setTimeout(() => {
      timer = null;
      void settle();
    }, pause);
    timer.unref();
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }

  function settle(): Promise<void> {
    if (stopped) return Promise.resolve();
    running ??= run();
    return running;
  }

  return {
    reachable: () => up,
    up: () => up && pending.size <= MOST_PENDING,
    expect(passageIds) {
      for (const id of passageIds) pending.add(id);
    },
    pending: () => [...pending].flatMap((id) => collection.get(id) ?? []),
    settle,
    fail,
    stop() {
      stopped = true;
      up = false;
      if (timer) clearTimeout(timer);
    },
  };
}
