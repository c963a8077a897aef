/** Wrong guesses at numbers with a proof, counted in the database: neither a restart nor another process forgets them. */
import { randomUUID } from 'node:crypto';
import type { Database } from './databases/contract.ts';

const MOST = 5;
/** One record, whoever guesses at it: citizens and conversations are easily made anew. */
const MOST_AT_ONE = 20;
const RECORD = 'record ';
export const recordOf = (name: string): string => RECORD + name;
const WINDOW_MS = 15 * 60_000;

export interface Guesses {
  /** Counts a guess against every subject before it is looked at: a token to give back when it was right, or the seconds to wait. */
  take(subjects: string[]): Promise<{ token: string } | { wait: number }>;
  /** The guess was right: it counts no more. */
  giveBack(token: string): Promise<void>;
}

class Full extends Error {
  wait: number;
  constructor(wait: number) {
    super('full');
    this.wait = wait;
  }
}

/** Each subject has 5 slots (a record 20), free again after 15 minutes: the table's key decides between guesses made at once. */
export function createGuesses(database: Database, { now = Date.now }: { now?: () => number } = {}): Guesses {
  return {
    async take(subjects) {
      const token = randomUUID();
      const [at, before] = [new Date(now()).toISOString(), new Date(now() - WINDOW_MS).toISOString()];
      try {
        await database.write(async (tx) => {
          // In one order, so that of two that meet one waits for the other.
          for (const subject of [...new Set(subjects)].sort()) {
            const most = subject.startsWith(RECORD) ? MOST_AT_ONE : MOST;
            let taken = false;
            for (let slot = 0; slot < most && !taken; slot++) {
              const row = await tx
                .insertInto('guess')
                .values({ subject, slot, token, at })
                .onConflict((conflict) => conflict.columns(['subject', 'slot']).doUpdateSet({ token, at }).where('guess.at', '<=', before))
                .returning('slot')
                .executeTakeFirst();
              taken = row !== undefined;
            }
            if (taken) continue;
            const oldest = await tx
              .selectFrom('guess')
              .select(({ fn }) => fn.min('at').as('at'))
              .where('subject', '=', subject)
              .executeTakeFirst();
            throw new Full(Math.max(1, Math.ceil((Date.parse(String(oldest?.at ?? at)) + WINDOW_MS - now()) / 1000)));
          }
        });
      } catch (error) {
        if (error instanceof Full) return { wait: error.wait };
        throw error;
      }
      return { token };
    },
    async giveBack(token) {
      await database.write((tx) => tx.deleteFrom('guess').where('token', '=', token).execute());
    },
  };
}
