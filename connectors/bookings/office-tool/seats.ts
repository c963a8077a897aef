/** Seats of a booking's time that our own database gave to others. */
import type { Database } from '../../databases/contract.ts';
import type { BookingTable } from '../../databases/schema/bookings.ts';

export async function seatsOfOthers(database: Database, row: BookingTable): Promise<number> {
  const seats = await database.read
    .selectFrom('booking_seat')
    .select('seat')
    .distinct()
    .where('counter', '=', row.counter)
    .where('grain', '>=', row.from_grain)
    .where('grain', '<', row.to_grain)
    .where('booking_id', '!=', row.id)
    .execute();
  return seats.length;
}
