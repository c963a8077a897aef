/** The dialogs in one list, most particular first: each says whether a message is its own, and whose form is open has the word. */
import type { Conversation } from '../conversation/conversation.ts';
import type { Speaker } from '../conversation/speaker.ts';
import type { Message } from '../message.ts';

/** A dialog as whoever chooses the speaker sees it. */
export interface Talk {
  name: string;
  /** Its form is open: a message is its own before it is anybody else's. */
  inForm(conversation: Conversation): boolean;
  /** How it is recognised: what goes on with it, and what begins it. */
  takes(message: Message, conversation: Conversation): boolean;
  take: Speaker;
  /** Dialogs into whose open form it may speak. */
  within?: string[];
}

export interface Talks {
  /** A form is open. */
  busy(conversation: Conversation): boolean;
  /** Null = a message for none of them. */
  taker(message: Message, conversation: Conversation): Speaker | null;
}

export function createTalks(given: (Talk | false | undefined)[]): Talks {
  const talks = given.filter((one): one is Talk => Boolean(one));
  const mayTake = (one: Talk, open: Talk[]) => open.every((other) => other === one || one.within?.includes(other.name));
  return {
    // Without a dialog no form is open.
    busy: (conversation) => conversation.state.dialog !== null && talks.some((one) => one.inForm(conversation)),
    taker(message, conversation) {
      const open = conversation.state.dialog === null ? [] : talks.filter((one) => one.inForm(conversation));
      for (const one of talks) if ((open.length === 0 || mayTake(one, open)) && one.takes(message, conversation)) return one.take;
      return null;
    },
  };
}

/** Whether the form of the dialog of this name is open. */
export const formOpen =
  (name: string) =>
  ({ state }: Conversation): boolean =>
    state.dialog?.name === name && (state.dialog.data as { stage?: string }).stage === 'form';
