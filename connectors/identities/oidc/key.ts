/** The private key that we prove ourselves to the provider with: PEM or JWK, RSA or P-256. */
import { createHash, createPrivateKey, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface SigningKey {
  key: CryptoKey;
  kid: string;
  /** For the provider; holds no secret. */
  publicJwk: Record<string, unknown>;
}

/** Throws with a reason in words when the file cannot be used. */
export function readSigningKey(file: string): SigningKey {
  const key = readKey(file);
  const publicJwk = createPublicKey(key).export({ format: 'jwk' }) as JsonWebKey;
  const isRsa = key.asymmetricKeyType === 'rsa';
  if (!isRsa && publicJwk.crv !== 'P-256') throw new Error(`${file} holds a key that is neither RSA nor P-256`);
  const algorithm = isRsa ? { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } : { name: 'ECDSA', namedCurve: 'P-256' };
  const kid = thumbprint(publicJwk);
  return {
    // The same type by two names: Node's own knows one use more.
    key: key.toCryptoKey(algorithm, false, ['sign']) as CryptoKey,
    kid,
    publicJwk: { ...publicJwk, kid, use: 'sig', alg: isRsa ? 'RS256' : 'ES256' },
  };
}

function readKey(file: string): KeyObject {
  const text = readFileSync(file, 'utf8').trim();
  return text.startsWith('{') ? createPrivateKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' }) : createPrivateKey(text);
}

/** RFC 7638. */
function thumbprint({ kty, crv, x, y, e, n }: JsonWebKey): string {
  return createHash('sha256')
    .update(JSON.stringify(kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y }))
    .digest('base64url');
}
