/** Tables of the embedded office's appointments. The same values on both engines, as in ../schema.ts. */

export interface BookingOfficeTable {
  /** Always `office`: one plan a database. */
  id: string;
  /** The OfficePlan. */
  json: string;
  updated_at: string;
}
export interface BookingTable {
  id: string;
  /** What the citizen reads out; null while held, and on blocks. */
  code: string | null;
  /** `held` | `booked` | `cancelled` | `blocked` (time the office keeps for itself). */
  status: string;
  service: string;
  place: string;
  counter: string;
  start_at: string;
  end_at: string;
  /** The five-minute grains it takes, first and one past the last: minutes since 1970 UTC, divided by five. */
  from_grain: number;
  to_grain: number;
  /** Bits of the seats it takes at its counter. */
  seats: number;
  /** Of a hold. */
  expires_at: string | null;
  name: string;
  fiscal_code: string | null;
  phone: string | null;
  email: string | null;
  note: string | null;
  /** `<service>:<person>:<n>`, n below the service's limit: unique, so that nobody passes it by asking twice at once. */
  limit_key: string | null;
  sequence: number;
  calendar_key: string;
  /** Idempotency key of a confirmation that was begun in the office's own tool and not yet finished here. */
  request_key: string | null;
  /** JSON: where a plug keeps its copy in the office's own tool; null on the embedded office. */
  remote: string | null;
  created_at: string;
  updated_at: string;
}
/** One row for each five minutes of each seat that is taken. Its primary key is what makes two people on one seat impossible. */
export interface BookingSeatTable {
  counter: string;
  grain: number;
  /** From 0. */
  seat: number;
  booking_id: string;
}
/** Writes that succeeded, by idempotency key. */
export interface BookingRequestTable {
  key: string;
  /** Operation and what it was asked for: the same key for something else is refused. */
  request: string;
  /** Code of the booking or of the place on the waiting list. */
  code: string;
  created_at: string;
}
export interface BookingWaitingTable {
  code: string;
  /** `waiting` | `offered` | `booked` | `left`. */
  status: string;
  service: string;
  place: string | null;
  from_day: string;
  to_day: string;
  name: string;
  fiscal_code: string | null;
  phone: string | null;
  email: string | null;
  note: string | null;
  /** Order of the list; a missed offer puts one at its end. */
  queued_at: string;
  missed: number;
  /** JSON: the Hold on offer. */
  hold: string | null;
  created_at: string;
}

export interface BookingTables {
  booking_office: BookingOfficeTable;
  booking: BookingTable;
  booking_seat: BookingSeatTable;
  booking_request: BookingRequestTable;
  booking_waiting: BookingWaitingTable;
}
