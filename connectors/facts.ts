/** Facts that prove a right to see something, kept as keyed hashes: a copied table gives nobody's fiscal code. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from './databases/contract.ts';
import { keptSecret } from './databases/kept-secret.ts';

export interface Facts {
  fiscalCode(text: string): string;
  /** `birthDate` `YYYY-MM-DD`. */
  surname(surname: string, birthDate: string): string;
  email(address: string): string;
  same(a: string, b: string): boolean;
}

/** The key is made once and kept in the database. */
export async function createFacts(database: Database): Promise<Facts> {
  const key = await keptSecret(database, 'facts');
  const hash = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  return {
    fiscalCode: (text) => hash(`cf ${text.toUpperCase().replace(/[^A-Z\d]/g, '')}`),
    surname: (surname, birthDate) => hash(`surname ${bareName(surname)} ${birthDate}`),
    email: (address) => hash(`email ${address.trim().toLowerCase()}`),
    same: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
  };
}

/** "D'Ambrosio", "d ambrosio" and "DAMBROSIO" are one surname. */
const bareName = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
