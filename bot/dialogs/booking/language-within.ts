/** Which language a message within an appointment is in: a name, a day or a code tells none. */
import { plain } from '../../conversation/filling/control.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import type { Message } from '../../message.ts';
import { codesIn } from './codes.ts';
import { stageIn } from './stages.ts';

const SHORT = 4;

export function languageWithin(
  message: Message,
  { lang, state }: Conversation,
  dialog: string,
  languageOf: (message: Message, lang: string | null) => string,
): string {
  if (!lang || stageIn(state.dialog, dialog)?.stage !== 'form') return languageOf(message, lang);
  const words = plain(codesIn(message.text).rest)
    .split(' ')
    .filter((word) => !/^(?:no|ok|si|\d*)$/.test(word));
  // Small words that several languages share tell none either.
  const telling = words.filter((word) => !/^(?:lo|la|le|me)$/.test(word));
  return words.length < SHORT ? lang : languageOf({ ...message, text: telling.join(' ') }, lang);
}
