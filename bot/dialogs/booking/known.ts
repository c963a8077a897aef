/** What the connector offers, remembered for a moment: every message looks whether it names a service. */
import type { Bookings, Place, Service } from '../../../connectors/bookings/contract.ts';

const KEPT_MS = 30_000;

export interface Known {
  /** Null while the appointments do not answer. */
  services(): Promise<Service[] | null>;
  /** Where a service is given, as of the last services(). */
  places(service: unknown): Place[];
}

export function createKnown({ bookings, now }: { bookings: Bookings; now(): Date }): Known {
  let listed: { services: Service[]; places: Map<string, Place[]>; at: number } | null = null;
  return {
    async services() {
      const at = now().getTime();
      if (listed && at - listed.at < KEPT_MS && at >= listed.at) return listed.services;
      const result = await bookings.services();
      if (result.kind !== 'ok') return null;
      const found = await Promise.all(result.value.map(async ({ id }) => [id, await bookings.places(id)] as const));
      const places = new Map(found.map(([id, there]) => [id, there.kind === 'ok' ? there.value : []]));
      listed = { services: result.value, places, at };
      return listed.services;
    },
    places: (service) => listed?.places.get(String(service)) ?? [],
  };
}
