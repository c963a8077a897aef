/** Tables of the desk. */
import type { Generated } from 'kysely';

export interface HandoffTable {
  id: string;
  conversation_id: string;
  /** `requested` (nobody was there) | `queued` | `accepted` | `completed` | `left`. */
  state: string;
  reason: string;
  /** JSON: what the citizen left (contact, text, number). */
  request: string;
  created_at: string;
  updated_at: string;
  /** Office that it goes to; null = anyone. */
  office: string | null;
  lang: string | null;
  /** Who has it, or had it before it went back to the queue. */
  agent_id: string | null;
  agent_name: string | null;
  claimed_at: string | null;
  first_reply_at: string | null;
  closed_at: string | null;
  /** `solved` | `unsolved` | `appointment` | `elsewhere` | `returned`. */
  outcome: string | null;
  topic: string | null;
  /** When the office promised a first reply and an end, counted in its opening hours; null = nothing promised. */
  first_due_at: string | null;
  resolve_due_at: string | null;
  /** Id of an answer that waits for an agent's yes. */
  proposed_answer: string | null;
  /** When the citizen is to be called; null = not to be. */
  call_at: string | null;
}

/** Among staff; citizens never see it. */
export interface HandoffNoteTable {
  id: string;
  handoff_id: string;
  author: string;
  text: string;
  /** `note` | `whisper` (a supervisor's word to whoever has the conversation) | `consent` (what the citizen answered to a request for a yes). */
  kind: Generated<string>;
  /** JSON: ids of the colleagues that it is meant for. */
  mentions: Generated<string>;
  created_at: string;
}

/** One row an agent with an open desk. */
export interface DeskPresenceTable {
  user_id: string;
  name: string;
  office: string | null;
  seen_at: string;
  /** 0 | 1. */
  paused: number;
  /** Conversations at once. */
  capacity: number;
  /** 0 | 1: single letters are keys on the desk's page. */
  letters: Generated<number>;
}

export interface DeskTables {
  handoff: HandoffTable;
  handoff_note: HandoffNoteTable;
  desk_presence: DeskPresenceTable;
}
