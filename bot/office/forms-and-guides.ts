/** Services without code: their forms and guides as a body wrote them, and what citizens leave half-way with them. */
import path from 'node:path';
import type { Cases } from '../../connectors/cases/contract.ts';
import type { Database } from '../../connectors/databases/contract.ts';
import { createMailCodes, type MailCodes } from '../dialogs/status/mail-code.ts';
import { createDeliveries, type Deliveries, type DeliveryParts } from './case-file-delivery.ts';
import { type CaseFiles, createCaseFiles } from './case-files.ts';
import { createFormDrafts, type FormDrafts } from './form-drafts.ts';
import { type Guide, readGuides } from './guides.ts';
import { readRequestForms, type RequestForm } from './request-forms.ts';

export interface FormsAndGuides {
  forms: RequestForm[];
  guides: Guide[];
  /** Forms set aside half-way. */
  drafts: FormDrafts;
  /** Files of requests. */
  caseFiles: CaseFiles;
  /** Files of requests on their way to the office's own tool. */
  deliveries: Deliveries;
  mailCodes: MailCodes;
}

/** `demo`: folders of the demo municipality's, before the body's own. */
export async function openFormsAndGuides(parts: {
  database: Database;
  dataDir: string;
  demo: { forms: string[]; guides: string[] };
  cases: Cases;
  log: DeliveryParts['log'];
}): Promise<FormsAndGuides> {
  const { database, dataDir, demo, cases, log } = parts;
  const caseFiles = await createCaseFiles({ database, dataDir, delivers: cases.capabilities().has('attach') });
  return {
    forms: readRequestForms([...demo.forms, path.join(dataDir, 'forms')]),
    guides: readGuides([...demo.guides, path.join(dataDir, 'guides')]),
    drafts: createFormDrafts({ database }),
    caseFiles,
    deliveries: createDeliveries({ database, cases, files: caseFiles, log }),
    mailCodes: await createMailCodes({ database }),
  };
}
