/** The only place where the parts meet, composed by hand, from the floor up. Read it top to bottom. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Bookings, OpenBookings } from '../connectors/bookings/contract.ts';
import type { Cases, OpenCases } from '../connectors/cases/contract.ts';
import type { Database } from '../connectors/databases/contract.ts';
import { type DataLock, takeDataLock } from '../connectors/databases/data-lock.ts';
import { createGuesses } from '../connectors/guesses.ts';
import type { Lines, OpenLines } from '../connectors/lines/contract.ts';
import type { OpenPayments, Payments } from '../connectors/payments/contract.ts';
import type { OpenReports, Reports } from '../connectors/reports/contract.ts';
import type { Composer } from '../knowledge/composers/contract.ts';
import { DEMO_BODY, loadDemo } from '../knowledge/demo/load.ts';
import { loadDemoAppointments } from '../knowledge/demo/load-appointments.ts';
import { loadDemoCases, loadDemoNotices, loadDemoReports } from '../knowledge/demo/load-cases.ts';
import type { Embedder } from '../knowledge/embedders/contract.ts';
import type { KnowledgeIndex } from '../knowledge/indexes/contract.ts';
import { createKnowledge, type Knowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/languages/contract.ts';
import { createEdge } from './channels/adapter.ts';
import type { Channel, OpenChannel } from './channels/contract.ts';
import { createCommands } from './commands.ts';
import type { RunCommand } from './control.ts';
import { createSpeakers } from './conversation/choose.ts';
import { createLine, type Line } from './conversation/line.ts';
import { createDesk, type Desk } from './desk/desk.ts';
import { createQueue, type Queue } from './desk/queue.ts';
import { createLog, type Log } from './http/log.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { createClock } from './office/clock.ts';
import { type Plug, plugIn, type Socket } from './plugs.ts';
import { BadSettings, checkSettings, coreSettings, type Settings } from './settings.ts';
import { createSessions, type Sessions } from './staff/sessions.ts';

export interface Sportello {
  settings: Settings;
  version: string;
  bodyName: string;
  log: Log;
  metrics: Metrics;
  database: Database;
  composer: Composer;
  knowledge: Knowledge;
  bookings: Bookings;
  cases: Cases;
  reports: Reports;
  payments: Payments;
  line: Line;
  queue: Queue;
  desk: Desk;
  channels: Channel[];
  sessions: Sessions;
  /** Runs a command by name (commands.ts). */
  run: RunCommand;
  /** Today in the office's time zone, `YYYY-MM-DD`. */
  today(): string;
  close(): Promise<void>;
}

/** Checks every setting, takes DATA_DIR (unless `lock` already does), opens and fills everything. Starts no turn and listens nowhere: main.ts does. Throws BadSettings or DataLocked. */
export async function assemble(
  environment: Record<string, string>,
  options: { progress(line: string): void; logLevel?: string; lock?: DataLock },
): Promise<Sportello> {
  const { settings, plugs } = await readAll(environment);
  const log = createLog(options.logLevel ?? settings.LOG_LEVEL);
  const dataDir = path.resolve(settings.DATA_DIR);
  const lock = options.lock ?? takeDataLock(dataDir);
  try {
    return await compose({ settings, plugs, log, dataDir, lock, progress: options.progress });
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Found {
  settings: Settings;
  plugs: Record<Socket, Plug[]>;
}

async function compose(parts: Found & { log: Log; dataDir: string; lock: DataLock; progress(line: string): void }): Promise<Sportello> {
  const { settings, plugs, log, dataDir, lock } = parts;
  const version = (JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }).version;
  const metrics = createMetrics();
  const clock = createClock();

  // First, since they may find a package missing or a wrong dimension: nothing is open yet.
  const composer = await open<Composer | Promise<Composer>>(plugs.COMPOSER[0]);
  const onEmbedderAway = (error: unknown) => log.warn({ error }, 'the embedder is away; words alone find passages meanwhile');
  const embedder = await open<Embedder | Promise<Embedder>>(plugs.EMBEDDER[0], { onSurprise: onEmbedderAway });
  const database = await openDatabase(settings, dataDir);
  const languages = plugs.LANGUAGES.map((plug) => open<Language>(plug));
  const knowledge = await createKnowledge({
    database,
    index: open<KnowledgeIndex>(plugs.INDEX[0], {
      onSurprise: (error: unknown) => log.warn({ error }, 'the index goes on without its server'),
      dimension: embedder.dimension,
      model: embedder.model,
    }),
    embedder,
    onEmbedderAway,
    composer,
    languages,
    onSurprise: (error) => log.error({ error }, 'a question failed'),
  });
  if (settings.DEMO && knowledge.passages() === 0) {
    parts.progress('Preparing the demo municipality (once) …');
    const { skipped } = await loadDemo(knowledge, parts.progress);
    for (const { source, reason } of skipped) log.warn({ source: path.basename(source), reason }, 'demo document skipped');
  }
  const bodyName = settings.BODY_NAME || (settings.DEMO ? DEMO_BODY : 'questo Comune');

  if (settings.DEMO && plugs.BOOKINGS[0]?.name === 'embedded') await loadDemoAppointments(database);
  const bookings = await openOffice<Bookings>(plugs.BOOKINGS[0], database);
  const lines = await openOffice<Lines>(plugs.LINES[0], database);
  if (settings.DEMO && plugs.CASES[0]?.name === 'embedded') await loadDemoCases(database);
  if (settings.DEMO && plugs.REPORTS[0]?.name === 'embedded') await loadDemoReports(database);
  if (settings.DEMO && plugs.PAYMENTS[0]?.name === 'embedded') await loadDemoNotices(database);
  const cases = await openOffice<Cases>(plugs.CASES[0], database);
  const reports = await openOffice<Reports>(plugs.REPORTS[0], database);
  const payments = await openOffice<Payments>(plugs.PAYMENTS[0], database);
  const now = () => new Date();
  const queue = createQueue(database);
  const chooseSpeaker = createSpeakers({
    knowledge,
    languages: languages.map((language) => language.code),
    bodyName,
    today: clock.today,
    appointments: { bookings, now, timeZone: 'Europe/Rome' },
    waiting: { lines, now },
    queue,
    errands: { cases, reports, payments, guesses: createGuesses(database), now },
  });
  const line = createLine({ database, chooseSpeaker, carry: createEdge(), log });
  const limits = { messagesPerMinute: settings.MESSAGES_PER_MINUTE, readsPerMinute: settings.READS_PER_MINUTE };
  const channelParts = { line, database, dataDir, log, limits, publicUrl: settings.PUBLIC_URL, trustProxy: settings.TRUST_PROXY };
  const channels = await Promise.all(
    plugs.CHANNELS.map((plug) => (plug.module.default as unknown as OpenChannel)(channelParts, plug.settings)),
  );

  const close = async (): Promise<void> => {
    await line.stop();
    for (const channel of channels) await channel.stop();
    await payments.close();
    await reports.close();
    await cases.close();
    await lines.close();
    await bookings.close();
    await knowledge.close();
    await database.close();
    lock.release();
  };
  const run = createCommands({ knowledge, database, dataDir, version, today: clock.today, forget: line.conversations.forget });
  return {
    settings,
    version,
    bodyName,
    log,
    metrics,
    database,
    composer,
    knowledge,
    bookings,
    cases,
    reports,
    payments,
    line,
    queue,
    desk: createDesk({ database, line }),
    channels,
    sessions: createSessions(database, now, { secondFactor: settings.SECOND_FACTOR }),
    run,
    today: clock.today,
    close,
  };
}

/** Core settings and those of every plug named in them; all mistakes at once. */
async function readAll(environment: Record<string, string>): Promise<Found> {
  const { value: settings, mistakes } = checkSettings(coreSettings, environment);
  // Plug names have no wrong form, so they can be read, and their own mistakes told, although other settings are wrong.
  const names = coreSettings
    .pick({ INDEX: true, EMBEDDER: true, COMPOSER: true, CHANNELS: true, LANGUAGES: true, BOOKINGS: true, LINES: true })
    .extend(coreSettings.pick({ CASES: true, REPORTS: true, PAYMENTS: true }).shape)
    .parse(environment);
  const named: [Socket, string[]][] = [
    ['INDEX', [names.INDEX]],
    ['EMBEDDER', [names.EMBEDDER]],
    ['COMPOSER', [names.COMPOSER]],
    ['CHANNELS', names.CHANNELS],
    ['LANGUAGES', names.LANGUAGES],
    ['BOOKINGS', [names.BOOKINGS]],
    ['LINES', [names.LINES]],
    ['CASES', [names.CASES]],
    ['REPORTS', [names.REPORTS]],
    ['PAYMENTS', [names.PAYMENTS]],
  ];
  const plugs = Object.fromEntries(named.map(([socket]) => [socket, []])) as unknown as Record<Socket, Plug[]>;
  for (const [socket, names] of named) {
    for (const name of names) {
      const found = await plugIn(socket, name, environment);
      mistakes.push(...found.mistakes);
      if (found.plug) plugs[socket].push(found.plug);
    }
  }
  if (!settings || mistakes.length > 0) throw new BadSettings(mistakes);
  return { settings, plugs };
}

async function openDatabase(settings: Settings, dataDir: string): Promise<Database> {
  // The one socket chosen by an address: the engine that is not used is not even loaded.
  if (settings.DATABASE_URL) return (await import('../connectors/databases/postgres.ts')).default({ url: settings.DATABASE_URL });
  return (await import('../connectors/databases/embedded.ts')).default({ dataDir });
}

async function openOffice<T extends Bookings | Lines | Cases | Reports | Payments>(plug: Plug | undefined, database: Database): Promise<T> {
  if (!plug) throw new Error('a socket has no plug');
  return (
    plug.module.default as unknown as (
      ...parts: Parameters<OpenBookings | OpenLines | OpenCases | OpenReports | OpenPayments>
    ) => Promise<T>
  )({ database }, plug.settings);
}

function open<T>(plug: Plug | undefined, parts?: object): T {
  if (!plug) throw new Error('a socket has no plug');
  return (plug.module.default as (settings: unknown, parts?: object) => T)(plug.settings, parts);
}
