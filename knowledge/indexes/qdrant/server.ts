/** Every request to Qdrant. Rejects when the server is away, slow or unwilling; what follows from that is decided in sync.ts. */
import { QdrantClient, type Schemas } from '@qdrant/js-client-rest';
import { collectionOf, isPhysicalName, isTenant, MOST_ASKED, PAYLOAD_INDEXES, physicalName, type queryOf, type Shape } from './schema.ts';

const WRITE_DEADLINE_MS = 10_000;
const SNAPSHOT_DEADLINE_MS = 600_000;

/** What is known of a stored point. */
export interface Stored {
  document: string;
  version: number;
  print: string;
  /** Size of the collection whose averages weighed it. */
  among: number;
}

export interface Target {
  /** Collection to write to. */
  name: string;
  /** What the alias points to now; null = nothing yet. */
  live: string | null;
}

export interface QdrantServer {
  /** The collection of today's shape, made if it is missing. */
  prepare(): Promise<Target>;
  /** What a collection holds, by point id. Cost grows with its points, 1,000 a request. */
  list(name: string): Promise<Map<string, Stored>>;
  /** Resolves when the points can be found. */
  upsert(name: string, points: Schemas['PointStruct'][]): Promise<void>;
  delete(name: string, gone: { ids: string[]; versions: { document: string; version: number }[] }): Promise<void>;
  /** Points the alias to the target in one step, and deletes the collection of the old shape. */
  switchAlias(target: Target): Promise<void>;
  /** Ids of the passages found, within the deadline. */
  ask(request: ReturnType<typeof queryOf>): Promise<string[]>;
  /** Name of the snapshot made of the collection behind the alias. */
  snapshot(): Promise<string>;
}

export function createQdrantServer(address: { url: string; apiKey: string }, shape: Shape, deadlineMs: number): QdrantServer {
  const tenant = shape.alias;
  const writing = new QdrantClient({ ...clientOptions(address), timeout: WRITE_DEADLINE_MS });
  const asking = new QdrantClient({ ...clientOptions(address), timeout: deadlineMs });

  return {
    async prepare() {
      const { aliases } = await writing.getAliases();
      const live = aliases.find((alias) => alias.alias_name === shape.alias)?.collection_name ?? null;
      const name = physicalName(shape);
      if (!(await writing.collectionExists(name)).exists) await writing.createCollection(name, collectionOf(shape));
      if (live !== name)
        for (const [field_name, field_schema] of Object.entries(PAYLOAD_INDEXES))
          await writing.createPayloadIndex(name, { field_name, field_schema, wait: true });
      return { name, live };
    },
    async list(name) {
      const held = new Map<string, Stored>();
      let offset: Schemas['ScrollRequest']['offset'] = null;
      do {
        const page: Schemas['ScrollResult'] = await writing.scroll(name, {
          filter: { must: [isTenant(tenant)] },
          limit: MOST_ASKED,
          with_payload: ['document', 'version', 'print', 'among'],
          ...(offset === null ? {} : { offset }),
        });
        for (const { id, payload } of page.points) held.set(String(id), payload as unknown as Stored);
        offset = (page.next_page_offset as string | number | null | undefined) ?? null;
      } while (offset !== null);
      return held;
    },
    async upsert(name, points) {
      await writing.upsert(name, { wait: true, points });
    },
    async delete(name, { ids, versions }) {
      if (ids.length > 0) await writing.delete(name, { wait: true, points: ids });
      for (const { document, version } of versions)
        await writing.delete(name, {
          wait: true,
          filter: {
            must: [isTenant(tenant), { key: 'document', match: { value: document } }, { key: 'version', match: { value: version } }],
          },
        });
    },
    async switchAlias({ name, live }) {
      await writing.updateCollectionAliases({
        actions: [
          ...(live === null ? [] : [{ delete_alias: { alias_name: shape.alias } }]),
          { create_alias: { collection_name: name, alias_name: shape.alias } },
        ],
      });
      if (live !== null && isPhysicalName(live, shape.alias)) await writing.deleteCollection(live);
    },
    async ask(request) {
      const { points } = await asking.query(shape.alias, request);
      return points.map((point) => String(point.payload?.['passage']));
    },
    async snapshot() {
      const patient = new QdrantClient({ ...clientOptions(address), timeout: SNAPSHOT_DEADLINE_MS });
      const made = await patient.createSnapshot(shape.alias, { wait: true });
      if (!made) throw new Error('Qdrant made no snapshot');
      return made.name;
    },
  };
}

/** The client drops the path of an address and takes 6333 for a port that the address leaves out or that is its protocol's own. */
function clientOptions({ url, apiKey }: { url: string; apiKey: string }) {
  const { origin, pathname, protocol } = new URL(url);
  const named = /^https?:\/\/[^/]*:\d+/.test(url);
  const port = named ? Number(new URL(url).port || (protocol === 'https:' ? 443 : 80)) : 6333;
  const prefix = pathname.replace(/\/+$/, '');
  return { url: origin, port, ...(prefix ? { prefix } : {}), ...(apiKey ? { apiKey } : {}), checkCompatibility: false };
}

/** An error in Qdrant's own words, without request, address or key. */
export function explain(error: unknown): Error {
  const { data, cause, message } = error as { data?: { status?: { error?: string } }; cause?: { code?: string }; message?: string };
  return new Error(`Qdrant: ${data?.status?.error ?? cause?.code ?? message ?? String(error)}`);
}
