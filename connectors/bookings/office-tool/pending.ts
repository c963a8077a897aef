/** Marks on our rows that a write in the office's tool was begun, so that its outcome can be found after a lost answer or a crash. */
import type { BookingTable } from '../../databases/schema/bookings.ts';
import type { times } from '../embedded/holding.ts';
import type { Office } from '../embedded/office.ts';
import { giveBack } from '../embedded/seats.ts';

/** Longer than any outage that a citizen waits for; sweep() settles it sooner. */
const PENDING_MS = 86_400_000;

export function createPending(office: Office) {
  const { database } = office;
  return {
    row: (id: string): Promise<BookingTable | undefined> =>
      database.read.selectFrom('booking').selectAll().where('id', '=', id).executeTakeFirst(),

    byKey: (key: string): Promise<BookingTable | undefined> =>
      database.read.selectFrom('booking').selectAll().where('request_key', '=', key).executeTakeFirst(),

    /** The hold with its mark, or undefined when it ran out and was dropped. A second mark of the same hold keeps the first one's code. */
    begin(row: BookingTable, key: string, columns: Partial<BookingTable>): Promise<BookingTable | undefined> {
      const { code, ...others } = columns;
      return database.write((tx) =>
        tx
          .updateTable('booking')
          .set((eb) => ({
            ...others,
            request_key: key,
            ...(code ? { code: eb.fn.coalesce('code', eb.val(code)) } : {}),
            expires_at: new Date(office.now() + PENDING_MS).toISOString(),
            updated_at: office.stamp(),
          }))
          .where('id', '=', row.id)
          .where('status', '=', 'held')
          .returningAll()
          .executeTakeFirst(),
      );
    },

    /** Nothing was written: the hold is as before. */
    undo: (row: BookingTable): Promise<unknown> =>
      database.write((tx) =>
        tx
          .updateTable('booking')
          .set({ request_key: null, remote: null, expires_at: row.expires_at })
          .where('id', '=', row.id)
          .where('status', '=', 'held')
          .execute(),
      ),

    drop: (id: string): Promise<void> =>
      database.write(async (tx) => {
        const gone = await tx.deleteFrom('booking').where('id', '=', id).where('status', '=', 'held').returning('id').executeTakeFirst();
        if (gone) await giveBack(tx, id);
      }),

    /** A mark on a booking that is being cancelled (null takes it away). */
    mark: (id: string, key: string | null): Promise<unknown> =>
      database.write((tx) =>
        tx.updateTable('booking').set({ request_key: key, updated_at: office.stamp() }).where('id', '=', id).execute(),
      ),

    /** The office took the appointment out of its calendar. */
    cancelledThere: (id: string): Promise<BookingTable | undefined> =>
      database.write(async (tx) => {
        const row = await tx
          .updateTable('booking')
          .set((eb) => ({
            status: 'cancelled',
            limit_key: null,
            request_key: null,
            remote: null,
            sequence: eb('sequence', '+', 1),
            updated_at: office.stamp(),
          }))
          .where('id', '=', id)
          .where('status', '=', 'booked')
          .returningAll()
          .executeTakeFirst();
        if (row) await giveBack(tx, id);
        return row;
      }),

    /** A person moved it in the calendar: our row and its seats follow. Where the person put it over another booking, that one keeps the seat. */
    movedThere: (id: string, span: ReturnType<typeof times>, remote: string): Promise<BookingTable | undefined> =>
      database.write(async (tx) => {
        await giveBack(tx, id);
        const row = await tx
          .updateTable('booking')
          .set((eb) => ({ ...span, remote, sequence: eb('sequence', '+', 1), updated_at: office.stamp() }))
          .where('id', '=', id)
          .where('status', '=', 'booked')
          .returningAll()
          .executeTakeFirst();
        if (!row) return undefined;
        const seat = 31 - Math.clz32(row.seats);
        const grains = Array.from({ length: row.to_grain - row.from_grain }, (_, n) => row.from_grain + n);
        const rows = grains.map((grain) => ({ counter: row.counter, grain, seat, booking_id: id }));
        await tx
          .insertInto('booking_seat')
          .values(rows)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return row;
      }),

    /** Begun more than a minute ago and not finished, or with an event left over. */
    unfinished: (): Promise<BookingTable[]> =>
      database.read
        .selectFrom('booking')
        .selectAll()
        .where('updated_at', '<=', new Date(office.now() - 60_000).toISOString())
        .where((eb) => eb.or([eb('request_key', 'is not', null), eb('remote', 'like', '%"leftover"%')]))
        .execute(),

    setRemote: (id: string, remote: string): Promise<unknown> =>
      database.write((tx) => tx.updateTable('booking').set({ remote }).where('id', '=', id).execute()),
  };
}

export type Pending = ReturnType<typeof createPending>;
