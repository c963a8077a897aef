/** Passwords are kept as argon2id (Node's own). Parameters follow OWASP's minimum: 19 MiB, 2 passes, 1 lane. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(argon2);
const PARAMETERS = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };

export const PASSWORD_MINIMUM = 12;

/** `argon2id$<memory KiB>$<passes>$<salt>$<tag>`, both parts base64url. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await derive('argon2id', { ...PARAMETERS, message: Buffer.from(password.normalize('NFKC')), nonce });
  return ['argon2id', PARAMETERS.memory, PARAMETERS.passes, nonce.toString('base64url'), tag.toString('base64url')].join('$');
}

/** Constant-time; false for a stored value of another kind. */
export async function passwordMatches(password: string, stored: string): Promise<boolean> {
  const [kind, memory, passes, nonce, tag] = stored.split('$');
  if (kind !== 'argon2id' || !nonce || !tag) return false;
  const expected = Buffer.from(tag, 'base64url');
  const found = await derive('argon2id', {
    parallelism: 1,
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    message: Buffer.from(password.normalize('NFKC')),
    nonce: Buffer.from(nonce, 'base64url'),
  });
  return timingSafeEqual(expected, found);
}
