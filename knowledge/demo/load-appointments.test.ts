import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import openBookings from '../../connectors/bookings/embedded.ts';
import { createDesk } from '../../connectors/bookings/embedded/desk.ts';
import openDatabase from '../../connectors/databases/embedded.ts';
import { loadDemoAppointments } from './load-appointments.ts';

test('the demo’s plan is sound, its offices exist, and it is not written over an administrator’s', async () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'sportello-demo-'));
  const database = await openDatabase({ dataDir });
  expect(await loadDemoAppointments(database)).toBe(true);
  const desk = createDesk({ database });
  const plan = await desk.plan();
  const offices = JSON.parse(readFileSync(path.join(import.meta.dirname, 'offices.json'), 'utf8')) as { name: string }[];
  for (const service of plan.services) expect(offices.map((office) => office.name)).toContain(service.office);

  const bookings = await openBookings({ database, now: () => Date.parse('2026-11-25T09:00:00+01:00') });
  const month = { from: '2026-11-25', to: '2026-12-24' };
  for (const service of plan.services) {
    const slots = await bookings.slots({ service: service.id, ...month });
    expect(slots.kind === 'ok' && slots.value.length, service.id).toBeGreaterThan(0);
    if (slots.kind === 'ok') {
      expect(
        slots.value.filter((slot) => slot.start.startsWith('2026-12-08')),
        service.id,
      ).toEqual([]);
      // The page of opening hours says: on 24 December nobody in the afternoon.
      expect(
        slots.value.filter((slot) => slot.start > '2026-12-24T13'),
        service.id,
      ).toEqual([]);
    }
  }
  await desk.savePlan({ places: [], services: [{ id: 'mine', name: 'Mine', office: 'Tributi', minutes: 10 }], counters: [] });
  expect(await loadDemoAppointments(database)).toBe(false);
  expect((await desk.plan()).services.map((service) => service.id)).toEqual(['mine']);
  await database.close();
  rmSync(dataDir, { recursive: true });
});
