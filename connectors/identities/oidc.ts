/** Plug: an OpenID Connect provider, as gateways to SPID and CIE are. Code flow with PKCE; what the provider answers is believed only after every check. */
import * as oidc from 'openid-client';
import { z } from 'zod';
import type { Attempt, Finished, Identities } from './contract.ts';
import { type Claims, levelOf, personIn } from './oidc/claims.ts';
import { readSigningKey, type SigningKey } from './oidc/key.ts';
import { createLogoutTokens } from './oidc/logout-token.ts';

const SECONDS = 8;
const wordsIn = (value: string): string[] => value.split(/[\s,]+/).filter(Boolean);
const SPID = [1, 2, 3].map((level) => `https://www.spid.gov.it/SpidL${level}`).join(',');
/** Plain http is for a provider on this machine, in tests. */
const issuer = z
  .url('the provider’s https:// address')
  .refine((value) => /^https:|^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::|\/|$)/.test(value), 'an https:// address');

export const settings = z
  .object({
    OIDC_ISSUER: issuer.describe(
      'Citizens’ sign-in: address of the OpenID Connect provider (the gateway to SPID and CIE); our own addresses there are PUBLIC_URL/sign-in/callback and, to be told who leaves, PUBLIC_URL/sign-in/back-channel-logout.',
    ),
    OIDC_CLIENT_ID: z.string('the name the provider knows us by').min(1).describe('Name the provider knows us by.'),
    OIDC_KEY_FILE: z
      .string()
      .default('')
      .describe('File with our private key, PEM or JWK, RSA or P-256 (private_key_jwt); its public half is at /sign-in/keys.'),
    OIDC_CLIENT_SECRET: z.string().default('').describe('Secret shared with the provider, where it takes no key.'),
    OIDC_SCOPE: z.string().default('openid profile').describe('Scopes asked for, separated by spaces.'),
    OIDC_LEVELS: z
      .string()
      .refine((value) => wordsIn(value).length === 3, 'three words, separated by commas')
      .default(SPID)
      .describe('The provider’s words (acr) for levels 1, 2 and 3, separated by commas.'),
    OIDC_FISCAL_CLAIMS: z
      .string()
      .default('https://attributes.eid.gov.it/fiscal_number,fiscal_number,fiscalNumber')
      .describe('Claims in which the fiscal code may stand, best first.'),
    OIDC_PROMPT: z
      .string()
      .default('login')
      .describe('prompt sent to the provider; login = ask who it is even where somebody is signed in.'),
    OIDC_SIGNED_REQUEST: z.enum(['true', 'false']).default('false').describe('true = sign the request itself with OIDC_KEY_FILE.'),
  })
  .refine(({ OIDC_KEY_FILE, OIDC_CLIENT_SECRET }) => Boolean(OIDC_KEY_FILE) !== Boolean(OIDC_CLIENT_SECRET), {
    path: ['OIDC_KEY_FILE'],
    message: 'set, or OIDC_CLIENT_SECRET be set; one of the two',
  })
  .refine(({ OIDC_SIGNED_REQUEST, OIDC_KEY_FILE }) => OIDC_SIGNED_REQUEST === 'false' || OIDC_KEY_FILE, {
    path: ['OIDC_SIGNED_REQUEST'],
    message: 'false without OIDC_KEY_FILE',
  })
  .superRefine(({ OIDC_KEY_FILE }, check) => {
    if (!OIDC_KEY_FILE) return;
    try {
      readSigningKey(OIDC_KEY_FILE);
    } catch {
      check.addIssue({ code: 'custom', path: ['OIDC_KEY_FILE'], message: 'a readable file with a private key, PEM or JWK, RSA or P-256' });
    }
  });

export default async function open(given: unknown): Promise<Identities> {
  const own = settings.parse(given);
  const signing = own.OIDC_KEY_FILE ? readSigningKey(own.OIDC_KEY_FILE) : null;
  const levels = wordsIn(own.OIDC_LEVELS);
  const fiscalClaims = wordsIn(own.OIDC_FISCAL_CLAIMS);
  const isLocal = own.OIDC_ISSUER.startsWith('http:');
  let found: Promise<oidc.Configuration> | undefined;

  /** Looked up with the first sign-in, and again after a failure: a provider that is away holds up nothing else. */
  function provider(): Promise<oidc.Configuration> {
    found ??= oidc
      .discovery(new URL(own.OIDC_ISSUER), own.OIDC_CLIENT_ID, undefined, authentication(signing, own.OIDC_CLIENT_SECRET), {
        timeout: SECONDS,
        execute: isLocal ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        found = undefined;
        throw error;
      });
    return found;
  }

  const logouts = createLogoutTokens({
    clientId: own.OIDC_CLIENT_ID,
    find: async () => {
      const { issuer: named, jwks_uri: jwksUri = '' } = (await provider()).serverMetadata();
      return { issuer: named, jwksUri };
    },
  });

  async function addressOf({ redirectUri, state, nonce, verifier, level }: Attempt): Promise<URL> {
    const configuration = await provider();
    const parameters = {
      redirect_uri: redirectUri,
      scope: own.OIDC_SCOPE,
      state,
      nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      acr_values: levels.slice(level - 1).join(' '),
      ...(own.OIDC_PROMPT && { prompt: own.OIDC_PROMPT }),
    };
    if (own.OIDC_SIGNED_REQUEST === 'true' && signing) return oidc.buildAuthorizationUrlWithJAR(configuration, parameters, signing);
    return oidc.buildAuthorizationUrl(configuration, parameters);
  }

  async function finish(callback: URL, { redirectUri, state, nonce, verifier, level }: Attempt): Promise<Finished> {
    const configuration = await provider();
    // The address as it was asked for: behind a proxy the request may look otherwise.
    const address = new URL(redirectUri);
    address.search = callback.search;
    const tokens = await oidc.authorizationCodeGrant(configuration, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
    });
    const claims = (tokens.claims() ?? {}) as Claims;
    // Providers may answer with less than was asked for.
    const sure = levelOf(claims['acr'], levels);
    if (sure === null || sure < level)
      return { kind: 'refused', why: 'level', reason: `acr ${String(claims['acr'])}, level ${level} is needed` };
    const more = personIn(claims, fiscalClaims) ? {} : await oidc.fetchUserInfo(configuration, tokens.access_token, String(claims['sub']));
    const person = personIn({ ...more, ...claims }, fiscalClaims);
    if (!person) return { kind: 'refused', why: 'claims', reason: 'no fiscal code among the claims' };
    const there = { sid: typeof claims['sid'] === 'string' ? claims['sid'] : null, subject: String(claims['sub']) };
    return { kind: 'ok', value: { ...person, level: sure, there } };
  }

  return {
    name: 'oidc',
    open: true,
    async health() {
      return provider().then(
        () => ({ state: 'up' as const, detail: own.OIDC_ISSUER }),
        (error: unknown) => ({ state: 'down' as const, detail: reasonOf(error) }),
      );
    },
    begin: (attempt) =>
      addressOf(attempt).then(
        (url) => ({ kind: 'ok' as const, value: { url: url.href } }),
        (error: unknown) => ({ kind: 'down' as const, reason: reasonOf(error) }),
      ),
    finish: (callback, attempt) => finish(callback, attempt).catch(refusalOf),
    publicKeys: async () => (signing ? [signing.publicJwk] : []),
    readLogout: logouts.read,
    async leave(back) {
      const configuration = await provider();
      if (!configuration.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: back }).href;
    },
    close: async () => {},
  };
}

const authentication = (signing: SigningKey | null, secret: string): oidc.ClientAuth =>
  signing ? oidc.PrivateKeyJwt({ key: signing.key, kid: signing.kid }) : oidc.ClientSecretBasic(secret);

const reasonOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return error instanceof Error ? `${error.name} ${error.message}${cause}`.slice(0, 200) : 'not an Error';
};

/** An answer that does not fit is refused; silence and broken answers are the provider's trouble. */
function refusalOf(error: unknown): Finished {
  const reason = reasonOf(error);
  if (error instanceof oidc.AuthorizationResponseError) {
    const turnedBack = error.error === 'access_denied' || error.error === 'login_required';
    const away = error.error === 'server_error' || error.error === 'temporarily_unavailable';
    return away ? { kind: 'down', reason } : { kind: 'refused', why: turnedBack ? 'cancelled' : 'invalid', reason };
  }
  if (error instanceof oidc.ResponseBodyError)
    return error.status >= 500 ? { kind: 'down', reason } : { kind: 'refused', why: 'invalid', reason };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // What openid-client throws when a claim, a signature or the state is not what it must be.
  if (/INVALID_RESPONSE|JWT_|ATTRIBUTE_COMPARISON|JSON_ATTRIBUTE|KEY_SELECTION/.test(code))
    return { kind: 'refused', why: 'invalid', reason };
  return { kind: 'down', reason };
}
