/** Tells the browser that opened a conversation of the website from any other: a sign-in there need not be confirmed in the chat. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Database } from '../../connectors/databases/contract.ts';
import { keptSecret } from '../../connectors/databases/kept-secret.ts';
import { cookie } from './cookies.ts';

const THREAD_SECONDS = 12 * 3_600;

/** Keyed hashes of this installation about its citizens. */
export interface Keyed {
  of(about: string): string;
  is(about: string, given: string): boolean;
}

export async function createKeyed(database: Database): Promise<Keyed> {
  const secret = await keptSecret(database, 'citizens');
  const of = (about: string) => createHmac('sha256', secret).update(about).digest('base64url');
  return {
    of,
    is(about, given) {
      const [right, said] = [Buffer.from(of(about)), Buffer.from(given)];
      return right.length === said.length && timingSafeEqual(right, said);
    },
  };
}

/** What the cookie says of a conversation and its user on the website. */
export const threadOf = (conversationId: string, citizenId: string): string => `thread ${conversationId} ${citizenId}`;

/** Headers of the answer that opens one: our own page's browser keeps the cookie; other websites' and programs do without. */
export const threadCookie = (
  keyed: Keyed,
  { conversationId, userId }: { conversationId: string; userId: string },
  secure: boolean,
): Record<string, string> => ({ 'set-cookie': cookie('thread', keyed.of(threadOf(conversationId, userId)), THREAD_SECONDS, secure) });
