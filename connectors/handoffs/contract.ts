/** Socket: where people take over. `HANDOFFS=embedded` is our own desk; other plugs reach the tool that an office answers with already. */
import type { Health, Result } from '../result.ts';

export type { Health } from '../result.ts';

/** `own`: our desk, nothing is sent anywhere · `live`: an agent talks with the citizen · `later`: answers come when the office has them · `posts`: it sends news by webhook · `asked`: it is asked for news. */
export type Ability = 'own' | 'live' | 'later' | 'posts' | 'asked';

/** Everything known so far: what Bot Framework calls `handoff.initiate`. */
export interface Packet {
  /** Ours: the same id makes one conversation there, however often it is sent. */
  id: string;
  /** As the citizen was told. */
  number: string;
  office: string | null;
  lang: string | null;
  /** Where the citizen is: `web`, `telegram` … */
  channel: string;
  /** Made by rules, marked as such wherever people read it. */
  summary: string;
  transcript: { role: 'citizen' | 'bot' | 'agent'; name: string; text: string; at: string }[];
  /** How sure we are of who it is. */
  identity: string;
  /** Name, telephone or e-mail, as the citizen left them. */
  contact: string | null;
  /** Codes and numbers that were told in the conversation. */
  bookings: string[];
  cases: string[];
  /** What the citizen agreed to, and when. */
  consent: string;
}

export interface Words {
  /** Ours. */
  id: string;
  text: string;
  /**
   * Set when it may have been sent before: how many messages of the very same text went before this one. A plug without ids of its own looks
   * whether there is one more.
   */
  again?: number;
}

/** News from there: `handoff.status`, and what was said. `remote` is the id that initiate() gave. */
export type News =
  | { kind: 'status'; remote: string; state: 'accepted' | 'completed'; agent: string | null }
  /** `id`: theirs, the key of "told once". */
  | { kind: 'said'; remote: string; id: string; agent: string; text: string; attachments: { name: string; url: string }[] };

/** A webhook as it came: the signature is over the very bytes. */
export interface Post {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Business outcomes never throw. */
export interface Handoffs {
  name: string;
  abilities(): Set<Ability>;
  health(): Promise<Health>;
  /** The id there. Sent again (the answer was lost) it finds what was made. */
  initiate(packet: Packet): Promise<Result<string>>;
  say(remote: string, words: Words): Promise<Result<null>>;
  /** The citizen has left, or it was ended here. Ending what is over is ok. */
  end(remote: string): Promise<Result<null>>;
  /** Reads a webhook; not_allowed when its signature is wrong or it is an old one sent again. Our own words come back as no news. */
  receive(post: Post): Result<News[]>;
  /** What came after `since` ('' = from the start), and the mark to ask with the next time. */
  ask(remote: string, since: string): Promise<Result<{ news: News[]; since: string }>>;
  close(): Promise<void>;
}

/** Default export of a plug; `settings` are those its zod schema parsed. */
export type OpenHandoffs = (parts: { now?: () => number }, settings: unknown) => Promise<Handoffs>;
