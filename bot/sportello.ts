/** Everything that assemble.ts puts together, by name: what a server, a command or a test may use of it. */
import type { Database } from '../connectors/databases/contract.ts';
import type { Tools } from '../connectors/tools/pinned.ts';
import type { Composer } from '../knowledge/composers/contract.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Links } from './citizens/link.ts';
import type { Citizens } from './citizens/citizens.ts';
import type { LateEdge } from './channels/adapter/late-edge.ts';
import type { Channel } from './channels/contract.ts';
import type { RunCommand } from './control.ts';
import type { Line } from './conversation/line.ts';
import type { Calls } from './desk/calls/calls.ts';
import type { Desk } from './desk/desk.ts';
import type { DeskHours } from './hours/desk-hours.ts';
import type { Queue } from './desk/queue.ts';
import type { createDocuments } from './http/documents.ts';
import type { Log } from './http/log.ts';
import type { Metrics } from './http/metrics.ts';
import type { Newsroom } from './notices/news.ts';
import type { Office } from './office/open-office.ts';
import type { FormsAndGuides } from './office/forms-and-guides.ts';
import type { BodyOwn } from './office/body.ts';
import type { Switches } from './office/switches.ts';
import type { Settings } from './settings.ts';
import type { Seal } from './staff/seal.ts';
import type { Sessions } from './staff/sessions.ts';

export interface Sportello extends Office, FormsAndGuides {
  settings: Settings;
  version: string;
  /** As citizens read it now: an administrator's word first, then BODY_NAME. */
  readonly bodyName: string;
  body: BodyOwn;
  log: Log;
  metrics: Metrics;
  database: Database;
  composer: Composer;
  knowledge: Knowledge;
  /** Tools of others, read only. */
  tools: Tools;
  line: Line;
  edge: LateEdge;
  queue: Queue;
  desk: Desk;
  calls: Calls;
  hours: DeskHours;
  switches: Switches;
  channels: Channel[];
  /** Channels read files through it once the doors are known. */
  documents: ReturnType<typeof createDocuments>;
  links: Links;
  citizens: Citizens;
  newsroom: Newsroom;
  sessions: Sessions;
  /** Closes staff's authenticator secrets. */
  seal: Seal;
  /** Runs a command by name (commands.ts). */
  run: RunCommand;
  /** Today in the office's time zone, `YYYY-MM-DD`. */
  today(): string;
  close(): Promise<void>;
}
