/** What the parts of the embedded office share: database, clock, zone and the plan. */
import type { Database } from '../../databases/contract.ts';
import type { BookingsParts } from '../contract.ts';
import { createZone, type Zone } from '../zone.ts';
import { type OfficePlan, officePlan, type PlannedService } from './plan.ts';

export interface Office {
  database: Database;
  zone: Zone;
  now(): number;
  /** The instant as tables keep it. */
  stamp(): string;
  /** As saved last by any process; empty before the first. */
  plan(): Promise<OfficePlan>;
}

const EMPTY = officePlan.parse({ places: [], services: [], counters: [] });

export function createOffice({ database, now = Date.now }: BookingsParts): Office {
  let kept = { json: '', plan: EMPTY };
  return {
    database,
    zone: createZone(),
    now,
    stamp: () => new Date(now()).toISOString(),
    async plan() {
      const row = await database.read.selectFrom('booking_office').select('json').where('id', '=', 'office').executeTakeFirst();
      if (!row) return EMPTY;
      if (row.json !== kept.json) kept = { json: row.json, plan: officePlan.parse(JSON.parse(row.json)) };
      return kept.plan;
    },
  };
}

export const serviceOf = (plan: OfficePlan, id: string): PlannedService | undefined => plan.services.find((service) => service.id === id);
