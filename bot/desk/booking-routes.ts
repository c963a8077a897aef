/** Appointments from the desk: what is free, and one proposed to the citizen, who alone confirms it. */
import type { Bookings, Place } from '../../connectors/bookings/contract.ts';
import { Refusal, type Route } from '../http/route.ts';
import type { Desk } from './desk.ts';
import { AT_THE_DESK, type Door } from './door.ts';
import { type Proposing, proposing, readProposal } from './proposal.ts';

const DAYS = 28;
const MOST = 300;
const DAY_MS = 24 * 60 * 60_000;

export interface DeskBookingParts {
  door: Door;
  desk: Pick<Desk, 'propose'>;
  bookings: Pick<Bookings, 'services' | 'places' | 'slots'>;
  /** `YYYY-MM-DD` in the office's zone. */
  today(): string;
}

export function deskBookingRoutes({ door, desk, bookings, today }: DeskBookingParts): Route[] {
  const away = () => new Refusal(503, 'BookingsAway', 'L’agenda non risponde: riprova tra poco.');

  async function placesOf(service: string): Promise<Place[]> {
    const found = await bookings.places(service);
    return found.kind === 'ok' ? found.value : [];
  }

  return [
    {
      method: 'get',
      path: '/api/desk/services',
      permission: AT_THE_DESK,
      summary: 'Services that appointments are given for, with their places',
      async handle() {
        const listed = await bookings.services();
        if (listed.kind !== 'ok') throw away();
        const services = await Promise.all(
          listed.value.map(async ({ id, name, office, minutes }) => ({ id, name, office, minutes, places: await placesOf(id) })),
        );
        return { status: 200, body: { services } };
      },
    },
    {
      method: 'get',
      path: '/api/desk/slots',
      permission: AT_THE_DESK,
      summary: `Free times of a service (service=, place=, from=YYYY-MM-DD) in the ${DAYS} days from then on, at most ${MOST}`,
      async handle({ query }) {
        const service = query.get('service') ?? '';
        const place = query.get('place');
        const asked = query.get('from') ?? '';
        const from = /^\d{4}-\d\d-\d\d$/.test(asked) && !Number.isNaN(Date.parse(asked)) && asked > today() ? asked : today();
        const to = new Date(Date.parse(from) + DAYS * DAY_MS).toISOString().slice(0, 10);
        const found = await bookings.slots({ service, ...(place ? { place } : {}), from, to });
        if (found.kind === 'not_found') throw new Refusal(404, 'NotFound', 'Questo servizio non esiste.');
        if (found.kind !== 'ok') throw away();
        const seen = new Set<string>();
        // Two counters free at the same moment are one time to come.
        const slots = found.value.filter(({ start, place }) => {
          const key = `${start} ${place.id}`;
          return !seen.has(key) && seen.add(key);
        });
        return {
          status: 200,
          body: { from, to, slots: slots.slice(0, MOST).map(({ start, place }) => ({ start, place: place.id, placeName: place.name })) },
        };
      },
    },
    {
      method: 'post',
      path: '/api/handoffs/:id/propose',
      permission: AT_THE_DESK,
      summary:
        'An appointment to make, move or cancel, put before the citizen: the seat is kept, and nothing is done before the citizen’s own yes',
      body: proposing,
      async handle(request) {
        const { staff, handoff } = await door.the(request);
        const proposal = await readProposal(request.body as Proposing, bookings, today());
        await desk.propose(handoff, staff, proposal, request.origin);
        return door.now(staff, handoff, 202);
      },
    },
  ];
}
