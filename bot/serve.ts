/** Puts an assembled Sportello on the network: routes, probes, control socket, and an orderly end. */
import { flushCompileCache } from 'node:module';
import path from 'node:path';
import { createLinkChecks } from '../knowledge/documents/links.ts';
import { createPageReads } from '../knowledge/documents/page-use.ts';
import type { ComposerState } from '../knowledge/composers/contract.ts';
import type { Sportello } from './sportello.ts';
import { startChores } from './chores.ts';
import { serveControl } from './control.ts';
import { editorRoutes } from './editor/routes.ts';
import { createAgentCalls } from './desk/calls/agent-calls.ts';
import { deadLetterRoutes } from './desk/dead-letter-routes.ts';
import { deskFileRoutes } from './desk/files.ts';
import { createHub } from './desk/hub.ts';
import { createLive } from './desk/live.ts';
import { hoursRoutes } from './hours/routes.ts';
import { createPublicFigures } from './insight/open-data.ts';
import { samplingRoutes } from './insight/sampling-routes.ts';
import { insightRoutes } from './insight/routes.ts';
import { deskRoutes } from './desk/routes.ts';
import { createCounter } from './counter/counter.ts';
import { counterRoutes } from './counter/routes.ts';
import { calendarRoute } from './http/calendar.ts';
import { linkRoute } from './citizens/qr-route.ts';
import { citizenRoutes } from './citizens/routes.ts';
import { type Dependency, healthRoutes } from './http/health.ts';
import { guideRoute } from './http/guides.ts';
import { openapiRoute } from './http/openapi.ts';
import { pageRoutes } from './http/pages.ts';
import { builtPages, document } from './http/pages/document.ts';
import { errorPage } from './http/pages/error.ts';
import { requestFormRoutes } from './http/request-forms.ts';
import type { Route } from './http/route.ts';
import { createServer } from './http/server.ts';
import { createLimit } from './http/limits.ts';
import { caseFileRoutes } from './office/case-file-routes.ts';
import { officeRoutes } from './office/routes.ts';
import { settingsRoutes } from './office/settings-routes.ts';
import { switchRoutes } from './office/switch-routes.ts';
import { open311Routes } from './office/open311.ts';
import { tryFirst } from './http/sign-in.ts';
import { createPost } from './notices/post.ts';
import { noticeRoutes } from './notices/routes.ts';
import { createTelling } from './notices/tell.ts';
import { endAll } from './operation/end-all.ts';
import { addGauges } from './operation/gauges.ts';
import { connectorsOf, createConnectors } from './office/connectors.ts';
import { createRepeats } from './operation/repeats.ts';
import { staffDoors } from './staff/doors.ts';
import { offerFirstAdministrator } from './staff/first-administrator.ts';
import { strongOnly } from './staff/sessions.ts';

/** A turn that stands longer than this makes the server not ready. */
const STUCK_MS = 30_000;
/** What turns need stands for seconds, in pieces: who has waited for the server to come back first hands over what they have to say. */
const ACCEPT_FIRST_MS = 250;
const BEGIN_AGAIN_MS = 1_000;

export interface Serving {
  url: string;
  /** Everything that is mounted. */
  routes: Route[];
  /** One-time link for the first administrator; null when there is one. */
  firstAdministrator: string | null;
  stop(): Promise<void>;
}

export async function serve(sportello: Sportello): Promise<Serving> {
  const { settings, database, knowledge, line, log, metrics, sessions } = sportello;
  const guesses = createLimit(30, 15 * 60);
  let ready = false;
  const isReady = () => ready && line.stuckMs() < STUCK_MS;
  const connectors = createConnectors(connectorsOf(sportello));
  const dependencies: Dependency[] = [
    { name: 'database', state: () => database.ping().then(() => 'ok' as const) },
    { name: 'index', state: async () => indexHealth(knowledge) },
    { name: 'composer', state: async () => stateOf(sportello.composer.state?.()) },
    ...connectors.dependencies,
    { name: 'embedder', state: async () => embedderHealth(knowledge) },
  ];
  const reads = createPageReads(database);
  const links = createLinkChecks({ database, allow: settings.CRAWL_HOSTS });
  const routes: Route[] = [];
  const { desk } = sportello;
  const figures = createPublicFigures({ database }, sportello.today);
  const live = createLive({ database, line, identify: strongOnly(sessions), here: (staff) => desk.here(staff) });
  routes.push(
    ...sportello.channels.flatMap((channel) => channel.routes),
    ...(await staffDoors({ database, sessions, seal: sportello.seal, settings, bodyName: () => sportello.bodyName, log })),
    ...deadLetterRoutes({ line }),
    ...editorRoutes({
      database,
      knowledge,
      links,
      version: sportello.version,
      today: sportello.today,
      telling: createTelling({ database, line }),
    }),
    ...(await deskFileRoutes({ database, dataDir: path.resolve(settings.DATA_DIR), desk, live })),
    ...deskRoutes({ ...sportello, live, agentCalls: createAgentCalls(sportello) }),
    ...(await officeRoutes({
      database,
      plugs: {
        bookings: sportello.bookings.name,
        cases: sportello.cases.name,
        reports: sportello.reports.name,
        payments: sportello.payments.name,
      },
      today: sportello.today,
    })),
    ...samplingRoutes({ database, today: sportello.today }),
    ...insightRoutes({
      database,
      costs: () => sportello.body.value().costs,
      today: sportello.today,
      bodyName: () => sportello.bodyName,
      publicFigures: figures,
    }),
    ...settingsRoutes({ database, knowledge, body: sportello.body, bodyName: () => sportello.bodyName }),
    ...switchRoutes({ switches: sportello.switches, offices: knowledge.offices, channels: sportello.channels.map(({ name }) => name) }),
    ...hoursRoutes({ hours: sportello.hours, offices: knowledge.offices }),
    ...open311Routes({
      reports: sportello.reports,
      keys: settings.OPEN311_SERVER_KEYS,
      contact: () => sportello.bodyName,
      reads: createLimit(120, 60),
      writes: createLimit(60, 60),
    }),
    ...noticeRoutes({ newsroom: sportello.newsroom, database }),
    linkRoute({ links: sportello.links, channels: sportello.channels }),
    ...(await citizenRoutes(sportello)),
    ...(await counterRoutes({
      counter: createCounter({ database, lines: sportello.lines, bookings: sportello.bookings, today: sportello.today }),
      lines: sportello.lines,
      answer: (text, lang) => knowledge.answerQuestion({ text, lang, history: [], at: sportello.today(), audience: 'citizen' }, ''),
      speech: knowledge.speech,
      languages: settings.LANGUAGES,
      bodyName: () => sportello.bodyName,
      guess: createLimit(60, 15 * 60),
      takes: createLimit(60, 60),
    })),
    ...(await requestFormRoutes({
      database,
      forms: sportello.forms,
      drafts: sportello.drafts,
      cases: sportello.cases,
      files: sportello.caseFiles,
      bodyName: () => sportello.bodyName,
      today: sportello.today,
      sends: createLimit(20, 10 * 60),
    })),
    ...caseFileRoutes({ database, files: sportello.caseFiles, deliveries: sportello.deliveries }),
    guideRoute({ guides: sportello.guides, speech: knowledge.speech, languages: settings.LANGUAGES, bodyName: () => sportello.bodyName }),
    calendarRoute({ bookings: sportello.bookings, bodyName: () => sportello.bodyName, guess: guesses }),
    ...(await pageRoutes({
      crises: () => sportello.newsroom.inForce(Date.now()).filter(({ kind, urgent }) => kind === 'alert' && urgent),
      switchOf: (text) => sportello.switches.of('web', text),
      answer: ({ text, lang }, origin) =>
        knowledge.answerQuestion({ text, ...(lang ? { lang } : {}), history: [], at: sportello.today(), audience: 'citizen' }, origin),
      readVersion(documentId, version) {
        reads.note(documentId);
        return knowledge.readVersion(documentId, version);
      },
      today: sportello.today,
      languages: settings.LANGUAGES,
      get bodyName() {
        return sportello.bodyName;
      },
      figures,
      accessibility: { contact: settings.ACCESSIBILITY_CONTACT, statementUrl: settings.ACCESSIBILITY_STATEMENT_URL },
      async makeFirst(link, ip) {
        await guesses(ip);
        return (await tryFirst(database, link))?.words ?? null;
      },
    })),
    ...connectors.routes,
    ...healthRoutes({ ready: isReady, version: sportello.version, dependencies }),
    ...metrics.routes(),
  );
  const hub = createHub({ ...sportello, changed: live.changed });
  routes.push(...hub.routes);
  sportello.documents.openedBy(routes);
  routes.push(openapiRoute(() => routes, sportello.version));
  const dataDir = path.resolve(settings.DATA_DIR);
  const stopMeasuring = addGauges({
    metrics,
    database,
    dataDir,
    dependencies,
    passages: knowledge.passages,
    ready: isReady,
    version: sportello.version,
  });

  const { style } = await builtPages();
  const server = createServer({
    routes,
    log,
    publicUrl: settings.PUBLIC_URL,
    trustProxy: settings.TRUST_PROXY,
    identify: sessions.identify,
    errorPage: (status, words) => document(errorPage({ status, words, bodyName: sportello.bodyName, style }), "'self'", status),
    upgrade: (request, socket, head) =>
      live.upgrade(request, socket, head) || sportello.channels.some((channel) => channel.upgrade?.(request, socket, head)),
    observer: (route, status) => metrics.observer('http_request', { route, status: String(status) }),
  });
  sportello.edge.hold();
  hub.start();
  await live.start();
  await line.start();
  const repeats = createRepeats(log);
  const post = createPost({ database, mails: sportello.mails, log });
  post.start();
  // Whatever asks the database comes before: a start that fails while it listens would leave a door with nobody behind it.
  const token = await offerFirstAdministrator(database);
  const port = await server.listen(settings.PORT, settings.HOST);
  for (const channel of sportello.channels) await channel.start?.();
  const stopControl = await serveControl(settings.DATA_DIR, sportello.run);
  ready = true;
  const { user, system } = process.cpuUsage();
  log.info({ ms: Math.round(performance.now()), cpuMs: Math.round((user + system) / 1000) }, 'ready');
  const begin = async (): Promise<void> => {
    if (line.waiting() > 0) await knowledge.ahead.prepare();
    sportello.edge.release();
    await sportello.edge.load();
    // Kept for the next start, since a server that is killed writes nothing at its end.
    flushCompileCache();
  };
  // What is accepted is answered in the end: a beginning that fails is tried again.
  const beginAfter = (ms: number): void => {
    setTimeout(() => {
      void begin().catch((error: unknown) => {
        log.error({ error }, 'turns cannot begin; tried again');
        beginAfter(BEGIN_AGAIN_MS);
      });
    }, ms).unref();
  };
  beginAfter(ACCEPT_FIRST_MS);
  startChores(repeats, sportello, { live, reads, links });
  const url = settings.PUBLIC_URL || `http://${settings.HOST.includes(':') ? `[${settings.HOST}]` : settings.HOST}:${port}`;
  return {
    url,
    routes,
    firstAdministrator: token ? `${url}/first-administrator?token=${token}` : null,
    async stop() {
      ready = false;
      repeats.stop();
      await endAll(log, [reads.flush, stopMeasuring, live.stop, hub.stop, post.stop, stopControl]);
      const closed = server.close();
      // Streams would hold the server open; their clients come back by watermark to the next one.
      await endAll(log, [...sportello.channels.map(({ stop }) => stop), () => closed, sportello.close]);
    },
  };
}

function indexHealth(knowledge: Sportello['knowledge']): 'ok' | 'degraded' | 'off' {
  if (knowledge.passages() === 0) return 'off';
  return knowledge.indexState() === 'up' ? 'ok' : 'degraded';
}

/** One that is away costs no answer: words alone find passages. */
function embedderHealth(knowledge: Sportello['knowledge']): 'ok' | 'degraded' | 'off' | 'unreachable' {
  const state = knowledge.embedderState();
  return state === 'up' ? 'ok' : state === 'down' ? 'unreachable' : state;
}

/** No model is no fault, and one that is down costs no answer: quotations stand in. */
function stateOf(state: ComposerState | undefined): 'ok' | 'degraded' | 'off' | 'unreachable' | 'capped' {
  if (state === undefined) return 'off';
  return state === 'up' ? 'ok' : state === 'down' ? 'unreachable' : state;
}
