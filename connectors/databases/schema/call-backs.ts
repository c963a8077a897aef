/** Times at which the desk calls a citizen. */

export interface CallBackTable {
  /** Of the hold too, while it is one. */
  id: string;
  /** Whose hours and capacity it counts against: an office with hours of its own, or '' for the body. */
  team: string;
  start_at: string;
  end_at: string;
  /** From 1 to the capacity, one row each for a team and a start; null = given back. */
  seat: number | null;
  /** `held` | `booked` | `done` | `missed` (called in vain and given up) | `cancelled`. */
  state: string;
  /** Of a hold: afterwards another may take the seat. */
  expires_at: string | null;
  handoff_id: string | null;
  conversation_id: string | null;
  /** A repeated confirmation books once. */
  request_key: string | null;
  /** E.164. */
  phone: string;
  lang: string;
  /** The server as the citizen reached it. */
  origin: string;
  /** When the citizen agreed to be called at this number. */
  consented_at: string | null;
  /** When to remind the citizen; null = it was booked too late for that. */
  remind_at: string | null;
  reminded_at: string | null;
  /** When open desks were told that its time has come. */
  shown_at: string | null;
  /** Calls in vain. */
  tries: number;
  created_at: string;
}

export interface CallBackTables {
  call_back: CallBackTable;
}
