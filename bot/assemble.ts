/** The only place where the parts meet, composed by hand, from the floor up. Read it top to bottom. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../connectors/databases/contract.ts';
import { type DataLock, takeDataLock } from '../connectors/databases/data-lock.ts';
import type { Identities } from '../connectors/identities/contract.ts';
import { createGuesses } from '../connectors/guesses.ts';
import type { Composer } from '../knowledge/composers/contract.ts';
import { DEMO_BODY } from '../knowledge/demo/load.ts';
import { DEMO_FORMS, DEMO_GUIDES } from '../knowledge/demo/guides.ts';
import { loadDemoHours } from '../knowledge/demo/load-hours.ts';
import type { Embedder } from '../knowledge/embedders/contract.ts';
import type { KnowledgeIndex } from '../knowledge/indexes/contract.ts';
import { createKnowledge } from '../knowledge/knowledge.ts';
import type { Language } from '../knowledge/languages/contract.ts';
import { createLinks } from './citizens/link.ts';
import { createCitizens } from './citizens/citizens.ts';
import { createLateEdge } from './channels/adapter/late-edge.ts';
import type { Channel, OpenChannel } from './channels/contract.ts';
import { createCommands } from './commands.ts';
import { createSpeakers } from './conversation/choose.ts';
import { createLine } from './conversation/line.ts';
import { createCalls } from './desk/calls/calls.ts';
import { createDesk } from './desk/desk.ts';
import { queueWith } from './desk/hub/presence.ts';
import { createDeskHours } from './hours/desk-hours.ts';
import { createQueue } from './desk/queue.ts';
import { createDocuments } from './http/documents.ts';
import { createLog, type Log } from './http/log.ts';
import { createMetrics } from './http/metrics.ts';
import { withNotices } from './notices/listen.ts';
import { createNewsroom } from './notices/news.ts';
import { openOffice } from './office/open-office.ts';
import { createClock } from './office/clock.ts';
import { openFormsAndGuides } from './office/forms-and-guides.ts';
import { readTools } from './office/read-tools.ts';
import { endAll } from './operation/end-all.ts';
import { createTracer, traceSettings, watched } from './operation/trace.ts';
import { createShedding, LOADS } from './operation/shed.ts';
import { createBody } from './office/body.ts';
import { createSwitches } from './office/switches.ts';
import type { Plug } from './plugs.ts';
import { appendAudit } from './privacy/audit.ts';
import { noteModel } from './privacy/note-model.ts';
import { prepareDemo } from './prepare-demo.ts';
import { type Found, readAll } from './read-all.ts';
import type { Settings } from './settings.ts';
import { createSessions } from './staff/sessions.ts';
import { openVault } from './staff/vault.ts';
import type { Sportello } from './sportello.ts';

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

async function compose(parts: Found & { log: Log; dataDir: string; lock: DataLock; progress(line: string): void }): Promise<Sportello> {
  const { settings, plugs, log, dataDir, lock } = parts;
  const version = (JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }).version;
  const metrics = createMetrics();
  const clock = createClock();

  // First, since they may find a package missing or a wrong dimension: nothing is open yet.
  const shedding = createShedding({
    waiting: () => line.waiting(),
    changed(load, waiting) {
      log.warn({ load, waiting }, 'load has changed');
      database
        .write((tx) => appendAudit(tx, { actor: 'system', action: `load.${load}`, subject: 'server', detail: { waiting } }))
        .catch((error: unknown) => log.warn({ error }, 'a change of load could not be audited'));
    },
  });
  const tracer = createTracer({ ...traceSettings(settings), version, log });
  const { watch } = tracer;
  metrics.gauge('load', () => LOADS.indexOf(shedding.load()));
  const composer = watched(watch, 'composer', shedding.sparing(await open<Composer | Promise<Composer>>(plugs.COMPOSER[0])), [
    'compose',
    'reword',
  ]);
  const onEmbedderAway = (error: unknown) => log.warn({ error }, 'the embedder is away; words alone find passages meanwhile');
  const embedder = watched(watch, 'embedder', await open<Embedder | Promise<Embedder>>(plugs.EMBEDDER[0], { onSurprise: onEmbedderAway }), [
    'embed',
  ]);
  const database = await openDatabase(settings, dataDir);
  await noteModel(database, settings.COMPOSER, (plugs.COMPOSER[0]?.settings as { MODEL?: string } | undefined)?.MODEL ?? '');
  const seal = await openVault({ database, dataDir, key: settings.SECRETS_KEY, log });
  const languages = plugs.LANGUAGES.map((plug) => open<Language>(plug));
  const index = open<KnowledgeIndex>(plugs.INDEX[0], {
    onSurprise: (error: unknown) => log.warn({ error }, 'the index goes on without its server'),
    dimension: embedder.dimension,
    model: embedder.model,
  });
  const knowledge = await createKnowledge({
    database,
    index: watched(watch, 'index', index, ['query']),
    embedder,
    onEmbedderAway,
    composer,
    languages,
    allow: settings.CRAWL_HOSTS,
    onSurprise: (error) => log.error({ error }, 'a question failed'),
  });
  // Of several processes that start together one prepares it, the others find it there.
  if (settings.DEMO) await database.alone(() => prepareDemo({ database, knowledge, plugs, log, progress: parts.progress }));
  const body = await createBody(database);
  const bodyName = () => body.value().name || settings.BODY_NAME || (settings.DEMO ? DEMO_BODY : 'questo Comune');

  const { close: closeOffice, ...office } = await openOffice(plugs, { database, dataDir });
  const { bookings, lines, cases, reports, payments } = office;
  const tools = readTools(dataDir);
  const demo = settings.DEMO ? { forms: [DEMO_FORMS], guides: [DEMO_GUIDES] } : { forms: [], guides: [] };
  const services = await openFormsAndGuides({ database, dataDir, demo, cases, log });
  const now = () => new Date();
  if (settings.DEMO) await loadDemoHours(database);
  const hours = await createDeskHours(database);
  const queue = queueWith(createQueue(database), office.handoffs, hours);
  const calls = createCalls({ database, hours });
  const switches = await createSwitches(database, knowledge.offices);
  let channels: Channel[] = [];
  const links = createLinks({ database, now: Date.now });
  const identities = await open<Promise<Identities>>(plugs.IDENTITIES[0]);
  const citizens = await createCitizens({ database, identities, today: clock.today });
  const named = {
    get bodyName() {
      return bodyName();
    },
    publicUrl: settings.PUBLIC_URL,
  };
  const newsroom = await createNewsroom(database);
  const speakers = createSpeakers({
    knowledge: watched(watch, 'knowledge', knowledge, ['answerQuestion']),
    languages: languages.map((language) => language.code),
    get bodyName() {
      return bodyName();
    },
    welcome: () => body.value().welcome,
    load: shedding.load,
    today: clock.today,
    appointments: { bookings, now, timeZone: 'Europe/Rome', letters: named, database },
    waiting: { lines, now },
    desk: { database, bodyName: bodyName() },
    queue,
    hours,
    calling: { calls, now, timeZone: 'Europe/Rome' },
    switches,
    errands: {
      cases,
      reports,
      payments,
      guesses: createGuesses(database),
      now,
      mailCodes: services.mailCodes,
      tools,
      guides: { guides: services.guides, cite: knowledge.cite },
      forms: { forms: services.forms, bodyName, drafts: services.drafts, files: services.caseFiles },
    },
    citizens: { ...citizens, bookings, cases, now, timeZone: 'Europe/Rome' },
    carrying: { database, links, channels: () => channels, timeZone: 'Europe/Rome' },
  });
  const chooseSpeaker = withNotices(speakers, {
    database,
    newsroom,
    speech: knowledge.speech,
    own: languages[0]?.code ?? 'it',
    now: Date.now,
    allNews: 'tutte',
  });
  const edge = createLateEdge();
  const line = createLine({
    database,
    chooseSpeaker,
    carry: edge.carry,
    log,
    admit: shedding.admit,
    watch,
    observe({ ms, ...labels }) {
      metrics.observe('turn', ms, labels);
    },
  });
  const limits = { messagesPerMinute: settings.MESSAGES_PER_MINUTE, readsPerMinute: settings.READS_PER_MINUTE };
  const documents = createDocuments();
  const channelParts = {
    line,
    database,
    dataDir,
    log,
    limits,
    publicUrl: settings.PUBLIC_URL,
    trustProxy: settings.TRUST_PROXY,
    secureOnly: settings.NODE_ENV === 'production',
    documents,
  };
  channels = await Promise.all(plugs.CHANNELS.map((plug) => (plug.module.default as unknown as OpenChannel)(channelParts, plug.settings)));

  const close = async (): Promise<void> => {
    edge.release();
    await endAll(log, [line.stop, hours.stop, switches.stop, newsroom.stop, body.stop, ...channels.map(({ stop }) => stop)]);
    await endAll(log, [closeOffice, () => identities.close(), () => knowledge.close(), () => tracer.close(), () => database.close()]);
    lock.release();
  };
  const run = createCommands({ knowledge, database, dataDir, version, line, today: clock.today, forget: line.conversations.forget });
  return {
    settings,
    version,
    get bodyName() {
      return bodyName();
    },
    body,
    log,
    metrics,
    database,
    composer,
    knowledge,
    ...office,
    tools,
    ...services,
    line,
    edge,
    queue,
    desk: createDesk({ database, line }),
    calls,
    hours,
    switches,
    channels,
    documents,
    links,
    citizens,
    seal,
    newsroom,
    sessions: createSessions(database, now, { secondFactor: settings.SECOND_FACTOR }),
    run,
    today: clock.today,
    close,
  };
}

async function openDatabase(settings: Settings, dataDir: string): Promise<Database> {
  // The one socket chosen by an address: the engine that is not used is not even loaded.
  if (settings.DATABASE_URL) return (await import('../connectors/databases/postgres.ts')).default({ url: settings.DATABASE_URL });
  return (await import('../connectors/databases/embedded.ts')).default({ dataDir });
}

function open<T>(plug: Plug | undefined, parts?: object): T {
  if (!plug) throw new Error('a socket has no plug');
  return (plug.module.default as (settings: unknown, parts?: object) => T)(plug.settings, parts);
}
