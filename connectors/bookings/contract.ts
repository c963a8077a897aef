/** Socket: where appointments are kept. `BOOKINGS=embedded` is our own office on the database; other plugs reach the office's own tool. */
import type { Database } from '../databases/contract.ts';
import type { Result } from '../result.ts';

export type Operation = 'slots' | 'hold' | 'confirm' | 'cancel' | 'reschedule' | 'get' | 'list' | 'waiting';

export interface Service {
  id: string;
  /** As citizens say it, "Carta d'identità". */
  name: string;
  /** Name of the competent office, as in the knowledge. */
  office: string;
  minutes: number;
  /** Other words that name it. */
  words: string[];
  /** What to bring, one line each. */
  bring: string[];
}

export interface Place {
  id: string;
  name: string;
  address: string;
}

/** A time at which one more person can come. Times are ISO with the offset of the office's zone, `2027-03-09T09:00:00+01:00`. */
export interface Slot {
  /** Opaque; names service, place and instant. */
  id: string;
  service: string;
  start: string;
  end: string;
  place: Place;
  /** Where to go inside the place, when it is known before. */
  counter?: string;
  seatsLeft: number;
  /** `exact`: hold() decides at once · `advisory`: the office's tool may still say no. */
  authority: 'exact' | 'advisory';
}

export interface SlotQuery {
  service: string;
  /** Place id; absent = everywhere. */
  place?: string;
  /** First and last day in the office's zone, `YYYY-MM-DD`, both included; at most 92 days. */
  from: string;
  to: string;
}

/** A seat kept for a while. Plain JSON: a form carries it. */
export interface Hold {
  id: string;
  slot: Slot;
  /** ISO UTC. After it another may take the seat; confirm() still succeeds as long as nobody has. */
  expiresAt: string;
}

export interface Person {
  name: string;
  fiscalCode?: string;
  phone?: string;
  email?: string;
  note?: string;
}

export interface Booking {
  /** Short, random, without 0 O 1 I: what the citizen reads out. */
  code: string;
  service: Service;
  start: string;
  end: string;
  place: Place;
  counter?: string;
  person: Person;
  status: 'booked' | 'cancelled';
  /** Stable for the life of the booking; of its iCalendar event too. */
  uid: string;
  /** Grows with every change: SEQUENCE of the iCalendar event. */
  sequence: number;
  /** The random key of `/calendar/{code}.ics?key=`. */
  calendarKey: string;
  /** ISO UTC. */
  updatedAt: string;
}

/**
 * What lets somebody see or change a booking: an identity verified by sign-in, or the code with a second fact (fiscal code, phone or e-mail given
 * at booking; the name only where none of them was given). The calendar key opens get() alone.
 */
export type Proof = { kind: 'person'; fiscalCode: string } | { kind: 'fact'; fact: string } | { kind: 'key'; key: string };

export interface WaitingRequest {
  service: string;
  place?: string;
  /** Days that suit, `YYYY-MM-DD`, both included. */
  from: string;
  to: string;
  person: Person;
}

export interface Waiting {
  /** Read out like a booking's code; the same kind of proof goes with it. */
  code: string;
  service: string;
  place?: string;
  from: string;
  to: string;
  /** From 1, among those who wait for the same service. */
  position: number;
  status: 'waiting' | 'offered' | 'booked' | 'left';
}

/** A freed seat kept for the first who waits, until `hold.expiresAt`; then for the next. */
export interface Offer {
  waiting: Waiting;
  person: Person;
  hold: Hold;
}

export interface Health {
  state: 'up' | 'down';
  /** One line for the operator. */
  detail: string;
}

/**
 * Business outcomes never throw. Idempotency keys: the same key and request are done once; asked again they answer ok with the booking as it is
 * now. The same key for another request is `invalid`. Only successes are remembered: after slot_taken the key may be used for another slot.
 */
export interface Bookings {
  name: string;
  capabilities(): Set<Operation>;
  health(): Promise<Health>;
  services(): Promise<Result<Service[]>>;
  /** Places where a service is given; not_found for an unknown service. */
  places(service: string): Promise<Result<Place[]>>;
  /** Free slots in order of time, past ones left out. Grows with days × counters. */
  slots(query: SlotQuery): Promise<Result<Slot[]>>;
  /** Keeps a seat for `ttl` seconds (at most an hour). */
  hold(slot: string, ttl: number): Promise<Result<Hold>>;
  /** Gives a held seat back; never fails. */
  release(hold: Hold): Promise<void>;
  confirm(hold: Hold, person: Person, idempotencyKey: string): Promise<Result<Booking>>;
  /** Cancelling what is already cancelled, or over, is not_allowed: too_late. */
  cancel(code: string, proof: Proof, idempotencyKey: string): Promise<Result<Booking>>;
  /** New seat first, old one given back after; the code stays. `newSlot` is a slot id, or a Hold of it. */
  reschedule(code: string, proof: Proof, newSlot: string | Hold, idempotencyKey: string): Promise<Result<Booking>>;
  get(code: string, proof: Proof): Promise<Result<Booking>>;
  /** Bookings of a person verified by sign-in: coming ones first by time, then past and cancelled. */
  list(person: { fiscalCode: string }): Promise<Result<Booking[]>>;
  /** What became of a write whose outcome is unknown: its booking, or not_found when it was not done. */
  lookup(idempotencyKey: string): Promise<Result<Booking>>;
  joinWaiting(request: WaitingRequest, idempotencyKey: string): Promise<Result<Waiting>>;
  leaveWaiting(code: string, proof: Proof): Promise<Result<Waiting>>;
  /** Keeps freed seats for those who wait, `ttl` seconds each; gives the new offers, each once. Call it every minute or so. */
  offerWaiting(ttl: number): Promise<Result<Offer[]>>;
  /** Offers that still stand, new or not: whoever tells them may have died in between. */
  offers(): Promise<Result<Offer[]>>;
  /** Turns the offered seat into a booking. */
  acceptOffer(code: string, proof: Proof, idempotencyKey: string): Promise<Result<Booking>>;
  /** Drops holds that ran out; gives how many. */
  sweep(): Promise<number>;
  close(): Promise<void>;
}

export interface BookingsParts {
  database: Database;
  /** Epoch milliseconds; tests bring their own. */
  now?: () => number;
}

/** Default export of a plug; `settings` are those its zod schema parsed. */
export type OpenBookings = (parts: BookingsParts, settings: unknown) => Promise<Bookings>;
