/** Rows ↔ reports. */
import type { ReportTable } from '../../databases/schema/cases.ts';
import type { Report, ReportRequest, ReportStatus, ReportStep } from '../contract.ts';
import type { PlannedCategory } from './categories.ts';

const LONGEST = 4000;

export function toReport(row: ReportTable, categories: PlannedCategory[]): Report {
  const category = categories.find(({ code }) => code === row.category);
  const history = JSON.parse(row.history) as ReportStep[];
  return {
    id: row.id,
    // A category that was taken out keeps its code as name.
    category: { code: row.category, name: category?.name ?? row.category },
    status: row.status as ReportStatus,
    statusNote: history.findLast((step) => step.note)?.note ?? null,
    office: category?.office ?? '',
    description: row.description,
    address: row.address,
    lat: row.lat === null ? null : Number(row.lat),
    long: row.long === null ? null : Number(row.long),
    mediaUrl: row.media_url,
    history,
    expectedOn: row.status === 'solved' || row.status === 'declined' ? null : row.expected_on,
    requestedAt: row.requested_at,
    updatedAt: row.updated_at,
  };
}

/** Field → what is wrong with a request; null = nothing. The same for every plug. */
export function wrongFields(request: ReportRequest, key: string): Record<string, string> | null {
  const { description, address, lat, long } = request;
  if (!key) return { idempotencyKey: 'manca' };
  if (!description.trim()) return { description: 'serve una descrizione' };
  if (description.length > LONGEST) return { description: `al massimo ${LONGEST} caratteri` };
  if ((lat === undefined) !== (long === undefined)) return { lat: 'servono latitudine e longitudine insieme' };
  if (lat !== undefined && !(Math.abs(lat) <= 90 && Math.abs(long ?? 999) <= 180)) return { lat: 'coordinate fuori dal mondo' };
  if (lat === undefined && !address?.trim()) return { address: 'serve il luogo: indirizzo o coordinate' };
  return (address ?? '').length > 300 ? { address: 'al massimo 300 caratteri' } : null;
}
