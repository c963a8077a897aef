/** Everything kept of one citizen as one JSON value (GDPR art. 15 and 20). */
import type { Database } from '../../connectors/databases/contract.ts';
import { readCaseFile } from '../office/case-files.ts';
import { appendAudit } from './audit.ts';
import { type CitizenRows, citizenRows } from './citizen-rows.ts';
import { shadowOf } from './erase.ts';

export interface CitizenExport {
  citizenId: string;
  madeOn: string;
  rows: CitizenRows;
  /** Uploads as base64; null = the file is no longer there. */
  files: { id: string; name: string; contentType: string; base64: string | null }[];
}

/** Cost grows with what is kept of the citizen, files included. Leaves a trace in the audit. */
export async function exportCitizen(
  parts: { database: Database; dataDir: string; now?: () => number },
  citizenId: string,
): Promise<CitizenExport> {
  const { database, dataDir, now = Date.now } = parts;
  const rows = await citizenRows(database.read, citizenId);
  const files = await Promise.all(
    [...rows.upload, ...rows.case_attachment].map(async ({ id, name, content_type }) => ({
      id,
      name,
      contentType: content_type,
      base64: (await readCaseFile({ database, dataDir }, id))?.toString('base64') ?? null,
    })),
  );
  const detail = { rows: Object.values(rows).reduce((sum, list) => sum + list.length, 0), files: files.length };
  await database.write((tx) =>
    appendAudit(tx, { actor: 'operator', action: 'citizen.export', subject: shadowOf(citizenId), detail }, new Date(now())),
  );
  return { citizenId, madeOn: new Date(now()).toISOString(), rows, files };
}
