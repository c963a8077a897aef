/** When the office writes unasked, and how much at a time: set by supervisors. Kept in memory; a change counts from the next look. */
import { z } from 'zod';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import { keep } from '../office/kept.ts';

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'un orario come 08:00');

export const noticeHours = z
  .object({
    /** Local time, `HH:MM`: nothing is told before, or from `to` on, but a call to the counter and what is urgent. */
    from: time.default('08:00'),
    to: time.default('20:00'),
    /** Told in one channel every twenty seconds; a service that gets more at once holds them up, or shuts us out. */
    perChannel: z.number().int().min(1).max(500).default(20),
  })
  .refine(({ from, to }) => from < to, { message: 'Le ore in cui si scrive cominciano prima di finire.', path: ['to'] });
export type NoticeHours = z.output<typeof noticeHours>;

export const USUAL_HOURS: NoticeHours = noticeHours.parse({});

export interface KeptNoticeHours {
  value(): NoticeHours;
  save(hours: NoticeHours, also: (tx: Writer) => Promise<void>): Promise<void>;
  stop(): void;
}

/** `local`: `HH:MM`. */
export const isAwake = ({ from, to }: NoticeHours, local: string): boolean => local >= from && local < to;

export async function keepNoticeHours(database: Database, now: () => number): Promise<KeptNoticeHours> {
  const kept = await keep(database, 'notice-hours', async () => {
    const row = await database.read.selectFrom('body_setting').select('value').where('name', '=', 'notices').executeTakeFirst();
    return row ? noticeHours.parse(JSON.parse(row.value)) : USUAL_HOURS;
  });
  return {
    value: kept.value,
    async save(hours, also) {
      const row = { value: JSON.stringify(hours), updated_at: new Date(now()).toISOString() };
      await database.write(async (tx) => {
        await tx
          .insertInto('body_setting')
          .values({ name: 'notices', ...row })
          .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
          .execute();
        await also(tx);
      });
      await kept.changed();
    },
    stop: kept.stop,
  };
}
