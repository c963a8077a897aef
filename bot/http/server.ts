/** The only file with restify. Mounts routes as data: permission, body check, headers and errors are the same for all of them. */
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';
import type { Request, Response, Server } from 'restify';
import { readBody } from './body.ts';
import { compress } from './compress.ts';
import { securityHeaders } from './headers.ts';
import { Incoming, originReader } from './incoming.ts';
import type { Log } from './log.ts';
import { parameterOf } from './often.ts';
import { passes } from './passes.ts';
import { Refusal, type Route, type RouteReply, type Staff } from './route.ts';

/** Connections that may wait to be taken: at a peak more come at once than Node's 511. The kernel's own limit holds too. */
const BACKLOG = 4_096;
const SERVER = 'Sportello';
/** Of every answer; given with the status in one piece, they are looked through once instead of being kept by name first. */
const OF_EVERY_REPLY = { server: SERVER, ...securityHeaders };
const JSON_TYPE = 'application/json; charset=utf-8';
const OPEN_TO_SITES = { 'access-control-allow-origin': '*' };
/** Said only over https: a body that still serves plain http must not lock its own pages. */
const OVER_HTTPS = { 'strict-transport-security': 'max-age=31536000' };

export interface ServerParts {
  routes: Route[];
  log: Log;
  publicUrl: string;
  trustProxy: boolean;
  /** Who the session cookie stands for, and the token that writes must repeat in `x-csrf`. */
  identify(headers: IncomingMessage['headers']): Promise<{ staff: Staff; csrf: string; weak?: boolean } | null>;
  /** Takes a WebSocket upgrade; false = not ours. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** How a refusal looks to a browser; without it everybody gets JSON. */
  errorPage?(status: number, words: string): RouteReply;
  /** What is called with the time of each answer of a route with a status; asked for once. */
  observer?(route: string, status: number): (ms: number) => void;
}

export interface RunningServer {
  http: HttpServer;
  /** Port really taken. */
  listen(port: number, host: string): Promise<number>;
  /** Stops accepting, lets running requests end, at most `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

type First = (request: IncomingMessage, response: ServerResponse) => boolean;

/** restify's server without its twenty plugins, which its main file loads too: none is used, and they are two thirds of its sources. */
function createRestify(options: { name: string; ignoreTrailingSlash: boolean; handleUncaughtExceptions: false; log: object }) {
  const require = createRequire(import.meta.url);
  const RestifyServer = require('restify/lib/server') as new (all: object) => Server & { first(...handlers: First[]): void };
  const Router = require('restify/lib/router') as new (all: object) => object;
  return new RestifyServer({ ...options, router: new Router(options) });
}

/** Builds the server; refuses to mount a route that declares no permission. */
export function createServer(parts: ServerParts): RunningServer {
  const server = createRestify({
    // It would be set on each answer before anything else, which makes those that follow be kept by name too.
    name: '',
    ignoreTrailingSlash: true,
    handleUncaughtExceptions: false,
    log: quietLog,
  });
  const http = server.server as unknown as HttpServer;
  http.keepAliveTimeout = 65_000;
  http.requestTimeout = 30_000;
  for (const route of parts.routes) mount(server, route, parts);
  server.first(...parts.routes.filter((route) => route.often).map((route) => takeOften(route, parts)));
  for (const path of new Set(parts.routes.filter(isOpenToSites).map((route) => route.path))) server.opts(path, preflight);
  const originOf = originReader(parts);
  server.on('restifyError', (request: Request, response: Response, error: { statusCode?: number }, done: () => void) => {
    const status = error.statusCode ?? 500;
    const words = statusWords(status);
    const page = parts.errorPage && wantsPage(request) && !isForPrograms(request.url ?? '');
    if (!response.headersSent)
      sendReply(response, page ? parts.errorPage!(status, words) : errorReply(status, status === 404 ? 'NotFound' : 'BadRequest', words), {
        ...OF_EVERY_REPLY,
        ...(originOf(request).startsWith('https:') ? OVER_HTTPS : {}),
      });
    // restify looks at this mark of its own, not at the headers, before it answers a second time.
    Object.assign(response, { _sent: true });
    done();
  });
  // restify emits the listener's errors again; unheard they would end the process before `listen` can tell them.
  (server as unknown as NodeJS.EventEmitter).on('error', () => {});
  const upgraded = new Set<Duplex>();
  http.on('upgrade', (request, socket, head) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    if (!parts.upgrade?.(request, socket, head)) socket.destroy();
  });
  return {
    http,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        http.once('error', reject);
        http.listen(port, host, BACKLOG, () => {
          http.off('error', reject);
          const address = http.address();
          resolve(typeof address === 'object' && address ? address.port : port);
        });
      }),
    close: (graceMs = 5_000) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => {
          http.closeAllConnections();
          // Node no longer counts these among its connections, yet waits for them.
          for (const socket of upgraded) socket.destroy();
        }, graceMs);
        // A connection whose request was still running becomes idle only later, and would then wait for keepAliveTimeout.
        const sweep = setInterval(() => http.closeIdleConnections(), 50);
        http.close(() => {
          clearTimeout(timer);
          clearInterval(sweep);
          resolve();
        });
        http.closeIdleConnections();
      }),
  };
}

function mount(server: Server, route: Route, parts: ServerParts): void {
  if (!route.permission) throw new Error(`route ${route.method} ${route.path} declares no permission`);
  const respond = responder(route, parts);
  // restify takes an async handler only with two parameters and only when it resolves with nothing.
  const handler = async (request: Request, response: Response): Promise<void> => respond(request, response, request.params ?? {});
  const method = route.method === 'delete' ? 'del' : route.method === 'options' ? 'opts' : route.method;
  server[method](route.path, handler as never);
  // Node leaves the body out by itself.
  if (method === 'get') server.head(route.path, handler as never);
}

type Respond = (request: IncomingMessage, response: ServerResponse, params: Record<string, string>) => Promise<void>;

function responder(route: Route, parts: ServerParts): Respond {
  const ofEach = isOpenToSites(route) ? { ...OF_EVERY_REPLY, ...OPEN_TO_SITES } : OF_EVERY_REPLY;
  const ofEachOverHttps = { ...ofEach, ...OVER_HTTPS };
  const originOf = originReader(parts);
  const observers = new Map<number, ((ms: number) => void) | undefined>();
  function observe(status: number, ms: number): void {
    if (!observers.has(status)) observers.set(status, parts.observer?.(route.path, status));
    observers.get(status)?.(ms);
  }
  return async (request, response, params) => {
    const started = performance.now();
    const origin = originOf(request);
    const reply = await answer(route, new Incoming(request, params, origin, parts.trustProxy), parts);
    const headers = origin.startsWith('https:') ? ofEachOverHttps : ofEach;
    sendReply(response, route.page ? await compress(request.headers, reply) : reply, headers);
    observe(reply.status, performance.now() - started);
  };
}

/**
 * A route that most requests are for, by restify's door for what need not be prepared: what it makes of a request for plugins and chains of handlers,
 * which are not used here, costs more than to answer it. An address that is not plainly the route's goes the way of all others.
 */
function takeOften(route: Route, parts: ServerParts): First {
  const respond = responder(route, parts);
  const idOf = parameterOf(route.path);
  const method = route.method.toUpperCase();
  return (request, response) => {
    const params = request.method === method ? idOf(request.url ?? '') : null;
    if (!params) return true;
    const failed = (error: unknown): void => {
      parts.log.error({ error, route: route.path }, 'reply failed');
      if (response.headersSent) response.destroy();
      else sendReply(response, errorReply(500, 'ServiceError', 'Qualcosa non ha funzionato. Riprova tra poco.'), OF_EVERY_REPLY);
    };
    // A tick later its body is there, where it came with the rest.
    process.nextTick(() => void respond(request, response, params).catch(failed));
    return false;
  };
}

async function answer(route: Route, incoming: Incoming, parts: ServerParts): Promise<RouteReply> {
  const { raw: request, origin } = incoming;
  try {
    if (isFromAnotherSite(route, request, origin)) throw new Refusal(403, 'OtherSite', 'Questa richiesta viene da un altro sito.');
    if (Array.isArray(route.permission)) incoming.staff = await admit(route, request, parts);
    const body = readBody(request, route);
    incoming.body = body instanceof Promise ? await body : body;
    return await route.handle(incoming);
  } catch (error) {
    const page = route.page && parts.errorPage && wantsPage(request);
    const inWords = (status: number, code: string, words: string): RouteReply =>
      page ? parts.errorPage!(status, words) : errorReply(status, code, words);
    if (error instanceof Refusal) {
      const reply = inWords(error.status, error.code, error.message);
      return { ...reply, headers: { ...reply.headers, ...error.headers } };
    }
    const later = (reply: RouteReply, seconds: string) => ({ ...reply, headers: { ...reply.headers, 'retry-after': seconds } });
    if (isTooBusy(error)) return later(inWords(503, 'Busy', 'In questo momento siamo molto occupati. Riprova tra un minuto.'), '30');
    parts.log.error({ error, route: route.path }, 'route failed');
    if (passes(error))
      return later(inWords(503, 'Unavailable', 'In questo momento non riusciamo a registrare nulla. Riprova tra poco.'), '5');
    return inWords(500, 'ServiceError', 'Qualcosa non ha funzionato. Riprova tra poco.');
  }
}

/** Thousands at once: each a line in the log would make it worse. */
const isTooBusy = (error: unknown) => error instanceof Error && error.name === 'TooBusy';

/** Staff routes: a session, a role the route names, and for writes the token that another site cannot know. */
async function admit(route: Route, request: IncomingMessage, parts: ServerParts): Promise<Staff> {
  const session = await parts.identify(request.headers);
  if (!session) throw new Refusal(401, 'SignInRequired', 'Accedi per continuare.');
  if (session.weak && !route.whileWeak)
    throw new Refusal(403, 'SecondFactorNeeded', 'Qui serve un secondo fattore: attivalo nella pagina «Accesso».');
  if (!(route.permission as string[]).includes(session.staff.role))
    throw new Refusal(403, 'NotAllowed', 'Il tuo ruolo non permette questa operazione.');
  if (route.method !== 'get' && request.headers['x-csrf'] !== session.csrf)
    throw new Refusal(403, 'BadCsrf', 'La pagina è scaduta: ricaricala e riprova.');
  return session.staff;
}

/** Writes come from our own pages or from programs. Browsers say where a request began: in Sec-Fetch-Site, over plain http in Origin alone. */
function isFromAnotherSite(route: Route, request: IncomingMessage, own: string): boolean {
  if (route.method === 'get' || route.permission === 'service' || isOpenToSites(route)) return false;
  const site = request.headers['sec-fetch-site'];
  if (site) return site !== 'same-origin' && site !== 'none';
  const { origin } = request.headers;
  // Only hosts are compared: behind a proxy that does not say so, https looks like http.
  return origin !== undefined && origin.replace(/^https?:\/\//, '') !== own.replace(/^https?:\/\//, '');
}

/** Direct Line carries its own token and no cookie, so that the widget may stand on any website. */
function isOpenToSites(route: Route): boolean {
  return route.path.startsWith('/v3/directline') || route.path === '/widget.js';
}

function preflight(_request: Request, response: Response, next: () => void): void {
  for (const [name, value] of Object.entries({ ...OF_EVERY_REPLY, ...OPEN_TO_SITES })) response.setHeader(name, value);
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, x-requested-with, x-ms-bot-agent');
  response.setHeader('access-control-max-age', '86400');
  response.writeHead(204);
  response.end();
  next();
}

/** `ofEach`: headers that the reply's own replace. */
function sendReply(response: ServerResponse, reply: RouteReply, ofEach: Record<string, string>): void {
  const { body } = reply;
  const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
  if (!raw && !reply.headers) return void sendJson(response, reply.status, JSON.stringify(body), ofEach);
  const headers: Record<string, string | number> = { ...ofEach, ...reply.headers };
  const payload = raw ? body : JSON.stringify(body);
  if (!raw) headers['content-type'] ??= JSON_TYPE;
  if (payload !== undefined) headers['content-length'] = Buffer.byteLength(payload);
  response.writeHead(reply.status, headers);
  response.end(payload);
}

const listed = new WeakMap<Record<string, string>, string[]>();

/** With nothing of its own in the head, which then need not be put together: Node takes names and values in one list. */
function sendJson(response: ServerResponse, status: number, payload: string, ofEach: Record<string, string>): void {
  let names = listed.get(ofEach);
  if (!names) {
    names = Object.entries({ ...ofEach, 'content-type': JSON_TYPE }).flat();
    listed.set(ofEach, names);
  }
  response.writeHead(status, [...names, 'content-length', String(Buffer.byteLength(payload))]);
  response.end(payload);
}

/** A browser that opens an address says so; programs and scripts do not. */
function wantsPage(request: IncomingMessage): boolean {
  return (request.headers.accept ?? '').includes('text/html');
}

function isForPrograms(url: string): boolean {
  return /^\/(?:api|v3|open311|webhooks|health|metrics)\b/.test(url);
}

function errorReply(status: number, code: string, message: string): RouteReply {
  return { status, body: { error: { code, message } } };
}

function statusWords(status: number): string {
  if (status === 404) return 'Questo indirizzo non esiste.';
  return status === 405 ? 'Questo metodo non è previsto per questo indirizzo.' : 'La richiesta non può essere letta.';
}

// restify wants a logger of its own; ours is told what matters by the handlers above.
const quietLog = Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, () => false]));
Object.assign(quietLog, { child: () => quietLog });
