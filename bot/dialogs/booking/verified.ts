/** Whoever signed in in the chat need not say again who they are. */
import type { Message } from '../../message.ts';
import type { FormName } from './forms.ts';

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
  return name === 'book' ? { name: found.name, codice_fiscale: fiscalCode, ...(behalf && { behalf }) } : { fact: { fact: fiscalCode } };
}
