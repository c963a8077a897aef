/** Letters that wait to be sent, and who is to be told of a free seat. */

export interface MailTable {
  /** What it is about, `booking:ABC2D1:0`: the same news makes one letter, however often it is told. */
  id: string;
  /** In which it came about; null = in none. */
  conversation_id: string | null;
  /** '' once it was sent. */
  address: string;
  /** JSON of subject, text and calendar; `{}` once it was sent. */
  json: string;
  /** `new` | `sent` | `dead` (refused for good, or tried too often). */
  status: string;
  attempts: number;
  next_at: string;
  claimed_until: string | null;
  error: string | null;
  created_at: string;
  done_at: string | null;
}

/** Where to tell a person on the waiting list that a seat is free. */
export interface WaitingWatchTable {
  /** Of the place on the list. */
  code: string;
  conversation_id: string;
  /** Their second fact, with which the seat is taken for them once they say yes. */
  fact: string;
  lang: string;
  /** The server as they reached it. */
  origin: string;
  /** Id of the hold they were last told of. */
  told: string | null;
  created_at: string;
}

/** Who is called at the counters today: tickets when they are called, appointments from the moment the person is there. No names. */
export interface CounterCallTable {
  /** `ticket:<id>` or `booking:<uid>`. */
  id: string;
  /** `YYYY-MM-DD` in the office's zone. */
  day: string;
  /** As shown in the waiting room. */
  label: string;
  line: string;
  /** Where they were called to; null = not yet. */
  counter: string | null;
  /** Of an appointment, ISO UTC. */
  start_at: string | null;
  arrived_at: string | null;
  called_at: string | null;
  /** Of the call, of its day. */
  call_key: string | null;
}

/** Which record of the office's own tool a case is. */
export interface CaseSentTable {
  /** Of case_file. */
  case_id: string;
  /** Null = sent, and nobody answered yet. */
  remote_id: string | null;
  sent_at: string;
}

export interface MailTables {
  case_sent: CaseSentTable;
  counter_call: CounterCallTable;
  waiting_watch: WaitingWatchTable;
  mail: MailTable;
}
