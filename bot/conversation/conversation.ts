/** Conversation: what a speaker needs to know of it. A noun: this file imports nothing. */

export interface PastTurn {
  role: 'citizen' | 'bot';
  text: string;
}

/** Kept as JSON with the conversation; every turn gives the next one. */
export interface ConversationState {
  /** Ids of the passages that the last answer cited, best first: a follow-up often stays near them. */
  lastCited: string[];
  /** Questions in a row that got no answer: after some, a person is offered. */
  /** Titles of pages offered last, in the documents' language: choosing one is no change of language. */
  offered?: string[];
  unanswered: number;
  /** What the citizen was told last: when it was stored (ISO UTC), and the ids of its replies. A mere notice in between does not count. */
  said?: { at: string; ids: string[] };
  /** The dialog in progress, with data of its own. */
  dialog: { name: string; data: unknown } | null;
}

export interface Conversation {
  id: string;
  channel: string;
  citizenId: string;
  /** Language chosen or seen so far; null = not known yet. */
  lang: string | null;
  /** Who speaks. */
  mode: 'bot' | 'person';
  state: ConversationState;
  /** The last texts, oldest first, without the message being answered. */
  history: PastTurn[];
}

/** Written before what was said last was there, or pressed under something older: no answer to it, and never a confirmation of it. */
export function isStale({ receivedAt, value }: { receivedAt: string; value?: unknown }, { said }: ConversationState): boolean {
  if (!said) return false;
  const under = typeof value === 'object' && value !== null && 'under' in value ? value.under : null;
  return receivedAt < said.at || (typeof under === 'string' && !said.ids.includes(under));
}

export const emptyState = (): ConversationState => ({ lastCited: [], unanswered: 0, dialog: null });
