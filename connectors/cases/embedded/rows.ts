/** Rows ↔ cases, and who may see them. */
import type { CaseFileTable } from '../../databases/schema/cases.ts';
import type { Facts } from '../../facts.ts';
import type { Case, CaseStatus, Proof, Step } from '../contract.ts';
import { type Suspension, termOf } from './term.ts';

export const ENDED: CaseStatus[] = ['granted', 'refused', 'withdrawn', 'closed'];

export function toCase(row: CaseFileTable, today: string): Case {
  const ended = row.concluded_on !== null;
  const { dueOn, suspendedSince } = termOf(row.received_on, row.days, JSON.parse(row.suspensions) as Suspension[], today);
  return {
    number: row.number,
    year: row.year,
    subject: row.subject,
    office: row.office,
    status: row.status as CaseStatus,
    protocol: row.protocol,
    receivedOn: row.received_on,
    takenInChargeOn: row.taken_in_charge_on,
    dueOn: ended ? null : dueOn,
    concludedOn: row.concluded_on,
    suspendedSince: ended ? null : suspendedSince,
    history: JSON.parse(row.history) as Step[],
  };
}

/** The hashes kept with a case. */
export const factsOf = (facts: Facts, person: { fiscalCode: string; surname: string; birthDate: string; email?: string }): string[] => [
  facts.fiscalCode(person.fiscalCode),
  facts.surname(person.surname, person.birthDate),
  ...(person.email ? [facts.email(person.email)] : []),
];

/** Whether `kept` hashes hold one that the proof gives. A missing row is compared too, so that it takes as long. */
export function proves(facts: Facts, proof: Proof, kept: string[]): boolean {
  const given = hashesOf(facts, proof);
  const hits = given.flatMap((one) => kept.filter((other) => facts.same(one, other)));
  return hits.length > 0;
}

function hashesOf(facts: Facts, proof: Proof): string[] {
  if (proof.kind === 'surname') return spans(proof.names).map((one) => facts.surname(one, proof.birthDate));
  return [proof.kind === 'email' ? facts.email(proof.email) : facts.fiscalCode(proof.fiscalCode)];
}

const MOST_NAMES = 6;

/** "Anna De Luca" → every run of its words: which of them are the surname is the citizen's to know. */
function spans(names: string): string[] {
  const words = names.split(/\s+/).filter(Boolean).slice(0, MOST_NAMES);
  return words.flatMap((_, from) => words.slice(from).map((_, length) => words.slice(from, from + length + 1).join(' ')));
}
