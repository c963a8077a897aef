/** What chat services send beside words: a place or a picture begins a report, what cannot be read gets a helpful answer. */
import { randomUUID } from 'node:crypto';
import type { Say } from '../../knowledge/languages/speak.ts';
import type { Message } from '../message.ts';
import { plainReply } from './replies.ts';
import type { Speaker } from './speaker.ts';

export interface NativeParts {
  speech(lang: string): Say;
  languageOf(message: Message, lang: string | null): string;
  /** Absent = no reports are taken. */
  report?: Speaker;
}

/** The speaker of a message that is not words; null = others look at it. `isBusy`: a form is being filled in, or a person is waited for. */
export function createNative(parts: NativeParts): (message: Message, isBusy: boolean) => Speaker | null {
  const unreadable: Speaker = async (message, { state, lang }) => {
    const spoken = lang ?? parts.languageOf({ ...message, text: '' }, lang);
    const say = parts.speech(spoken);
    const text = say(textIn(message.value, 'unreadable') === 'voice' ? 'unreadableVoice' : 'unreadableKind');
    return { state, lang: spoken, replies: [plainReply(text, spoken, [say('person')], { outcome: 'dialog', answerId: randomUUID() })] };
  };

  return (message, isBusy) => {
    if (textIn(message.value, 'unreadable')) return unreadable;
    const native = textIn(message.value, 'native');
    const byItself = native === 'place' || (native === 'file' && message.text === '' && isPicture(message));
    return byItself && !isBusy && parts.report ? parts.report : null;
  };
}

const isPicture = ({ attachments }: Message): boolean => attachments.some(({ contentType }) => contentType.startsWith('image/'));

function textIn(value: unknown, key: string): string | null {
  const found = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : null;
  return typeof found === 'string' ? found : null;
}
