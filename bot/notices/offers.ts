/** Seats that became free are offered to who waits: in their conversation, and by e-mail where they left an address. */
import type { Bookings, Offer } from '../../connectors/bookings/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import { plainReply } from '../conversation/replies.ts';
import { whenWhere } from '../dialogs/booking/slot-field.ts';
import { offerState } from '../dialogs/waiting.ts';
import { localNow } from '../dialogs/dates/calendar.ts';
import { isAwake, USUAL_HOURS } from './hours.ts';
import type { Newsroom } from './news.ts';
import { writeLetter } from './post.ts';
import type { Telling, Told } from './tell.ts';

/** How long a seat is kept for whoever was told of it. */
const OFFER_SECONDS = 1800;

export interface OffersParts {
  database: Database;
  bookings: Bookings;
  telling: Telling;
  speech(lang: string): Say;
  bodyName: string;
  publicUrl: string;
  timeZone: string;
  /** Absent = the usual hours. */
  newsroom?: Pick<Newsroom, 'hours'>;
  log: { warn(fields: object, message: string): void };
  now?: () => number;
}

/** Resolves with how many people were told. Every half a minute or so; several processes may: each offer is told once. */
export function createOffers(parts: OffersParts): () => Promise<number> {
  const { database, bookings, telling, log, now = Date.now } = parts;

  async function tell({ waiting, person, hold }: Offer): Promise<boolean> {
    const watch = await database.read.selectFrom('waiting_watch').selectAll().where('code', '=', waiting.code).executeTakeFirst();
    if (!watch || watch.told === hold.id) return false;
    const say = parts.speech(watch.lang);
    const services = await bookings.services();
    const service = (services.kind === 'ok' && services.value.find(({ id }) => id === waiting.service)?.name) || waiting.service;
    const when = whenWhere(hold.slot, watch.lang);
    const until = localNow(new Date(hold.expiresAt), parts.timeZone).time;
    const { code } = waiting;
    const reply = plainReply(say('waitNotice', { service, when, until }), watch.lang, [
      say('waitTake', { code }),
      say('waitSkip', { code }),
    ]);
    const prepared = await telling.prepare(watch.conversation_id, reply, `offer:${hold.id}`, watch.origin, offerState(code));
    const stamp = new Date(now()).toISOString();
    const origin = parts.publicUrl || watch.origin;
    const told = await database.write(async (tx): Promise<Told | 'mail' | null> => {
      const mine = await tx
        .updateTable('waiting_watch')
        .set({ told: hold.id })
        .where('code', '=', code)
        .where((eb) => eb.or([eb('told', 'is', null), eb('told', '!=', hold.id)]))
        .executeTakeFirst();
      if (Number(mine.numUpdatedRows) === 0) return null;
      if (person.email)
        await writeLetter(
          tx,
          {
            id: `offer:${hold.id}`,
            conversationId: watch.conversation_id,
            to: person.email,
            subject: say('mailWait', { service, when: when.split(',')[0] ?? when }),
            text: `${[
              `${say('mailHello', { name: person.name })}\n${say('mailWaitBody', { until })}`,
              `${say('mailLine', { label: say('bookService'), value: service })}\n${say('mailLine', { label: say('bookWhen'), value: when })}`,
              say('mailWaitTake', { url: `${origin}/` }),
              say('mailAuto', { body: parts.bodyName }),
            ].join('\n\n')}\n`,
          },
          stamp,
        );
      return (prepared && (await telling.write(tx, prepared))) ?? 'mail';
    });
    if (told && told !== 'mail') telling.announce(told);
    return told !== null;
  }

  return async () => {
    const { time } = localNow(new Date(now()), parts.timeZone);
    // At night nobody is woken, and no offer runs out unread.
    if (!isAwake(parts.newsroom?.hours.value() ?? USUAL_HOURS, time) || !bookings.capabilities().has('waiting')) return 0;
    const made = await bookings.offerWaiting(OFFER_SECONDS);
    if (made.kind !== 'ok') log.warn({ kind: made.kind }, 'free seats could not be offered to who waits');
    const standing = await bookings.offers();
    if (standing.kind !== 'ok') return 0;
    let count = 0;
    for (const offer of standing.value) if (await tell(offer)) count += 1;
    return count;
  };
}
