/** Tables of hours, switches, the body's settings and the human-checked sample. The same values on both engines, as in ../schema.ts. */

import type { Generated } from 'kysely';

export interface DeskHoursTable {
  /** Name of the office; empty = the whole body. */
  office: string;
  /** The OfficeHours as written (bot/hours/plan.ts). */
  json: string;
  updated_at: string;
}

export interface AnswerSwitchTable {
  /** Name of an office whose topics are meant; empty = every topic. */
  topic: string;
  /** Name of a channel; empty = every channel. */
  channel: string;
  /** `full` | `extractive` | `approve` | `people` | `closed`. */
  mode: string;
  /** What citizens read while it is not `full`. */
  banner: string;
  updated_by: string;
  updated_at: string;
}

export interface BodySettingTable {
  name: string;
  /** JSON. */
  value: string;
  updated_at: string;
}

/** Holds no words: question and answer stay in `answer`, and go with it. */
export interface QualitySampleTable {
  id: string;
  answer_id: string;
  /** `2026-W48`. */
  week: string;
  drawn_at: string;
}

export interface QualityVerdictTable {
  sample_id: string;
  /** Id of a staff user. */
  reviewer: string;
  /** `right` | `partly` | `wrong`. */
  verdict: string;
  note: string | null;
  created_at: string;
}

export interface HandoffRemoteTable {
  handoff_id: string;
  /** `chatwoot` | `rocketchat` | `rt`. */
  plug: string;
  /** '' = it is being told of the request. */
  remote_id: string;
  /** Last entry of the transcript that the other tool has. */
  sent_seq: number;
  created_at: string;
  /** How far a tool that sends no news was asked for them; '' = not yet. */
  since: Generated<string>;
  /** Last entry of the transcript that the request itself told. */
  first_seq: Generated<number>;
  /** When both sides knew that it is over; null = open. */
  ended_at: string | null;
}

export interface InsightTables {
  desk_hours: DeskHoursTable;
  answer_switch: AnswerSwitchTable;
  body_setting: BodySettingTable;
  quality_sample: QualitySampleTable;
  quality_verdict: QualityVerdictTable;
  handoff_remote: HandoffRemoteTable;
}
