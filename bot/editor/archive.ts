/** The whole knowledge as a file, out and in. */
import { BadArchive } from '../../knowledge/documents/archive/bad-archive.ts';
import { Refusal, type Route } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import type { EditorParts } from './parts.ts';
import { audit, editorOf } from './permit.ts';
import { collect } from './upload.ts';

const LARGEST_BYTES = 200 * 2 ** 20;

export function archiveRoutes({ database, knowledge, version }: EditorParts): Route[] {
  let busy = false;

  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (busy) throw new Refusal(429, 'TooManyRequests', 'C’è già un’esportazione o un’importazione in corso.', { 'retry-after': '30' });
    busy = true;
    try {
      return await work();
    } finally {
      busy = false;
    }
  }

  return [
    {
      method: 'get',
      path: '/api/knowledge/export',
      permission: ['editor', 'administrator'],
      summary:
        'The whole knowledge as a zip: documents with every version, tests, curated answers, gaps, offices; JSON lines, CSV, checksums',
      handle: (request) =>
        alone(async () => {
          const staff = editorOf(request);
          if (staff.office !== null)
            throw new Refusal(403, 'OtherOffice', 'L’archivio contiene le pagine di tutti gli uffici: lo scarica chi lavora su tutti.');
          const { bytes, rows } = await knowledge.archive.export(version);
          await database.write((tx) => audit(tx, staff, 'knowledge.export', 'archive', { rows }));
          const name = `sportello-conoscenza-${new Date().toISOString().slice(0, 10)}.zip`;
          const headers = { 'content-type': 'application/zip', 'content-disposition': `attachment; filename="${name}"` };
          return { status: 200, headers, body: Buffer.from(bytes) };
        }),
    },
    {
      method: 'post',
      path: '/api/knowledge/import',
      permission: ['administrator'],
      summary: 'An exported archive into an empty instance, which then gives the same answers with the same citations',
      body: 'raw',
      handle: (request) =>
        alone(async () => {
          const staff = editorOf(request);
          const bytes = await collect(request.raw, LARGEST_BYTES);
          try {
            const { madeOn, rows } = await knowledge.archive.import(bytes, (tx, imported) =>
              appendAudit(tx, { actor: staff.id, action: 'knowledge.import', subject: 'archive', detail: imported.rows }),
            );
            return { status: 200, body: { madeOn, rows } };
          } catch (error) {
            if (error instanceof BadArchive) throw new Refusal(422, 'BadArchive', `L’archivio non va bene: ${error.message}.`);
            throw error;
          }
        }),
    },
  ];
}
