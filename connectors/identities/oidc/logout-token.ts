/** OpenID Connect Back-Channel Logout 1.0: a provider tells us, server to server, that somebody has left there. Its token is believed only after every check of the specification. */
import { constants, createPublicKey, type JsonWebKey, verify } from 'node:crypto';

/** What is ended: one session there, or (without `sid`) every session of that person. */
export interface Ended {
  subject: string | null;
  sid: string | null;
  /** The token's own name: one is good once. */
  id: string;
}

export interface LogoutTokens {
  /** Null = not a token of this provider for us, now. Rejects when the provider's keys cannot be read. */
  read(token: string): Promise<Ended | null>;
}

/** Clocks differ; a token is made when it is sent. */
export const FRESH_MINUTES = 5;
const LONGEST = 10_000;
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** Keys are looked up anew for one that is not known, but not for everybody who makes one up. */
const KEYS_EVERY_MS = 30_000;
const SECONDS = 8;
/** `none` and keys that are shared are no signatures. */
const ALGORITHMS: Record<string, { hash: string; kty: string; padding?: number; saltLength?: number; dsaEncoding?: 'ieee-p1363' }> = {
  RS256: { hash: 'sha256', kty: 'RSA' },
  RS384: { hash: 'sha384', kty: 'RSA' },
  RS512: { hash: 'sha512', kty: 'RSA' },
  PS256: { hash: 'sha256', kty: 'RSA', padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 },
  ES256: { hash: 'sha256', kty: 'EC', dsaEncoding: 'ieee-p1363' },
};

type Json = Record<string, unknown>;

/** `find`: the provider's own name and where its keys are, as it publishes them. */
export function createLogoutTokens(parts: {
  clientId: string;
  find(): Promise<{ issuer: string; jwksUri: string }>;
  now?: () => number;
}): LogoutTokens {
  const now = parts.now ?? Date.now;
  let keys: (JsonWebKey & { kid?: string; use?: string })[] = [];
  let asked = Number.NEGATIVE_INFINITY;

  async function keyFor(kid: unknown, kty: string, jwksUri: string): Promise<JsonWebKey | null> {
    const known = () => {
      const fit = keys.filter((key) => key.kty === kty && key.use !== 'enc' && (kid === undefined || key.kid === kid));
      // Without a name there must be no choice.
      return fit.length === 1 ? (fit[0] ?? null) : null;
    };
    if (!known() && now() - asked > KEYS_EVERY_MS) {
      asked = now();
      const answer = await fetch(jwksUri, { signal: AbortSignal.timeout(SECONDS * 1_000), redirect: 'error' });
      const body = (await answer.json()) as { keys?: unknown };
      keys = Array.isArray(body.keys) ? (body.keys as JsonWebKey[]) : [];
    }
    return known();
  }

  return {
    async read(token) {
      const [head = '', body = '', signature = '', ...more] = token.length > LONGEST ? [] : token.split('.');
      const [header, claims] = [jsonIn(head), jsonIn(body)];
      if (!header || !claims || !signature || more.length > 0 || header['crit'] !== undefined) return null;
      const algorithm = Object.hasOwn(ALGORITHMS, String(header['alg'])) ? ALGORITHMS[String(header['alg'])] : undefined;
      if (!algorithm || !isLogoutType(header['typ'])) return null;
      const { issuer, jwksUri } = await parts.find();
      if (!fits(claims, issuer, parts.clientId, now())) return null;
      const jwk = await keyFor(header['kid'], algorithm.kty, jwksUri);
      if (!jwk) return null;
      const { hash, kty: _, ...how } = algorithm;
      const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), ...how };
      if (!verify(hash, Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url'))) return null;
      const text = (name: string) => (typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : null);
      const [subject, sid, id] = [text('sub'), text('sid'), text('jti')];
      return id !== null && (subject !== null || sid !== null) ? { subject, sid, id } : null;
    },
  };
}

/** An id token or an access token is none, whoever signed it. */
const isLogoutType = (type: unknown): boolean => type === undefined || /^(?:application\/)?(?:logout\+)?jwt$/i.test(String(type));

function fits(claims: Json, issuer: string, clientId: string, now: number): boolean {
  const { iss, aud, iat, exp, nonce, events } = claims;
  const near = FRESH_MINUTES * 60_000;
  const isForUs = aud === clientId || (Array.isArray(aud) && aud.includes(clientId));
  const isFresh = typeof iat === 'number' && Math.abs(now - iat * 1_000) <= near;
  const isValid = exp === undefined || (typeof exp === 'number' && exp * 1_000 > now - near);
  const event = events && typeof events === 'object' ? (events as Json)[EVENT] : undefined;
  // A nonce is forbidden: it would be an id token.
  return iss === issuer && isForUs && isFresh && isValid && nonce === undefined && typeof event === 'object' && event !== null;
}

function jsonIn(part: string): Json | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}
