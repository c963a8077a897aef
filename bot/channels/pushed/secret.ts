/** Compares secrets without telling by the time it takes how much was right. */
import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

export const sameSecret = (given: string | string[] | undefined, wanted: string): boolean =>
  typeof given === 'string' && timingSafeEqual(digest(given), digest(wanted));
