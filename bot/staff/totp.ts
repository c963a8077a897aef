/** Time-based one-time codes (RFC 6238 over RFC 4226 and RFC 4648's base32): SHA-1, six digits, thirty seconds, which is what every app speaks. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;
/** Clocks may differ by a step either way. */
const DRIFT_STEPS = 1;
const DIGITS = 6;

/** A new secret of 160 bits, base32. */
export const newSecret = (): string => toBase32(randomBytes(20));

export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => SIGNS[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** Signs outside the alphabet (spaces, padding) are passed over. */
export function fromBase32(text: string): Buffer {
  const bits = [...text.toUpperCase()]
    .filter((sign) => SIGNS.includes(sign))
    .map((sign) => SIGNS.indexOf(sign).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}

/** RFC 4226: the code for one value of the counter. */
export function codeAt(secret: Uint8Array, counter: number, digits = DIGITS): string {
  const moving = Buffer.alloc(8);
  moving.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac('sha1', secret).update(moving).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0');
}

export const stepOf = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS);

/** The step the code belongs to, if it is good now and newer than `lastStep`; else null. */
export function matchStep(secret: string, code: string, now: Date, lastStep = 0): number | null {
  const typed = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(typed)) return null;
  const key = fromBase32(secret);
  let found: number | null = null;
  for (let step = stepOf(now) - DRIFT_STEPS; step <= stepOf(now) + DRIFT_STEPS; step++)
    if (step > lastStep && timingSafeEqual(Buffer.from(codeAt(key, step)), Buffer.from(typed))) found = step;
  return found;
}

/** What an app reads from a link: `otpauth://totp/…`. */
export function otpauthUri(secret: string, issuer: string, name: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`;
}
