/** What the connector offers, remembered for a moment: every message looks whether it names a service. */
import { isDeepStrictEqual } from 'node:util';
import type { Bookings, Place, Service } from '../../../connectors/bookings/contract.ts';

const KEPT_MS = 30_000;

export interface Known {
  /** As listed a moment ago; null = services() must ask. */
  kept(): Service[] | null;
  /** Null while the appointments do not answer. */
  services(): Promise<Service[] | null>;
  /** Where a service is given, as of the last services(). */
  places(service: unknown): Place[];
}

export function createKnown({ bookings, now }: { bookings: Bookings; now(): Date }): Known {
  let listed: { services: Service[]; places: Map<string, Place[]>; at: number } | null = null;
  function kept(): Service[] | null {
    const at = now().getTime();
    return listed && at - listed.at < KEPT_MS && at >= listed.at ? listed.services : null;
  }
  return {
    kept,
    async services() {
      const known = kept();
      if (known) return known;
      const at = now().getTime();
      const result = await bookings.services();
      if (result.kind !== 'ok') return null;
      const found = await Promise.all(result.value.map(async ({ id }) => [id, await bookings.places(id)] as const));
      const places = new Map(found.map(([id, there]) => [id, there.kind === 'ok' ? there.value : []]));
      // The same list stays the same object: what was read from its words is kept with it.
      const before = listed?.services;
      listed = { services: before && isDeepStrictEqual(before, result.value) ? before : result.value, places, at };
      return listed.services;
    },
    places: (service) => listed?.places.get(String(service)) ?? [],
  };
}
