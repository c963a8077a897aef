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
  /** Id of the mandate they act under; null = for themselves. */
  acting: string | null;
  /** SHA-256 of the provider's own names for its session and for the person. */
  provider_sid: string | null;
  provider_subject: string | null;
}

/** Conversations in which a person has signed in. */
export interface CitizenConversationTable {
  person: string;
  conversation_id: string;
  linked_at: string;
}

/** Only of those who agreed. */
export interface CitizenProfileTable {
  person: string;
  fiscal_code: string;
  name: string;
  /** Where they would rather be reached. */
  channel: string | null;
  lang: string | null;
  /** 1: what cannot be delivered where they wrote may go to another channel or contact of theirs. */
  elsewhere: number;
  consent_at: string;
  updated_at: string;
}

export interface CitizenContactTable {
  person: string;
  /** `email`. */
  kind: string;
  address: string;
  /** Keyed hash of the figures sent there; null = none are waited for. */
  code: string | null;
  tries: number;
  asked_at: string | null;
  /** Null = nobody has shown that it is theirs: nothing goes there. */
  verified_at: string | null;
  created_at: string;
}

/** One citizen may act for another: recorded, limited, revocable. */
export interface MandateTable {
  id: string;
  /** `delegate` (given by the principal) | `parent` | `guardian` | `company` (recorded by the office, which has seen the deed). */
  kind: string;
  /** `bookings` | `cases` | `all`. */
  scope: string;
  /** Keyed hash of the fiscal code of whom they act for. */
  principal: string;
  principal_fiscal_code: string;
  principal_name: string;
  holder: string;
  holder_name: string;
  /** What the office has seen; '' = given by the principal. */
  basis: string;
  /** `citizen`, or the id of a staff user. */
  recorded_by: string;
  /** Both included, `YYYY-MM-DD`. */
  from_day: string;
  until_day: string;
  created_at: string;
  revoked_at: string | null;
  /** `principal` | `holder` | the id of a staff user. */
  revoked_by: string | null;
}

export interface CitizenTables {
  citizen_profile: CitizenProfileTable;
  citizen_contact: CitizenContactTable;
  mandate: MandateTable;
  sign_in: SignInTable;
  citizen_session: CitizenSessionTable;
  citizen_conversation: CitizenConversationTable;
}
