/** Whoever signed in in the chat need not say again who they are. */
import type { Message } from '../../message.ts';
import type { TurnResult } from '../../conversation/speaker.ts';
import type { FormName } from './forms.ts';
import { reply, type Turn } from './reply.ts';

/** Null = nobody has signed in. */
export type PersonOf = (
  message: Message,
  lang: string,
) => Promise<{ fiscalCode: string; name: string /** Who books for them. */; behalf?: string } | null>;

/** What a form about appointments knows of them from the start. */
export async function verified(
  person: PersonOf | undefined,
  { message, lang }: { message: Message; lang: string },
  name: FormName,
): Promise<Record<string, unknown>> {
  const found = await person?.(message, lang);
  if (!found) return {};
  const { fiscalCode, behalf } = found;
  return name === 'book'
    ? { name: found.name, codice_fiscale: fiscalCode, ...(behalf && { behalf, [SIGNED]: fiscalCode }) }
    : { fact: { fact: fiscalCode }, [SIGNED]: fiscalCode };
}

/** Where a form keeps whose sign-in or mandate stands behind it; no field has this name. One's own name, once told, needs none. */
const SIGNED = 'signed by';
const RESTS_ON_IT = ['name', 'codice_fiscale', 'behalf', 'fact'];

/** Null = it stands as ever, or rests on none. Else the names of the values that are to be asked anew. */
export async function noLongerVerified(
  person: PersonOf | undefined,
  { message, lang }: { message: Message; lang: string },
  values: Record<string, unknown>,
): Promise<string[] | null> {
  const signed = values[SIGNED];
  if (signed === undefined || (await person?.(message, lang))?.fiscalCode === signed) return null;
  return [...RESTS_ON_IT, SIGNED].filter((name) => values[name] !== undefined);
}

/** Whom the form books for under a mandate; null = for oneself. */
export const principalIn = ({ name, behalf }: Record<string, unknown>): string | null => (behalf === undefined ? null : String(name ?? ''));

/** Nobody goes on for another in their own name. */
export const stopped = (turn: Turn, principal: string): TurnResult =>
  reply(turn, [turn.say('actStopped', { name: principal })], [turn.say('signIn'), turn.say('person')], null);
