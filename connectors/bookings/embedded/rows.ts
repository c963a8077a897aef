/** Rows ↔ what the contract speaks of, and who may see them. */
import type { BookingTable } from '../../databases/schema/bookings.ts';
import { bareCode } from '../code.ts';
import type { Booking, Person, Proof, Service } from '../contract.ts';
import type { Zone } from '../zone.ts';
import { placeOf } from './free-slots.ts';
import type { OfficePlan, PlannedService } from './plan.ts';

type PersonColumns = Pick<BookingTable, 'name' | 'fiscal_code' | 'phone' | 'email' | 'note'>;

export const toService = ({ id, name, office, minutes, words, bring }: PlannedService): Service => ({
  id,
  name,
  office,
  minutes,
  words,
  bring,
});

export function toBooking(row: BookingTable, plan: OfficePlan, zone: Zone): Booking {
  const known = plan.services.find((service) => service.id === row.service);
  const minutes = (Date.parse(row.end_at) - Date.parse(row.start_at)) / 60_000;
  const counter = plan.counters.find((one) => one.id === row.counter)?.name;
  return {
    code: row.code ?? '',
    // A service that was taken out of the plan keeps its id as name.
    service: known ? toService(known) : { id: row.service, name: row.service, office: '', minutes, words: [], bring: [] },
    start: zone.iso(Date.parse(row.start_at)),
    end: zone.iso(Date.parse(row.end_at)),
    place: placeOf(plan, row.place),
    ...(counter ? { counter } : {}),
    person: toPerson(row),
    status: row.status === 'cancelled' ? 'cancelled' : 'booked',
    uid: uidOf(row.id),
    sequence: row.sequence,
    calendarKey: row.calendar_key,
    updatedAt: row.updated_at,
  };
}

export const uidOf = (id: string): string => `${id}@sportello`;

export function toPerson(row: PersonColumns): Person {
  return {
    name: row.name,
    ...(row.fiscal_code ? { fiscalCode: row.fiscal_code } : {}),
    ...(row.phone ? { phone: row.phone } : {}),
    ...(row.email ? { email: row.email } : {}),
    ...(row.note ? { note: row.note } : {}),
  };
}

export function toColumns(person: Person): PersonColumns {
  return {
    name: person.name.trim(),
    fiscal_code: person.fiscalCode ? bareCode(person.fiscalCode) : null,
    phone: person.phone?.trim() || null,
    email: person.email?.trim() || null,
    note: person.note?.trim() || null,
  };
}

/** Whose open bookings are counted together. */
export const personKey = (person: Person): string =>
  person.fiscalCode
    ? bareCode(person.fiscalCode)
    : person.phone
      ? barePhone(person.phone)
      : (person.email ?? person.name).trim().toLowerCase();

export function wrongFields(person: Person): Record<string, string> | null {
  if (!person.name.trim()) return { name: 'serve il nome' };
  const long = Object.entries(person).find(([, value]) => value && value.length > 500);
  return long ? { [long[0]]: 'al massimo 500 caratteri' } : null;
}

/** Italian numbers with and without the country's prefix are the same number. */
const barePhone = (text: string): string => text.replace(/\D/g, '').replace(/^(00)?39(?=\d{9,})/, '');

export function proves(proof: Proof, row: PersonColumns & { calendar_key?: string }): boolean {
  if (proof.kind === 'key') return proof.key !== '' && proof.key === row.calendar_key;
  if (proof.kind === 'person') return row.fiscal_code !== null && bareCode(proof.fiscalCode) === row.fiscal_code;
  const fact = proof.fact.trim();
  if (row.fiscal_code && bareCode(fact) === row.fiscal_code) return true;
  if (row.email && fact.toLowerCase() === row.email.toLowerCase()) return true;
  if (row.phone && barePhone(fact).length >= 6 && barePhone(fact) === barePhone(row.phone)) return true;
  // A name is easily known by others: good enough only where nothing better was asked.
  const nothingBetter = !row.fiscal_code && !row.email && !row.phone;
  return nothingBetter && row.name !== '' && sameName(fact, row.name);
}

const sameName = (a: string, b: string): boolean => {
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter(Boolean)
      .sort()
      .join(' ');
  return plain(a) === plain(b);
};
