/** Files that citizens sent with a request: listed and opened by the office that has the case, audited. */
import type { Database } from '../../connectors/databases/contract.ts';
import { fileReply } from '../channels/web/upload.ts';
import { Refusal, type Role, type Route, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';
import type { Deliveries } from './case-file-delivery.ts';
import type { CaseFiles } from './case-files.ts';

const CLERKS: Role[] = ['agent', 'supervisor', 'administrator'];

export function caseFileRoutes(parts: { database: Database; files: CaseFiles; deliveries: Pick<Deliveries, 'again'> }): Route[] {
  const { database, files, deliveries } = parts;
  const missing = () => new Refusal(404, 'NotFound', 'Questa pratica non c’è, o non ha questo file.');

  /** Files of a case of one's office. */
  async function the(staff: Staff | null, params: Record<string, string>) {
    const ref = { number: Number(params['number']), year: Number(params['year']) };
    if (!Number.isInteger(ref.number) || !Number.isInteger(ref.year)) throw missing();
    const row = await database.read
      .selectFrom('case_file')
      .select('office')
      .where('year', '=', ref.year)
      .where('number', '=', ref.number)
      .executeTakeFirst();
    if (!row || (staff?.office && row.office !== staff.office)) throw missing();
    return { ref, found: await files.ofCase(ref) };
  }

  const audit = (staff: Staff | null, action: string, subject: string, detail: Record<string, unknown>) =>
    database.write((tx) => appendAudit(tx, { actor: staff?.id ?? 'system', action, subject, detail }));

  return [
    {
      method: 'get',
      path: '/api/cases/:year/:number/files',
      permission: CLERKS,
      summary: 'Files that came with the request of a case: question, name, type, bytes, what became of it on the way to the office’s tool',
      async handle({ params, staff }) {
        const { ref, found } = await the(staff, params);
        await audit(staff, 'case.files', `${ref.number}/${ref.year}`, { files: found.length });
        return { status: 200, body: { files: found } };
      },
    },
    {
      method: 'post',
      path: '/api/cases/:year/:number/files/again',
      permission: CLERKS,
      summary: 'Tries again to hand over to the office’s tool the files of a case that did not arrive',
      async handle({ params, staff }) {
        const { ref } = await the(staff, params);
        const tried = await deliveries.again(ref);
        await audit(staff, 'case.files.again', `${ref.number}/${ref.year}`, { files: tried });
        return { status: 200, body: { files: tried } };
      },
    },
    {
      method: 'get',
      path: '/api/cases/:year/:number/files/:file',
      permission: CLERKS,
      summary: 'One of them',
      async handle({ params, staff }) {
        const { ref, found } = await the(staff, params);
        const file = found.find(({ id }) => id === params['file']);
        const content = file && (await files.read(file.id));
        if (!file || !content) throw missing();
        await audit(staff, 'case.file', `${ref.number}/${ref.year}`, { file: file.id });
        return fileReply({ ...file, content });
      },
    },
  ];
}
