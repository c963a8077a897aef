/** One citizen acts for another: given by the principal after a sign-in, or recorded by an agent who has seen the deed. For some things, until a day, and revocable by either. */
import { randomUUID } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Database, Writer } from '../../connectors/databases/contract.ts';
import type { MandateTable } from '../../connectors/databases/schema/citizens.ts';
import { appendAudit } from '../privacy/audit.ts';

export const KINDS = ['delegate', 'parent', 'guardian', 'company'] as const;
export type Kind = (typeof KINDS)[number];
export const SCOPES = ['bookings', 'cases', 'all'] as const;
export type Scope = (typeof SCOPES)[number];
/** Days that a mandate may last at most. */
export const LONGEST_DAYS = 366;
/** Days that an ended one is kept, to answer who did what in whose name. */
const KEPT_DAYS = 365;

export interface Mandate {
  id: string;
  kind: Kind;
  scope: Scope;
  /** Keyed hash of the fiscal code: two of one name are two people. */
  principal: string;
  principalName: string;
  holderName: string;
  /** `YYYY-MM-DD`, both included. */
  from: string;
  until: string;
  revoked: boolean;
}

export interface NewMandate {
  kind: Kind;
  scope: Scope;
  principal: { fiscalCode: string; name: string };
  holder: { fiscalCode: string; name: string };
  until: string;
  /** What the office has seen; '' = the principal gives it. */
  basis: string;
  /** `citizen`, or the id of a staff user. */
  recordedBy: string;
}

/** For whom, and what. */
export interface Principal {
  mandateId: string;
  fiscalCode: string;
  name: string;
  kind: Kind;
}

export interface Mandates {
  /** Recorded and audited; or what is wrong with it, in words. */
  record(mandate: NewMandate): Promise<{ kind: 'ok'; id: string } | { kind: 'invalid'; why: string }>;
  /** Those given by a person and those held by them, running or not yet over, the newest first. */
  of(person: string): Promise<{ given: Mandate[]; held: Mandate[] }>;
  /** Any that stands of the same principal and holder will do. Null = revoked, over, of another holder, or for other things. Asked anew at every step. */
  principalOf(mandateId: string, holder: string, scope: Scope): Promise<Principal | null>;
  /** By the principal or the holder; false = not theirs, or over already. */
  revoke(mandateId: string, person: string): Promise<boolean>;
  sweep(): Promise<number>;
}

export interface MandateParts {
  database: Database;
  personOf(fiscalCode: string): string;
  /** Today in the office's zone, `YYYY-MM-DD`. */
  today(): string;
}

export function createMandates({ database, personOf, today }: MandateParts): Mandates {
  const daysFrom = (day: string, days: number) => new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
  const shown = (row: Selectable<MandateTable>): Mandate => ({
    id: row.id,
    kind: row.kind as Kind,
    scope: row.scope as Scope,
    principal: row.principal,
    principalName: row.principal_name,
    holderName: row.holder_name,
    from: row.from_day,
    until: row.until_day,
    revoked: row.revoked_at !== null,
  });

  return {
    async record({ kind, scope, principal, holder, until, basis, recordedBy }) {
      const from = today();
      if (principal.fiscalCode === holder.fiscalCode)
        return { kind: 'invalid', why: 'Chi delega e chi agisce devono essere persone diverse.' };
      if (until < from) return { kind: 'invalid', why: 'L’ultimo giorno è già passato.' };
      if (until > daysFrom(from, LONGEST_DAYS)) return { kind: 'invalid', why: 'Una delega vale al massimo un anno: poi si rinnova.' };
      if (recordedBy === 'citizen' && kind !== 'delegate')
        return { kind: 'invalid', why: 'Genitori, tutori e imprese: la delega la registra un operatore, che ne vede i titoli.' };
      if (recordedBy !== 'citizen' && !basis.trim()) return { kind: 'invalid', why: 'Scrivi quale titolo hai visto.' };
      const id = randomUUID();
      const row = {
        id,
        kind,
        scope,
        principal: personOf(principal.fiscalCode),
        principal_fiscal_code: principal.fiscalCode,
        principal_name: principal.name,
        holder: personOf(holder.fiscalCode),
        holder_name: holder.name,
        basis: basis.trim(),
        recorded_by: recordedBy,
        from_day: from,
        until_day: until,
        created_at: new Date().toISOString(),
        revoked_at: null,
        revoked_by: null,
      };
      await database.write(async (tx) => {
        await tx.insertInto('mandate').values(row).execute();
        await audit(tx, recordedBy, 'mandate.record', id, { kind, scope, until });
      });
      return { kind: 'ok', id };
    },

    async of(person) {
      const live = () => database.read.selectFrom('mandate').selectAll().where('until_day', '>=', today()).orderBy('created_at', 'desc');
      const [given, held] = await Promise.all([
        live().where('principal', '=', person).execute(),
        live().where('holder', '=', person).where('revoked_at', 'is', null).execute(),
      ]);
      return { given: given.map(shown), held: held.map(shown) };
    },

    async principalOf(mandateId, holder, scope) {
      const day = today();
      const chosen = database.read.selectFrom('mandate').select('principal').where('id', '=', mandateId).where('holder', '=', holder);
      const row = await database.read
        .selectFrom('mandate')
        .selectAll()
        .where('principal', 'in', chosen)
        .where('holder', '=', holder)
        .where('scope', 'in', ['all', scope])
        .where('revoked_at', 'is', null)
        .where('from_day', '<=', day)
        .where('until_day', '>=', day)
        .orderBy('until_day', 'desc')
        .executeTakeFirst();
      if (!row) return null;
      return { mandateId: row.id, fiscalCode: row.principal_fiscal_code, name: row.principal_name, kind: row.kind as Kind };
    },

    revoke: (mandateId, person) =>
      database.write(async (tx) => {
        const row = await tx
          .updateTable('mandate')
          .set((eb) => ({
            revoked_at: new Date().toISOString(),
            revoked_by: eb.case().when('principal', '=', person).then('principal').else('holder').end(),
          }))
          .where('id', '=', mandateId)
          .where('revoked_at', 'is', null)
          .where((eb) => eb.or([eb('principal', '=', person), eb('holder', '=', person)]))
          .returning('revoked_by')
          .executeTakeFirst();
        if (row) await audit(tx, 'citizen', 'mandate.revoke', mandateId, { by: row.revoked_by });
        return row !== undefined;
      }),

    async sweep() {
      const gone = await database.write((tx) =>
        tx.deleteFrom('mandate').where('until_day', '<', daysFrom(today(), -KEPT_DAYS)).executeTakeFirst(),
      );
      return Number(gone.numDeletedRows);
    },
  };
}

const audit = (tx: Writer, actor: string, action: string, subject: string, detail: Record<string, unknown>) =>
  appendAudit(tx, { actor, action, subject, detail });
