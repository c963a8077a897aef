/** What the dialog says in a turn, with the state it leaves. */
import { randomUUID } from 'node:crypto';
import type { Say } from '../../../knowledge/languages/speak.ts';
import type { Conversation } from '../../conversation/conversation.ts';
import { plainReply } from '../../conversation/replies.ts';
import type { TurnResult } from '../../conversation/speaker.ts';
import type { Message } from '../../message.ts';
import type { Stage } from './stages.ts';

export const BOOKING = 'booking';

export interface Turn {
  message: Message;
  conversation: Conversation;
  lang: string;
  say: Say;
}

/** `stage` null ends the dialog. */
export function reply({ conversation, lang, say }: Turn, lines: string[], choices: string[], stage: Stage | null): TurnResult {
  const leave = stage?.stage === 'form' && !choices.includes(say('cancel')) && !choices.includes(say('noKeep')) ? [say('cancel')] : [];
  const answer = { outcome: 'dialog', answerId: randomUUID(), dialog: BOOKING };
  return {
    lang,
    state: { ...conversation.state, unanswered: 0, dialog: stage ? { name: BOOKING, data: stage } : null },
    replies: [plainReply(lines.filter(Boolean).join('\n\n'), lang, [...choices, ...leave], answer)],
  };
}
