/** Sign-in of staff at the body's own provider: code flow with PKCE. An attempt lives in a sealed cookie of the browser that began it, so nothing is written before somebody comes back. */
import { createHash } from 'node:crypto';
import * as oidc from 'openid-client';
import type { Database } from '../../connectors/databases/contract.ts';
import { createLogoutTokens, type Ended } from '../../connectors/identities/oidc/logout-token.ts';
import { keptSecret } from '../../connectors/databases/kept-secret.ts';
import type { Staff } from '../http/route.ts';
import { type ProviderSettings, roleOf } from './provider-settings.ts';
import { takeIn } from './provider-users.ts';
import { createSeal } from './seal.ts';

const SECONDS = 8;
const ATTEMPT_MINUTES = 10;
const OWNER = 'attempt';

interface Attempt {
  state: string;
  nonce: string;
  verifier: string;
  /** Our page to go on to. */
  to: string;
  expires: number;
}

export interface SignedInThere {
  staff: Staff;
  strong: boolean;
  to: string;
  /** The provider's own names for its session (null = it has told none) and for the person. */
  there: { sid: string | null; subject: string };
}

export interface StaffProvider {
  /** What the button says. */
  title: string;
  /** Where the browser goes, and what it keeps until it is back. */
  begin(callback: string, to: string): Promise<{ address: string; kept: string }>;
  /** The user, or why not; every check is made here. Rejects when the provider cannot be reached. */
  finish(callback: string, query: URLSearchParams, kept: string): Promise<SignedInThere | { refused: Refused }>;
  /** Where the session at the provider ends too; null = this user has none, or the provider offers no such address. */
  leave(userId: string, back: string): Promise<string | null>;
  /** What a logout token of the provider ends; null = it is none. Rejects when the provider cannot be reached. */
  readLogout(token: string): Promise<Ended | null>;
}

/** `attempt`: not this browser's, used or too old · `answer`: the provider's answer is not to be believed, or says no · `level`: signed in too weakly · `role`: in no group · `disabled`. */
export type Refused = 'attempt' | 'answer' | 'level' | 'role' | 'disabled';

export async function createStaffProvider(parts: {
  database: Database;
  settings: ProviderSettings;
  now?: () => Date;
  onSurprise(error: unknown): void;
}): Promise<StaffProvider> {
  const { database, settings, now = () => new Date(), onSurprise } = parts;
  const seal = createSeal(await keptSecret(database, 'staff-sign-in'), 'sign-in attempts');
  const issuer = settings.STAFF_OIDC_ISSUER;
  let found: Promise<oidc.Configuration> | undefined;

  /** Looked up with the first sign-in, and again after a failure. */
  function provider(): Promise<oidc.Configuration> {
    found ??= oidc
      .discovery(new URL(issuer), settings.STAFF_OIDC_CLIENT_ID, undefined, oidc.ClientSecretBasic(settings.STAFF_OIDC_CLIENT_SECRET), {
        timeout: SECONDS,
        execute: issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        found = undefined;
        throw error;
      });
    return found;
  }

  const logouts = createLogoutTokens({
    clientId: settings.STAFF_OIDC_CLIENT_ID,
    now: () => now().getTime(),
    find: async () => {
      const { issuer: named, jwks_uri: jwksUri = '' } = (await provider()).serverMetadata();
      return { issuer: named, jwksUri };
    },
  });

  function read(kept: string): Attempt | null {
    const text = seal.open(kept, OWNER);
    const attempt = text ? (JSON.parse(text) as Attempt) : null;
    return attempt && attempt.expires > now().getTime() ? attempt : null;
  }

  /** False for the second who comes with the same one. */
  function use({ state }: Attempt): Promise<boolean> {
    const at = now();
    const old = new Date(at.getTime() - 2 * ATTEMPT_MINUTES * 60_000).toISOString();
    return database.write(async (tx) => {
      await tx.deleteFrom('staff_attempt').where('used_at', '<', old).execute();
      const row = { hash: createHash('sha256').update(state).digest('hex'), used_at: at.toISOString() };
      const put = await tx
        .insertInto('staff_attempt')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .returning('hash')
        .executeTakeFirst();
      return put !== undefined;
    });
  }

  return {
    title: settings.STAFF_OIDC_NAME,

    async begin(callback, to) {
      const configuration = await provider();
      const attempt: Attempt = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
        to,
        expires: now().getTime() + ATTEMPT_MINUTES * 60_000,
      };
      const address = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: callback,
        scope: settings.STAFF_OIDC_SCOPE,
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(attempt.verifier),
        code_challenge_method: 'S256',
        ...(settings.STAFF_OIDC_ACR.length > 0 && { acr_values: settings.STAFF_OIDC_ACR.join(' ') }),
      });
      return { address: address.href, kept: seal.close(JSON.stringify(attempt), OWNER) };
    },

    async finish(callback, query, kept) {
      const attempt = read(kept);
      if (!attempt || query.get('state') !== attempt.state || !(await use(attempt))) return { refused: 'attempt' };
      const configuration = await provider();
      // The address as it was asked for: behind a proxy the request may look otherwise.
      const address = new URL(callback);
      address.search = query.toString();
      let claims: Record<string, unknown>;
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, address, {
          expectedState: attempt.state,
          expectedNonce: attempt.nonce,
          pkceCodeVerifier: attempt.verifier,
          idTokenExpected: true,
        });
        const own = tokens.claims();
        if (!own) return { refused: 'answer' };
        const more = configuration.serverMetadata().userinfo_endpoint
          ? await oidc.fetchUserInfo(configuration, tokens.access_token, own.sub)
          : {};
        claims = { ...more, ...own };
      } catch (error) {
        onSurprise(error);
        return { refused: 'answer' };
      }
      const named = settings.STAFF_OIDC_ACR.includes(String(claims['acr']));
      // A provider may answer with less than it was asked for.
      if (settings.STAFF_OIDC_ACR.length > 0 && !named) return { refused: 'level' };
      const role = roleOf(claims, settings.STAFF_OIDC_ROLES_CLAIM, settings.STAFF_OIDC_ROLES);
      const staff = await takeIn(database, { issuer, subject: String(claims['sub']), name: nameIn(claims), role }, now());
      if (typeof staff === 'string') return { refused: staff };
      const there = { sid: typeof claims['sid'] === 'string' ? claims['sid'] : null, subject: String(claims['sub']) };
      return { staff, strong: named, to: attempt.to, there };
    },

    readLogout: logouts.read,

    async leave(userId, back) {
      const known = await database.read
        .selectFrom('staff_identity')
        .select('subject')
        .where('user_id', '=', userId)
        .where('issuer', '=', issuer)
        .executeTakeFirst();
      if (!known) return null;
      const configuration = await provider();
      if (!configuration.serverMetadata().end_session_endpoint) return null;
      return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: back }).href;
    },
  };
}

function nameIn(claims: Record<string, unknown>): string {
  const found = ['name', 'preferred_username', 'email']
    .map((claim) => claims[claim])
    .find((value) => typeof value === 'string' && value.trim());
  return typeof found === 'string' ? found : 'Personale';
}
