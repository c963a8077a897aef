/** Open311 GeoReport v2 over the reports socket: others read what was reported, and send reports with a key. XML and JSON by the address's suffix. */
import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Reports } from '../../connectors/reports/contract.ts';
import type { Result } from '../../connectors/result.ts';
import { collect } from '../http/body.ts';
import type { Limit } from '../http/limits.ts';
import { Refusal, type Route, type RouteReply, type RouteRequest } from '../http/route.ts';
import { readPosted } from './open311/read-request.ts';
import { asDefinition, asRequest, asService } from './open311/shapes.ts';
import { toXml } from './open311/xml.ts';

export interface Open311Parts {
  reports: Reports;
  /** Who may send; empty = nobody. */
  keys: string[];
  /** Told in the discovery document. */
  contact(): string;
  /** Counts one read of an address, one write of a key; throws Refusal 429. */
  reads: Limit;
  writes: Limit;
}

const BASE = '/open311/v2';
/** The day on which what these routes say changed last. */
const CHANGED = '2026-11-25T00:00:00Z';
type Format = 'xml' | 'json';

/** An answer that is an error in GeoReport's own shape. */
class Wrong extends Error {
  status: number;
  constructor(status: number, description: string) {
    super(description);
    this.status = status;
  }
}

export function open311Routes(parts: Open311Parts): Route[] {
  const { reports } = parts;

  async function read({ params, query, ip, origin }: RouteRequest, name: string): Promise<[root: string, value: unknown]> {
    await parts.reads(ip);
    if (name === 'discovery') return ['discovery', discovery(origin, parts.contact())];
    if (name === 'services') return ['services', known(await reports.categories()).map(asService)];
    if (name === 'requests') return ['service_requests', known(await reports.list(queryOf(query))).map(asRequest)];
    throw new Wrong(404, `${params['file']}: questo indirizzo non esiste`);
  }

  async function readOne({ ip }: RouteRequest, kind: string, id: string): Promise<[string, unknown]> {
    await parts.reads(ip);
    if (kind === 'services') return ['service_definition', asDefinition(id, known(await reports.fields(id)))];
    if (kind === 'requests') return ['service_requests', [asRequest(known(await reports.get(id)))]];
    // We always answer with an id: a token of ours is that id.
    return ['service_requests', [{ service_request_id: known(await reports.get(id)).id, token: id }]];
  }

  async function write({ raw, headers, query }: RouteRequest, name: string): Promise<[string, unknown]> {
    if (name !== 'requests') throw new Wrong(404, 'questo indirizzo non esiste');
    const form = await formOf(raw, query);
    const key = form.get('api_key') ?? '';
    if (!parts.keys.some((one) => sameKey(one, key))) throw new Wrong(403, 'api_key mancante o sbagliata');
    await parts.writes(key);
    const posted = readPosted(form);
    if ('wrong' in posted) throw new Wrong(400, inWords(posted.wrong));
    const { request } = posted;
    const services = known(await reports.categories());
    const service = services.find(({ code }) => code === request.category);
    if (!service) throw new Wrong(404, `service_code: "${request.category}" non esiste`);
    // The protocol has no idempotency; who sends this header is protected all the same.
    const given = headers['idempotency-key'];
    const idempotencyKey = `open311 ${typeof given === 'string' && given ? `${hash(key)} ${given.slice(0, 200)}` : randomUUID()}`;
    const sent = known(await reports.submit({ ...request, description: request.description || service.name }, idempotencyKey));
    const notice = sent.expectedOn ? `Di solito si sistema entro il ${sent.expectedOn.split('-').reverse().join('/')}.` : '';
    return ['service_requests', [{ service_request_id: sent.id, service_notice: notice, account_id: '' }]];
  }

  const inShape =
    (work: (request: RouteRequest, name: string) => Promise<[string, unknown]>) =>
    async (request: RouteRequest): Promise<RouteReply> => {
      const [, name, format] = /^(.{1,100})\.(xml|json)$/.exec(request.params['file'] ?? '') ?? [];
      if (!name || !format) throw new Refusal(404, 'NotFound', 'L’indirizzo finisce con .xml o .json.');
      try {
        return reply(200, format as Format, await work(request, name));
      } catch (error) {
        if (error instanceof Wrong) return failure(error.status, format as Format, error.message);
        if (error instanceof Refusal)
          return { ...failure(error.status, format as Format, error.message), headers: { ...error.headers, ...typeOf(format as Format) } };
        throw error;
      }
    };

  const one = (kind: string, summary: string): Route => ({
    method: 'get',
    path: `${BASE}/${kind}/:file`,
    permission: 'public',
    summary,
    handle: inShape((request, id) => readOne(request, kind, id)),
  });
  return [
    {
      method: 'get',
      path: `${BASE}/:file`,
      permission: 'public',
      summary: 'Open311: discovery, services, requests (.xml, .json)',
      handle: inShape(read),
    },
    {
      method: 'post',
      path: `${BASE}/:file`,
      permission: 'public',
      summary: 'Open311: a new request, with api_key',
      body: 'raw',
      handle: inShape(write),
    },
    one('services', 'Open311: what a service asks'),
    one('requests', 'Open311: one request'),
    one('tokens', 'Open311: the request of a token'),
  ];
}

/** The value, or what went wrong as a status of GeoReport. */
function known<T>(result: Result<T>): T {
  if (result.kind === 'ok') return result.value;
  if (result.kind === 'not_found') throw new Wrong(404, 'non trovato');
  if (result.kind === 'invalid') throw new Wrong(400, inWords(result.fields));
  if (result.kind === 'not_allowed') throw new Wrong(400, 'operazione non prevista');
  if (result.kind === 'retry_after')
    throw new Refusal(429, 'TooManyRequests', 'Troppe richieste.', { 'retry-after': String(result.seconds) });
  throw new Wrong(503, result.kind === 'unknown' ? 'esito sconosciuto: controllare prima di ripetere' : 'le segnalazioni non rispondono');
}

function queryOf(query: URLSearchParams): Parameters<Reports['list']>[0] {
  const ids = query
    .get('service_request_id')
    ?.split(',')
    .map((id) => id.trim())
    .filter(Boolean);
  const status = query.get('status');
  if (status && !['open', 'closed', 'open,closed', 'closed,open'].includes(status)) throw new Wrong(400, 'status: open o closed');
  const category = query.get('service_code');
  const from = timeIn(query, 'start_date');
  const to = timeIn(query, 'end_date');
  return {
    ...(ids && { ids }),
    ...(category && { category }),
    ...((status === 'open' || status === 'closed') && { status }),
    ...(from && { from }),
    ...(to && { to }),
  };
}

function timeIn(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name);
  if (!text) return undefined;
  const at = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new Wrong(400, `${name}: una data come 2026-11-25T09:00:00Z`);
  return new Date(at).toISOString();
}

async function formOf(raw: IncomingMessage, query: URLSearchParams): Promise<URLSearchParams> {
  const type = raw.headers['content-type'] ?? '';
  const bytes = await collect(raw);
  if (bytes.length > 0 && !type.startsWith('application/x-www-form-urlencoded'))
    throw new Wrong(400, 'il corpo è application/x-www-form-urlencoded');
  const form = new URLSearchParams(bytes.toString('utf8'));
  // Some clients put the key in the address.
  const key = query.get('api_key');
  if (key && !form.has('api_key')) form.set('api_key', key);
  return form;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const sameKey = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(hash(a)), Buffer.from(hash(b)));
const inWords = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, why]) => `${name}: ${why}`)
    .join('; ');
const typeOf = (format: Format) => ({ 'content-type': format === 'json' ? 'application/json; charset=utf-8' : 'text/xml; charset=utf-8' });
const reply = (status: number, format: Format, [root, value]: [string, unknown]): RouteReply => ({
  status,
  headers: typeOf(format),
  body: format === 'json' ? JSON.stringify(value) : toXml(root, value),
});
const failure = (status: number, format: Format, description: string): RouteReply =>
  reply(status, format, ['errors', [{ code: status, description }]]);

function discovery(origin: string, contact: string) {
  return {
    changeset: CHANGED,
    contact,
    key_service: 'La chiave per inviare segnalazioni si chiede all’ente.',
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: `${origin}${BASE}`,
        changeset: CHANGED,
        type: 'production',
        formats: ['text/xml', 'application/json'],
      },
    ],
  };
}
