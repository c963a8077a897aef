/** Whether a webhook is what its sender signed, and not an old one sent again. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A signature is good for so long: clocks differ and queues are slow. */
export const FRESH_MS = 5 * 60_000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Tells nothing by the time it takes. */
export const sameWords = (given: string, wanted: string): boolean => timingSafeEqual(digest(given), digest(wanted));

/** `sha256=<hex>` of the HMAC-SHA256 over `<timestamp>.<body>`; the timestamp is in seconds. */
export const signatureOf = (secret: string, timestamp: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;

export function isSigned(given: { secret: string; timestamp: string; signature: string; body: string }, now: number): boolean {
  const at = /^\d{1,12}$/.test(given.timestamp) ? Number(given.timestamp) * 1000 : Number.NaN;
  if (!(Math.abs(now - at) <= FRESH_MS)) return false;
  return sameWords(given.signature, signatureOf(given.secret, given.timestamp, given.body));
}

/** One value of a header; '' = absent. */
export const headerIn = (headers: Record<string, string | string[] | undefined>, name: string): string => {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};
