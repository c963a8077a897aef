/** Socket: who answers for who a citizen is. `IDENTITIES=oidc` asks the body's provider (a gateway to SPID and CIE); `embedded` has made-up citizens; `none` lets nobody sign in. */
import type { Health } from '../result.ts';
import type { Ended } from './oidc/logout-token.ts';

/** How sure the provider is: SPID levels 1, 2, 3. */
export type Level = 1 | 2 | 3;

/** What one sign-in keeps to itself from its begin to its finish. */
export interface Attempt {
  /** Absolute address that the provider sends the browser back to; the same at both ends. */
  redirectUri: string;
  /** 32 characters or more each, unknown to anybody else, good for one attempt. */
  state: string;
  nonce: string;
  /** PKCE, 43 to 128 characters. */
  verifier: string;
  /** The least that will do. */
  level: Level;
}

/** Who signed in, in the provider's words. */
export interface Verified {
  /** 16 characters, in capitals. */
  fiscalCode: string;
  /** Given name, then surname. */
  name: string;
  level: Level;
  /** The provider's own names for its session and for the person; absent = it never tells that somebody has left. */
  there?: { sid: string | null; subject: string };
}

/**
 * `cancelled`: the citizen turned back · `level`: not sure enough, whatever was asked for · `claims`: signed in, but the provider does not say who ·
 * `invalid`: the answer does not belong to this attempt, or was used before · `down`: the provider does not answer; another try may do.
 */
export type Finished =
  | { kind: 'ok'; value: Verified }
  | { kind: 'refused'; why: 'cancelled' | 'level' | 'claims' | 'invalid'; reason: string }
  | { kind: 'down'; reason: string };

/** A citizen who does not exist, to be chosen on a page of ours. */
export interface MadeUp {
  id: string;
  name: string;
  /** One line about them. */
  about: string;
}

export interface Identities {
  name: string;
  /** False: nobody can sign in here, and nothing offers it. */
  open: boolean;
  health(): Promise<Health>;
  /** Where the browser goes; root-relative for a page of ours. */
  begin(attempt: Attempt): Promise<{ kind: 'ok'; value: { url: string } } | { kind: 'down'; reason: string }>;
  /** `callback`: the whole address the browser came back to. Everything about it is checked here, the level too. */
  finish(callback: URL, attempt: Attempt): Promise<Finished>;
  /** Citizens to choose from; absent = the provider has a page of its own. */
  madeUp?: MadeUp[];
  /** Our public keys, for the provider; absent = it knows us by a secret. */
  publicKeys?(): Promise<Record<string, unknown>[]>;
  /** What a logout token of the provider ends; null = it is none. Rejects when the provider cannot be reached. Absent = it never tells. */
  readLogout?(token: string): Promise<Ended | null>;
  /** Where a citizen leaves the provider too; null = it offers no such address. `back`: where they go from there. */
  leave?(back: string): Promise<string | null>;
  close(): Promise<void>;
}

/** Default export of a plug; `settings` are those its zod schema parsed. */
export type OpenIdentities = (settings: unknown) => Promise<Identities>;
