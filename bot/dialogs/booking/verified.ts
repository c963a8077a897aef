/** Whoever signed in in the chat need not say again who they are. */
import type { Message } from '../../message.ts';
import type { FormName } from './forms.ts';

/** Null = nobody has signed in. */
export type PersonOf = (message: Message) => Promise<{ fiscalCode: string; name: string } | null>;

/** What a form about appointments knows of them from the start. */
export async function verified(person: PersonOf | undefined, message: Message, name: FormName): Promise<Record<string, unknown>> {
  const found = await person?.(message);
  if (!found) return {};
  return name === 'book' ? { name: found.name, codice_fiscale: found.fiscalCode } : { fact: { fact: found.fiscalCode } };
}
