/** AES-256-GCM over short texts: what is read by others must not be read, what is changed must not open. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const MARK = 'v1.';
const IV_BYTES = 12;

export interface Seal {
  /** `about` says whose it is: moved to another row, it does not open. */
  close(text: string, about: string): string;
  /** null = changed, moved, closed with another key, or never closed. */
  open(sealed: string, about: string): string | null;
}

/** A seal of its own for each use (`purpose`), from one key of any length. */
export function createSeal(key: Uint8Array, purpose: string): Seal {
  const own = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `sportello ${purpose}`, 32));
  return {
    close(text, about) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', own, iv);
      cipher.setAAD(Buffer.from(about));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return MARK + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed, about) {
      if (!isSealed(sealed)) return null;
      const bytes = Buffer.from(sealed.slice(MARK.length), 'base64url');
      if (bytes.length < IV_BYTES + 16) return null;
      const decipher = createDecipheriv('aes-256-gcm', own, bytes.subarray(0, IV_BYTES), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(about));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + 16));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + 16)), decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

/** Whether it has the form of what `close` gives; secrets of authenticator apps never have. */
export const isSealed = (text: string): boolean => text.startsWith(MARK);
