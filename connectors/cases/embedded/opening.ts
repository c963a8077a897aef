/** A new case: its number is the next of its year, its key opens it once. */
import { randomUUID } from 'node:crypto';
import { Stop, writeOrTell } from '../../bookings/embedded/write.ts';
import { createZone } from '../../bookings/zone.ts';
import type { Database } from '../../databases/contract.ts';
import type { Facts } from '../../facts.ts';
import { ok, type Result } from '../../result.ts';
import { nextOfYear, reached } from '../../yearly-count.ts';
import type { Case, CaseRef, CaseRequest } from '../contract.ts';
import { factsOf, toCase } from './rows.ts';
import { DAYS } from './term.ts';

const zone = createZone();
/** The day in the office's zone. */
export const dayOf = (at: number): string => zone.dayOf(at);

export async function openCase(
  parts: { database: Database; facts: Facts; now: () => number },
  request: CaseRequest,
  key: string,
  given: { ref?: CaseRef; receivedOn?: string } = {},
): Promise<Result<Case>> {
  const fields = wrongFields(request, key);
  if (fields) return { kind: 'invalid', fields };
  const { database, facts, now } = parts;
  const asked = facts.fiscalCode(JSON.stringify(request));
  const done = await writeOrTell(database, async (tx) => {
    const earlier = await tx.selectFrom('case_file').selectAll().where('request_key', '=', key).executeTakeFirst();
    if (earlier && earlier.request !== asked)
      throw new Stop({ kind: 'invalid', fields: { idempotencyKey: 'già usata per un’altra pratica' } });
    if (earlier) return earlier;
    const today = given.receivedOn ?? dayOf(now());
    const year = given.ref?.year ?? Number(today.slice(0, 4));
    const number = given.ref?.number ?? (await nextOfYear(tx, 'case', year));
    if (given.ref) await reached(tx, 'case', year, number);
    const stamp = new Date(now()).toISOString();
    return tx
      .insertInto('case_file')
      .values({
        id: randomUUID(),
        request_key: key,
        request: asked,
        year,
        number,
        subject: request.subject.trim(),
        office: request.office,
        status: 'received',
        protocol: null,
        received_on: today,
        taken_in_charge_on: null,
        concluded_on: null,
        days: request.days ?? DAYS,
        suspensions: '[]',
        history: JSON.stringify([{ status: 'received', on: today, ...(request.text && { note: request.text }) }]),
        facts: JSON.stringify(factsOf(facts, request.person)),
        person: facts.fiscalCode(request.person.fiscalCode),
        created_at: stamp,
        updated_at: stamp,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
  });
  return done.kind === 'ok' ? ok(toCase(done.value, dayOf(now()))) : done;
}

function wrongFields({ subject, person, days }: CaseRequest, key: string): Record<string, string> | null {
  if (!key) return { idempotencyKey: 'manca' };
  if (!subject.trim() || subject.length > 200) return { subject: 'serve l’oggetto, al massimo 200 caratteri' };
  if (!/^[A-Z\d]{16}$/i.test(person.fiscalCode)) return { fiscalCode: 'serve il codice fiscale di 16 caratteri' };
  if (!person.surname.trim()) return { surname: 'serve il cognome' };
  if (!/^\d{4}-\d\d-\d\d$/.test(person.birthDate)) return { birthDate: 'serve la data di nascita' };
  if (days !== undefined && !(days >= 1 && days <= 365)) return { days: 'da 1 a 365 giorni' };
  return null;
}
