/** Who somebody in a chat is, for one kind of thing: themselves, or whom they act for under a mandate that still stands. Asked anew at every step. */
import type { Level } from '../../connectors/identities/contract.ts';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Message } from '../message.ts';
import type { Mandates, Principal } from './mandates.ts';
import type { Sessions, SignedIn, Wish } from './sessions.ts';

/** The least sure sign-in for each: a booking opens with a code and a second fact besides. */
export const LEVELS: Record<Wish, Level> = { bookings: 1, cases: 2, all: 2 };

export interface Actor {
  fiscalCode: string;
  name: string;
  /** Who acts, where it is another. */
  holder: { name: string; kind: Principal['kind'] } | null;
}

export type Acting = { kind: 'ok'; actor: Actor; session: SignedIn } | { kind: 'nobody' | 'level' | 'mandate'; session: SignedIn | null };

/** `fresh`: of a sign-in that this very turn confirms. */
export async function actingIn(
  parts: { sessions: Sessions; mandates: Mandates },
  message: Message,
  scope: Wish,
  fresh?: SignedIn,
): Promise<Acting> {
  const session = fresh ?? (await parts.sessions.of(message));
  if (!session) return { kind: 'nobody', session };
  if (session.level < LEVELS[scope]) return { kind: 'level', session };
  if (!session.acting) return { kind: 'ok', session, actor: { fiscalCode: session.fiscalCode, name: session.name, holder: null } };
  const principal = await parts.mandates.principalOf(session.acting, session.person, scope);
  if (!principal) return { kind: 'mandate', session };
  const { fiscalCode, name, kind } = principal;
  return { kind: 'ok', session, actor: { fiscalCode, name, holder: { name: session.name, kind } } };
}

/** For the dialogs: what they need not ask. Null = they ask as ever. */
export const personFor =
  (parts: { sessions: Sessions; mandates: Mandates; speech(lang: string): Say }, scope: Wish) =>
  async (message: Message, lang: string): Promise<{ fiscalCode: string; name: string; behalf?: string } | null> => {
    const acting = await actingIn(parts, message, scope);
    if (acting.kind !== 'ok') return null;
    const { fiscalCode, name, holder } = acting.actor;
    return { fiscalCode, name, ...(holder && { behalf: `${holder.name} (${parts.speech(lang)(`act_${holder.kind}`)})` }) };
  };
