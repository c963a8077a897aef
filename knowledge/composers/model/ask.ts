/** What a plug brings: one call to its model. */

export interface ModelMessage {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

export interface ModelReply {
  text: string;
  /** Tokens that the provider counted, both ways; null when it does not say. */
  tokens: number | null;
}

/** Rejects when there is no reply, for whatever reason; stops when the signal says so. */
export type AskModel = (messages: ModelMessage[], signal: AbortSignal) => Promise<ModelReply>;
