/** The numbers that a transcript goes on with. Every statement that takes some is made here. */
import type { QueryResult, UpdateQueryBuilder, UpdateResult } from 'kysely';
import type { Writer } from '../../connectors/databases/contract.ts';
import { after, prepare, readsAfterwards } from '../../connectors/databases/prepared.ts';
import type { Tables } from '../../connectors/databases/schema.ts';

export interface TakesNumbers {
  /** Of the conversation. */
  id: string;
  /** How many, from 0. */
  count: number;
}

type Values<Taking> = Taking & { next: number };
type Update = UpdateQueryBuilder<Tables, 'conversation', 'conversation', UpdateResult>;
type Build<Taking> = (db: Writer, value: <Name extends keyof Values<Taking> & string>(name: Name) => Values<Taking>[Name]) => Update;

/** Conversations whose next number is kept. */
const KEPT = 2_000;
/** Where the statement gives nothing back (prepared.ts), what this process last saw; nobody else writes there. */
const seen = new WeakMap<Writer, Map<string, number>>();

const readNext = prepare<{ id: string }, { next_seq: number }>((db, value) =>
  db.selectFrom('conversation').select('next_seq').where('id', '=', value('id')),
);

/**
 * `build`: an update of the conversation's row that adds `count` to its next number. What it gives runs it in the caller's transaction and gives
 * the number that follows those taken; it throws when there is no such conversation. Where the statement gives nothing back, the number is not read but
 * guessed, and the update holds only where the row still has it: after an undone transaction it has not, and is asked.
 */
export function takingNumbers<Taking extends TakesNumbers>(build: Build<Taking>): (tx: Writer, taking: Taking) => number | Promise<number> {
  const take = prepare<Values<Taking>, { next_seq?: number }>((db, value) =>
    build(db, value).$if(!readsAfterwards(db), (update) => update.returning('next_seq')),
  );
  const takeFrom = prepare<Values<Taking>>((db, value) => build(db, value).where('next_seq', '=', value('next')));

  async function ask(tx: Writer, taking: Taking, known: Map<string, number> | null): Promise<number> {
    const { id } = taking;
    const { rows } = await take(tx, { ...taking, next: 0 });
    const following = rows[0]?.next_seq ?? (await readNext(tx, { id })).rows[0]?.next_seq;
    if (following === undefined) throw new Error('The conversation does not exist');
    if (known) {
      known.delete(id);
      known.set(id, following);
      if (known.size > KEPT) known.delete(known.keys().next().value!);
    }
    return following;
  }

  return (tx, taking) => {
    const { id, count } = taking;
    const known = readsAfterwards(tx) ? keptOf(tx) : null;
    const next = known?.get(id);
    if (!known || next === undefined) return ask(tx, taking, known);
    const noted = ({ numAffectedRows }: QueryResult<unknown>): number | Promise<number> => {
      if (!numAffectedRows) return ask(tx, taking, known);
      known.set(id, next + count);
      return next + count;
    };
    return after(takeFrom(tx, { ...taking, next }), noted);
  };
}

function keptOf(tx: Writer): Map<string, number> {
  let kept = seen.get(tx);
  if (!kept) {
    kept = new Map();
    seen.set(tx, kept);
  }
  return kept;
}
