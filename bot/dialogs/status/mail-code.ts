/** Six figures by e-mail, to be written in the same conversation: three tries, fifteen minutes. Asked for with a wrong address everything looks the same, but no letter leaves. */
import { randomInt } from 'node:crypto';
import type { Database } from '../../../connectors/databases/contract.ts';
import { createKeyed } from '../../citizens/thread.ts';
import { writeLetter } from '../../notices/post.ts';

export const FIGURES_MINUTES = 15;
const TRIES = 3;

export interface MailCodes {
  /** `right`: the address belongs to it. The letter is written in words that `letter` gives for the figures; at most one a minute. */
  ask(
    of: { conversationId: string; about: string; address: string; right: boolean },
    letter: (figures: string) => { subject: string; text: string },
  ): Promise<void>;
  /** `gone`: used, too old, tried too often or never asked for. */
  check(of: { conversationId: string; about: string; address: string }, figures: string): Promise<'ok' | 'wrong' | 'gone'>;
}

export async function createMailCodes({ database, now = Date.now }: { database: Database; now?: () => number }): Promise<MailCodes> {
  const keyed = await createKeyed(database);
  const at = (ms = 0) => new Date(now() + ms).toISOString();
  const nameOf = (about: string, address: string) => `${about} ${keyed.of(`address ${address}`)}`;
  const codeOf = (conversationId: string, named: string, figures: string) => keyed.of(`code ${conversationId} ${named} ${figures}`);

  return {
    async ask({ conversationId, about, address, right }, letter) {
      const named = nameOf(about, address);
      const figures = String(randomInt(1_000_000)).padStart(6, '0');
      // A code that no figures fit: what is kept tells no more than what is said.
      const code = codeOf(conversationId, named, right ? figures : `none ${randomInt(1_000_000)}`);
      const asked = { code, tries: 0, asked_at: at() };
      await database.write(async (tx) => {
        const kept = await tx
          .insertInto('mail_code')
          .values({ conversation_id: conversationId, about: named, ...asked })
          .onConflict((conflict) =>
            conflict.columns(['conversation_id', 'about']).doUpdateSet(asked).where('mail_code.asked_at', '<', at(-60_000)),
          )
          .executeTakeFirst();
        if (!right || Number(kept.numInsertedOrUpdatedRows) === 0) return;
        await writeLetter(tx, { id: `code:${code.slice(0, 20)}:${at()}`, conversationId, to: address, ...letter(figures) }, at());
      });
    },
    async check({ conversationId, about, address }, figures) {
      const named = nameOf(about, address);
      return database.write(async (tx): Promise<'ok' | 'wrong' | 'gone'> => {
        const row = await tx
          .updateTable('mail_code')
          .set((eb) => ({ tries: eb('tries', '+', 1) }))
          .where('conversation_id', '=', conversationId)
          .where('about', '=', named)
          .where('code', 'is not', null)
          .where('tries', '<', TRIES)
          .where('asked_at', '>', at(-FIGURES_MINUTES * 60_000))
          .returningAll()
          .executeTakeFirst();
        if (!row) return 'gone';
        if (row.code !== codeOf(conversationId, named, figures)) return row.tries < TRIES ? 'wrong' : 'gone';
        await tx
          .updateTable('mail_code')
          .set({ code: null })
          .where('conversation_id', '=', conversationId)
          .where('about', '=', named)
          .execute();
        return 'ok';
      });
    },
  };
}
