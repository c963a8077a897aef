/** Tables of the embedded lines. The same values on both engines, as in ../schema.ts. */

export interface TicketTable {
  id: string;
  request_key: string;
  line: string;
  /** `YYYY-MM-DD` in the office's zone. */
  day: string;
  number: number;
  /** `waiting` | `called` | `served` | `left`. */
  status: string;
  created_at: string;
  called_at: string | null;
  ended_at: string | null;
  /** Of the call that took it out of the line. */
  call_key: string | null;
}

export interface LineTables {
  ticket: TicketTable;
}
