/** Who may do what in the console: an editor with an office works on that office's pages, one without on all. */
import type { Writer } from '../../connectors/databases/contract.ts';
import { Refusal, type Role, type RouteRequest, type Staff } from '../http/route.ts';
import { appendAudit } from '../privacy/audit.ts';

export const EDITORS: Role[] = ['editor', 'administrator'];
export const READERS: Role[] = ['editor', 'supervisor', 'administrator'];

/** The signed-in person; routes of the console have no other callers. */
export function editorOf({ staff }: RouteRequest): Staff {
  if (!staff) throw new Refusal(401, 'SignInRequired', 'Accedi per continuare.');
  return staff;
}

/** Throws Refusal 403 when the page belongs to another office. */
export function ownOffice(staff: Staff, office: string): void {
  if (staff.office !== null && staff.office !== office)
    throw new Refusal(
      403,
      'OtherOffice',
      `Questa pagina è dell’ufficio «${office || 'nessuno'}»: puoi lavorare solo su quelle del tuo ufficio.`,
    );
}

export function notFound(what = 'Questa pagina non esiste.'): Refusal {
  return new Refusal(404, 'NotFound', what);
}

/** The act and its trace in one transaction. */
export function audit(tx: Writer, staff: Staff, action: string, subject: string, detail: Record<string, unknown>): Promise<void> {
  return appendAudit(tx, { actor: staff.id, action, subject, detail });
}
