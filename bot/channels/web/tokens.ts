/** Tokens of the web channel: signed by us (HS256, the shape of a JWT because clients read its `user` claim), bound to one conversation and one user. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../../http/route.ts';

/** Seconds. */
export const TOKEN_LIFE = 1800;
/** A stream token travels in an address, where logs may see it: it lives just long enough to connect. */
const STREAM_LIFE = 120;
const VERIFIED_KEPT = 10_000;
/** Of a token's last characters, by which one that was verified is found again: a key is read through to be looked up, and comparing is cheaper. */
const TAIL = 24;

export interface Claims {
  conversationId: string;
  userId: string;
  /** `rest` opens the interface, `stream` only the socket and downloads. */
  use: 'rest' | 'stream';
  /** Epoch seconds. */
  expires: number;
}

export interface Tokens {
  issue(conversationId: string, userId: string, use?: Claims['use']): string;
  /** Throws Refusal 401 without a token, 403 TokenExpired, 403 BadArgument for any other. */
  verify(token: string | undefined, use: Claims['use']): Claims;
}

const BEARER = 'Bearer ';

/** The token that a request carries. */
export function bearerOf({ headers: { authorization = '' } }: { headers: { authorization?: string | undefined } }): string | undefined {
  // As nearly everybody writes it: nothing is left to look for.
  if (authorization.startsWith(BEARER) && !authorization.includes(' ', BEARER.length)) return authorization.slice(BEARER.length);
  return /^Bearer\s+(\S+)$/i.exec(authorization)?.[1];
}

const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

export function createTokens(secret: Buffer, now: () => number): Tokens {
  const verified = new Map<string, { token: string; claims: Claims }>();
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');

  function read(token: string): Claims | null {
    const tail = token.slice(-TAIL);
    const known = verified.get(tail);
    if (known?.token === token) return known.claims;
    const [header, payload, signature, ...rest] = token.split('.');
    if (!header || !payload || !signature || rest.length > 0) return null;
    const expected = Buffer.from(sign(`${header}.${payload}`));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
    const { conv, user, use, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, string & number>;
    const claims: Claims = { conversationId: conv!, userId: user!, use: use === 'stream' ? 'stream' : 'rest', expires: exp! };
    verified.set(tail, { token, claims });
    if (verified.size > VERIFIED_KEPT) verified.delete(verified.keys().next().value!);
    return claims;
  }

  return {
    issue(conversationId, userId, use = 'rest') {
      const issued = Math.floor(now() / 1000);
      const exp = issued + (use === 'rest' ? TOKEN_LIFE : STREAM_LIFE);
      const payload = Buffer.from(
        JSON.stringify({ conv: conversationId, user: userId, use, iat: issued, exp, jti: randomBytes(6).toString('hex') }),
      );
      const text = `${HEADER}.${payload.toString('base64url')}`;
      return `${text}.${sign(text)}`;
    },
    verify(token, use) {
      if (!token) throw new Refusal(401, 'Unauthorized', 'A token is needed: ask for one at /v3/directline/tokens/generate.');
      const claims = read(token);
      if (!claims || claims.use !== use) throw new Refusal(403, 'BadArgument', 'This token is not valid here.');
      if (claims.expires * 1000 <= now())
        throw new Refusal(403, 'TokenExpired', 'The token has expired: start again or refresh it in time.');
      return claims;
    },
  };
}
