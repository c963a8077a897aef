/** Codes that a person reads out over the telephone. */
import { randomBytes } from 'node:crypto';

/** 32 signs without 0 and O, 1 and I. */
const SIGNS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const LENGTH = 6;

/** Six random signs with at least one letter and one digit, so that it is told from a word and from a number. About 10⁹ of them; the table's unique key settles a collision. */
export function newCode(): string {
  for (;;) {
    // 256 is a multiple of 32: every sign is equally likely.
    const code = Array.from(randomBytes(LENGTH), (byte) => SIGNS[byte % SIGNS.length]).join('');
    if (/\d/.test(code) && /[A-Z]/.test(code)) return code;
  }
}

/** As stored: capitals, nothing between them. */
export const bareCode = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** A random key for addresses, 128 bits. */
export const newKey = (): string => randomBytes(16).toString('base64url');
