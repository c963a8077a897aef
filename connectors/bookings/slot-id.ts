/** Names of slots: service, place and the instant in UTC, so that the doubled hour of autumn has two names. */

const SHAPE = /^([a-z0-9-]+)~([a-z0-9-]+)~(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/;

/** `2027-03-09T08:00:00.000Z` → `20270309T0800Z`. */
export const compact = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace(/[-:]/g, '')}Z`;

export const slotId = (service: string, place: string, start: number): string => `${service}~${place}~${compact(start)}`;

/** null for text that is no slot's name. */
export function readSlotId(id: string): { service: string; place: string; start: number } | null {
  const match = SHAPE.exec(id);
  if (!match) return null;
  const [, service = '', place = '', ...parts] = match;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  const start = Date.UTC(year, month - 1, day, hour, minute);
  return Number.isNaN(start) ? null : { service, place, start };
}
