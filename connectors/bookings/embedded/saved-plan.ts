/** The plan as it is kept, with a version of it: who writes over what they have not seen is told so. */
import { createHash } from 'node:crypto';
import type { Database } from '../../databases/contract.ts';
import { ok, type Result } from '../../result.ts';
import { type OfficePlan, type OfficePlanInput, officePlan } from './plan.ts';

export interface SavedPlan {
  /** As an administrator wrote it: times as `08:30`. */
  written: OfficePlanInput;
  /** Of the whole plan. */
  version: string;
  /** Of the closures alone: they are set on a page of their own. */
  closuresVersion: string;
}

/** `changed`: it is no longer the version that was given. */
export type Saving<T> = Result<T> | { kind: 'changed' };

const EMPTY: OfficePlanInput = { places: [], services: [], counters: [] };
/** Others write the plan a few times a year: more than one at once is chance, so many are a mistake. */
const TRIES = 20;

const versionOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);

const read = (json: string | undefined): SavedPlan => {
  const written = json ? (JSON.parse(json) as OfficePlanInput) : EMPTY;
  return { written, version: versionOf(written), closuresVersion: versionOf(written.closures ?? []) };
};

export function createSavedPlan(database: Database, stamp: () => string) {
  const kept = async () =>
    (await database.read.selectFrom('booking_office').select('json').where('id', '=', 'office').executeTakeFirst())?.json;

  /** Read, changed and written only where nobody wrote in between. */
  async function change(next: (before: SavedPlan) => Saving<OfficePlanInput>): Promise<Saving<OfficePlan>> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const json = await kept();
      const wanted = next(read(json));
      if (wanted.kind !== 'ok') return wanted;
      const parsed = officePlan.safeParse(wanted.value);
      if (!parsed.success)
        return { kind: 'invalid', fields: Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message])) };
      const row = { json: JSON.stringify(wanted.value), updated_at: stamp() };
      const done = await database.write((tx) =>
        json === undefined
          ? tx
              .insertInto('booking_office')
              .values({ id: 'office', ...row })
              .onConflict((conflict) => conflict.doNothing())
              .returning('id')
              .executeTakeFirst()
          : tx
              .updateTable('booking_office')
              .set(row)
              .where('id', '=', 'office')
              .where('json', '=', json)
              .returning('id')
              .executeTakeFirst(),
      );
      if (done) return ok(parsed.data);
    }
    return { kind: 'changed' };
  }

  return {
    get: async (): Promise<SavedPlan> => read(await kept()),
    /** `version`: the one it is to replace; absent = whatever there is. */
    save: (plan: unknown, version?: string) =>
      change((before) => (version !== undefined && version !== before.version ? { kind: 'changed' } : ok(plan as OfficePlanInput))),
    /** The rest of the plan stays as it is at that moment. */
    saveClosures: (closures: OfficePlanInput['closures'], version?: string) =>
      change((before) =>
        version !== undefined && version !== before.closuresVersion ? { kind: 'changed' } : ok({ ...before.written, closures }),
      ),
  };
}
