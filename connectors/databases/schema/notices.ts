/** What is told unasked: to whom a piece of news of their own is owed, who agreed to news, and the news itself. */

/** One thing that a conversation is to be told of once it happens. */
export interface NoticeWatchTable {
  /** `<kind>:<conversation>:<subject>`. */
  id: string;
  conversation_id: string;
  /** `booking` | `ticket` | `case` | `expiry`. */
  kind: string;
  /** Code, ticket or number that it is about. */
  subject: string;
  /** JSON: the second fact, what was last seen. */
  json: string;
  lang: string;
  /** The server as the citizen reached it. */
  origin: string;
  /** When it is looked at next. */
  due_at: string;
  done_at: string | null;
  created_at: string;
}

/** What a citizen agreed to, or asked not to get, in a conversation. */
export interface NoticeConsentTable {
  conversation_id: string;
  /** `news` | `no-reminders`. */
  kind: string;
  /** Segment of the news; '' = all of them. */
  topic: string;
  lang: string;
  origin: string;
  given_at: string;
  ended_at: string | null;
}

/** Written by staff for many. */
export interface NoticeTable {
  id: string;
  /** `alert` | `correction` | `campaign` | `ended` (an alert that holds no more). */
  kind: string;
  /** In the body's language. */
  text: string;
  /** JSON: the same in others, by code. */
  texts: string;
  source_title: string;
  source_url: string;
  /** Segment; '' = everybody who agreed. For `ended` the id of the alert. */
  topic: string;
  /** 1: told at night too. */
  urgent: number;
  from_at: string;
  until_at: string | null;
  ended_at: string | null;
  created_by: string;
  created_at: string;
}

export interface NoticeToldTable {
  notice_id: string;
  conversation_id: string;
  channel: string;
  told_at: string;
}

export interface NoticeTables {
  notice_watch: NoticeWatchTable;
  notice_consent: NoticeConsentTable;
  notice: NoticeTable;
  notice_told: NoticeToldTable;
}
