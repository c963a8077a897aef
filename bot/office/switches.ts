/** How much the assistant may do, by topic (an office's) and channel: an administrator's or supervisor's decision that counts at once, in every process. */
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { namedOffice, type Office } from '../../knowledge/offices.ts';
import { keep } from './kept.ts';

/** From the freest to the strictest: of two that fit equally well the stricter one counts. */
export const MODES = ['full', 'approve', 'people', 'closed'] as const;
export type Mode = (typeof MODES)[number];
/** Every topic, or every channel. */
export const ALL = '';

export interface Switch {
  /** Name of an office, or ALL. */
  topic: string;
  channel: string;
  mode: Mode;
  /** What citizens read; empty = the words of their language. */
  banner: string;
}

export interface Listed extends Switch {
  updatedBy: string;
  updatedAt: string;
}

export interface Switches {
  /** What holds for a message; null = full. The words say which office's topic it is. Read from memory. */
  of(channel: string, text: string): Switch | null;
  /** What holds for an answer by the office of the document it cites first; null = full. One read, and only while there is a switch for a topic: else null at once. */
  ofCited(channel: string, documentId: string | undefined): Promise<Switch | null> | null;
  list(): Listed[];
  /** `full` for everything takes that switch away; for a topic or a channel it stays, as an exception to a broader one. */
  set(switched: Switch, by: string, also: (tx: Writer) => Promise<void>): Promise<void>;
  stop(): void;
}

export async function createSwitches(database: Database, offices: () => Office[], now: () => number = Date.now): Promise<Switches> {
  const kept = await keep(database, 'switches', async (): Promise<Listed[]> => {
    const rows = await database.read.selectFrom('answer_switch').selectAll().orderBy('topic').orderBy('channel').execute();
    return rows.map(({ topic, channel, mode, banner, updated_by, updated_at }) => ({
      topic,
      channel,
      mode: mode as Mode,
      banner,
      updatedBy: updated_by,
      updatedAt: updated_at,
    }));
  });

  /** A switch for the topic beats one for all, one for the channel beats one for all. */
  function find(channel: string, topic: string | null): Switch | null {
    // Asked several times in every turn, and mostly there is none.
    if (kept.value().length === 0) return null;
    const fitting = kept
      .value()
      .filter((one) => (one.topic === ALL || one.topic === topic) && (one.channel === ALL || one.channel === channel));
    const weight = (one: Switch) => (one.topic === ALL ? 0 : 2) + (one.channel === ALL ? 0 : 1);
    fitting.sort((a, b) => weight(b) - weight(a) || MODES.indexOf(b.mode) - MODES.indexOf(a.mode));
    const [first] = fitting;
    return first && first.mode !== 'full' ? first : null;
  }
  const topical = () => kept.value().some(({ topic }) => topic !== ALL);

  async function findCited(channel: string, documentId: string): Promise<Switch | null> {
    const row = await database.read
      .selectFrom('document_version')
      .select('office')
      .where('document_id', '=', documentId)
      .where('status', '=', 'published')
      .executeTakeFirst();
    return row ? find(channel, row.office) : null;
  }

  return {
    of: (channel, text) => find(channel, topical() ? (namedOffice(offices(), text)?.name ?? null) : null),
    ofCited: (channel, documentId) => (documentId && topical() ? findCited(channel, documentId) : null),
    list: kept.value,
    async set({ topic, channel, mode, banner }, by, also) {
      const row = { mode, banner, updated_by: by, updated_at: new Date(now()).toISOString() };
      await database.write(async (tx) => {
        if (mode === 'full' && topic === ALL && channel === ALL)
          await tx.deleteFrom('answer_switch').where('topic', '=', topic).where('channel', '=', channel).execute();
        else
          await tx
            .insertInto('answer_switch')
            .values({ topic, channel, ...row })
            .onConflict((conflict) => conflict.columns(['topic', 'channel']).doUpdateSet(row))
            .execute();
        await also(tx);
      });
      await kept.changed();
    },
    stop: kept.stop,
  };
}
