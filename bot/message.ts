/** Message (from a citizen) and Reply (to a citizen). Nouns: this file imports nothing. */

export interface Attachment {
  name: string;
  contentType: string;
  /** Where the channel or our server keeps it. */
  url: string;
  bytes?: number;
}

/** What a citizen sent, whatever the channel. */
export interface Message {
  channel: string;
  /** Id the channel gave, unique within the channel: the key of "accepted once". */
  externalId: string;
  conversationId: string;
  /** Our id of the message; also its id in the transcript and the `replyToId` of the answer. */
  id: string;
  /** `desk`: an agent's act; `notice`: what is told unasked. No channel can send either. */
  kind: 'text' | 'opened' | 'event' | 'desk' | 'notice';
  text: string;
  /** Payload of a button, form or event. */
  value?: unknown;
  attachments: Attachment[];
  citizenId: string;
  citizenName?: string;
  /** Language tag the channel claims, e.g. `it-IT`. */
  locale?: string;
  /** ISO UTC. */
  receivedAt: string;
  /** The channel's own address of the citizen, where answers go; absent = found by the conversation. */
  replyTo?: string;
  /** This server as the citizen reached it, `https://host`: root-relative addresses in replies become absolute with it. */
  origin?: string;
}

export interface ReplyCitation {
  position: number;
  title: string;
  heading: string;
  /** Absolute or root-relative address of the source page. */
  url: string;
  quote: string;
  updatedOn: string;
  validFrom: string | null;
  validUntil: string | null;
}

/** What a citizen gets, whatever the channel; each channel renders it within its limits. */
export interface Reply {
  kind: 'text' | 'typing';
  /** Markdown with `[1]` marks. */
  text: string;
  lang: string;
  speaker: 'bot' | 'agent';
  /** Public name of the agent when a person speaks. */
  speakerName?: string;
  choices: { title: string; value: string }[];
  citations: ReplyCitation[];
  /** Set on exactly one reply of a turn: the answer to the message. */
  answer?: { outcome: string; answerId: string; dialog?: string; generated?: boolean };
}
