/** Appointments of the embedded office. Types stand in ../schema/bookings.ts. */
export default function bookings(engine: 'embedded' | 'postgres'): string[] {
  const person = 'name text not null, fiscal_code text, phone text, email text, note text';
  return [
    `create table booking_office (id text primary key, json text not null, updated_at text not null)`,
    `create table booking (
      id text primary key, code text unique, status text not null, service text not null, place text not null, counter text not null,
      start_at text not null, end_at text not null,
      from_grain integer not null, to_grain integer not null, seats integer not null, expires_at text, ${person}, limit_key text unique,
      sequence integer not null default 0, calendar_key text not null, request_key text unique, remote text, created_at text not null, updated_at text not null)`,
    // Everything the month view reads, so that it never touches the rows themselves.
    `create index booking_taken on booking (counter, from_grain, to_grain, seats, expires_at, status) where status in ('held', 'booked', 'blocked')`,
    `create index booking_held on booking (expires_at) where status = 'held'`,
    `create index booking_person on booking (fiscal_code) where fiscal_code is not null`,
    // Two people on one seat would need two rows with one key: refused by the primary key of either engine, whoever writes and however many
    // processes. Lengths do not matter: bookings that overlap share at least one five-minute grain. Capacity is the number of seats.
    `create table booking_seat (
      counter text not null, grain integer not null, seat integer not null, booking_id text not null,
      primary key (counter, grain, seat))${engine === 'embedded' ? ' without rowid' : ''}`,
    `create index booking_seat_booking on booking_seat (booking_id)`,
    `create table booking_request (key text primary key, request text not null, code text not null, created_at text not null)`,
    `create table booking_waiting (
      code text primary key, status text not null, service text not null, place text, from_day text not null, to_day text not null, ${person},
      queued_at text not null, missed integer not null default 0, hold text, created_at text not null)`,
    `create index booking_waiting_open on booking_waiting (queued_at) where status in ('waiting', 'offered')`,
  ];
}
