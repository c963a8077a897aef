/** Tables of citizens who sign in. The same values on both engines, as in ../schema.ts. */

/** One-time links from a chat to the sign-in. */
export interface SignInTable {
  /** SHA-256 of the link's code. */
  id: string;
  conversation_id: string;
  /** Who asked for it, and where: the session is theirs alone. */
  channel: string;
  citizen_id: string;
  lang: string;
  /** What they wanted when they were asked to sign in. */
  wish: string | null;
  /** The least level that will do. */
  level: number;
  /** SHA-256 of the state sent to the provider; null = none is on its way. */
  state: string | null;
  /** SHA-256 of the cookie of the browser that went there. */
  browser: string | null;
  created_at: string;
  expires_at: string;
  used_at: string | null;
}

/** Deleted when it ends. */
export interface CitizenSessionTable {
  id: string;
  conversation_id: string;
  channel: string;
  citizen_id: string;
  /** Keyed hash of the fiscal code. */
  person: string;
  fiscal_code: string;
  name: string;
  level: number;
  wish: string | null;
  /** SHA-256 of the browser's cookie. */
  browser: string;
  /** Keyed hash of the figures still to be written in the chat; null = the chat is known to be theirs. */
  confirm: string | null;
  /** Wrong figures so far. */
  tries: number;
  created_at: string;
  expires_at: string;
}

/** Conversations in which a person has signed in. */
export interface CitizenConversationTable {
  person: string;
  conversation_id: string;
  linked_at: string;
}

export interface CitizenTables {
  sign_in: SignInTable;
  citizen_session: CitizenSessionTable;
  citizen_conversation: CitizenConversationTable;
}
