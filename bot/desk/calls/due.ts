/** Call-backs whose time is near: open desks look again, and the citizen is reminded. */
import type { Database } from '../../../connectors/databases/contract.ts';
import { createZone } from '../../../connectors/bookings/zone.ts';
import type { Say } from '../../../knowledge/languages/speak.ts';
import { plainReply } from '../../conversation/replies.ts';
import { whenWhere } from '../../dialogs/booking/slot-field.ts';
import { phoneInWords } from '../../dialogs/call-back/phone-field.ts';
import type { Telling } from '../../notices/tell.ts';
import { CALL_SHOWN_MS } from '../handoffs.ts';

const AT_ONCE = 100;

/** Resolves with how many were reminded. Every few seconds; several processes may: each is reminded once. */
export function createCallsDue(parts: {
  database: Database;
  telling: Telling;
  speech(lang: string): Say;
  /** Open desks look again. */
  changed(): void;
  now?: () => number;
}): () => Promise<number> {
  const { database, telling, now = Date.now } = parts;
  const zone = createZone();
  const iso = (ms = 0) => new Date(now() + ms).toISOString();

  return async () => {
    const shown = await database.write((tx) =>
      tx
        .updateTable('call_back')
        .set({ shown_at: iso() })
        .where('state', '=', 'booked')
        .where('shown_at', 'is', null)
        .where('start_at', '<=', iso(CALL_SHOWN_MS))
        .executeTakeFirst(),
    );
    if (Number(shown.numUpdatedRows) > 0) parts.changed();
    const due = await database.read
      .selectFrom('call_back')
      .selectAll()
      .where('state', '=', 'booked')
      .where('reminded_at', 'is', null)
      .where('remind_at', '<=', iso())
      .where('start_at', '>', iso())
      .limit(AT_ONCE)
      .execute();
    let count = 0;
    for (const { id, conversation_id, phone, lang, origin, start_at } of due) {
      const say = parts.speech(lang);
      const when = whenWhere({ start: zone.iso(Date.parse(start_at)), place: { id: '', name: '', address: '' } }, lang);
      const reply = plainReply(say('callRemind', { when, phone: phoneInWords(phone) }), lang, [say('callMove'), say('callCancel')]);
      const prepared = conversation_id ? await telling.prepare(conversation_id, reply, `call:${id}`, origin) : null;
      const told = await database.write(async (tx) => {
        const mine = await tx
          .updateTable('call_back')
          .set({ reminded_at: iso() })
          .where('id', '=', id)
          .where('state', '=', 'booked')
          .where('reminded_at', 'is', null)
          .executeTakeFirst();
        return Number(mine.numUpdatedRows) === 1 && prepared ? telling.write(tx, prepared) : null;
      });
      if (!told) continue;
      telling.announce(told);
      count += 1;
    }
    return count;
  };
}
