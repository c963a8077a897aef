/** Plug: our own office on the database. Exact: a slot that hold() gives is nobody else's. Works with several processes on PostgreSQL. */
import type { Bookings, BookingsParts } from './contract.ts';
import { cancel, confirmOrTakeAgain, reschedule } from './embedded/changes.ts';
import { hold, release, sweep } from './embedded/holding.ts';
import { createOffice } from './embedded/office.ts';
import { get, list, lookup, places, services, slots } from './embedded/reading.ts';
import { acceptOffer, joinWaiting, leaveWaiting, offerWaiting, type Seats, standingOffers } from './embedded/waiting.ts';

/** What the office is (services, hours …) is data in the database: embedded/desk.ts writes it. */
export default async function open(parts: BookingsParts): Promise<Bookings> {
  const office = createOffice(parts);
  const seats: Seats = {
    slots: (query) => slots(office, query),
    hold: (slot, ttl) => hold(office, slot, ttl),
    release: (held) => release(office, held),
    confirm: (held, person, key) => confirmOrTakeAgain(office, held, person, key),
  };
  return {
    ...seats,
    name: 'embedded',
    capabilities: () => new Set(['slots', 'hold', 'confirm', 'cancel', 'reschedule', 'get', 'list', 'waiting']),
    async health() {
      const { counters } = await office.plan();
      return { state: 'up', detail: `${counters.length} sportelli nel database` };
    },
    services: () => services(office),
    places: (service) => places(office, service),
    cancel: (code, proof, key) => cancel(office, code, proof, key),
    reschedule: (code, proof, to, key) => reschedule(office, code, proof, to, key),
    get: (code, proof) => get(office, code, proof),
    list: (person) => list(office, person.fiscalCode),
    lookup: (key) => lookup(office, key),
    joinWaiting: (request, key) => joinWaiting(office, request, key),
    leaveWaiting: (code, proof) => leaveWaiting(office, seats, code, proof),
    offerWaiting: (ttl) => offerWaiting(office, seats, ttl),
    offers: () => standingOffers(office),
    acceptOffer: (code, proof, key) => acceptOffer(office, seats, code, proof, key),
    sweep: () => sweep(office),
    close: async () => {},
  };
}
